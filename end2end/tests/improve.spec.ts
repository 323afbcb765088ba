// What hurts in the flow and what would help: six people write stickies, gather them, place their dots and make actions of them.
import type { Page } from "@playwright/test";
import { axe, expect, looks, screens, shot, test } from "../fixtures.ts";
import { join, next, setUp, startCheckpoint } from "../story.ts";

const board = (page: Page) => page.getByRole("application", { name: "Delivery flow with stickies" });
const cards = (page: Page) => page.locator(".sticky");
const card = (page: Page, text: string) => cards(page).filter({ hasText: text });

/** Sticks an improvement where the form says. */
async function stick(page: Page, text: string, where?: string): Promise<void> {
  if (where) await page.getByLabel("Where?").selectOption({ label: where });
  await page.getByLabel("What would help?").fill(text);
  await page.getByRole("button", { name: "Stick it" }).click();
  await expect(card(page, text)).toBeVisible();
}

test("six people find out what is worth most", async ({ person, server }) => {
  test.setTimeout(240_000);
  const lead = await person("Varuna");
  await setUp(lead.page, server);
  const code = await startCheckpoint(lead.page, { squad: "Partner Tooling", tribe: "Partners" });
  const [ana, ben, cem] = [await person("Ana"), await person("Ben"), await person("Cem", { screen: "phone" })];
  const squad = [ana, ben, cem];
  for (const member of squad) await join(member, code);

  await test.step("the flow is there", async () => {
    const heading = lead.page.getByRole("heading", { level: 1 });
    while ((await heading.textContent()) !== "Delivery flow") {
      const before = await heading.textContent();
      await lead.page.getByRole("button", { name: "Next step" }).click();
      await expect(heading).not.toHaveText(before!);
    }
    await lead.page.getByRole("textbox", { name: "Outline" }).fill(
      "Commit hook 6m a\n> Review 30m m\n> [2h] CDK tests 9m a\n> Deploy to integration 7m a\n> [10m] Deploy to production 6m a\n\nrecovery\nAlert fires 5m a\n> Find the cause 45m m",
    );
    await expect(ana.page.getByRole("img", { name: "CDK tests" }).first()).toBeAttached();
    await next(lead.page, "Improvements");
  });

  await test.step("everybody writes", async () => {
    await stick(ana.page, "Run CDK tests beside unit tests", "CDK tests");
    // By keyboard alone: choose on the flow, then write.
    await board(ben.page).focus();
    for (const key of ["ArrowRight", "ArrowRight", "i"]) await ben.page.keyboard.press(key);
    await expect(ben.page.getByLabel("What would help?")).toBeFocused();
    await ben.page.keyboard.type("Environment fit for parallel runs");
    await ben.page.keyboard.press("Enter");
    await expect(card(ana.page, "Environment fit for parallel runs")).toBeVisible();
    await stick(cem.page, "Alert on no events", "Alert fires");
    await stick(cem.page, "Alert when Renovate fails");
    await stick(ana.page, "One pipeline for dev and prod", "Deploy to integration");
    await stick(lead.page, "Parallel integration environments", "the way from Deploy to integration to Deploy to production");
    await ben.page.getByRole("button", { name: "Add failed deployment" }).click();
    await ben.page.getByLabel("Where?").selectOption({ label: "Deploy to production" });
    await ben.page.getByLabel("What failed?").fill("12 Dec: wrong config, by hand");
    await ben.page.getByRole("button", { name: "Stick it" }).click();
    for (const { page } of [lead, ...squad]) await expect(cards(page)).toHaveCount(7);
  });
  for (const { name, screen, colorScheme } of looks) {
    await ana.page.setViewportSize(screens[screen]);
    await ana.page.emulateMedia({ colorScheme });
    await shot(ana.page, `improve-${name}`);
  }
  await ana.page.setViewportSize(screens.laptop);
});
