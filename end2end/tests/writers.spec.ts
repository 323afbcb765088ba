// A squad that keeps to each writer who wrote a sticky, and has chosen its dots beforehand.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { join, next, setUp, startCheckpoint, walkTo } from "../story.ts";

const card = (page: Page, text: string) => page.locator(".sticky").filter({ hasText: text });

test("a squad keeps to itself who wrote what", async ({ person, server }) => {
  const lead = await person("Varuna");
  await setUp(lead.page, server);
  const code = await startCheckpoint(lead.page, { squad: "Partner Tooling" });
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  for (const member of [ana, ben]) await join(member, code);
  await lead.page.getByRole("button", { name: "Edit agenda" }).click();
  await lead.page.getByLabel("Keep to each writer who wrote a sticky").check();
  await lead.page.getByLabel("Dots for each person").selectOption("4");
  await expect(ana.page.locator(".room[data-connection=open]")).toBeVisible();
  await walkTo(lead.page, "Improvements");
  await expect(ana.page.getByText("Everybody sees it at once, nobody learns who wrote it.")).toBeVisible();
  await ana.page.getByLabel("What would help?").fill("Release on Fridays");
  await ana.page.getByRole("button", { name: "Stick it" }).click();
  await expect(card(ben.page, "Release on Fridays")).toBeVisible();
  await expect(card(ben.page, "Release on Fridays")).not.toContainText("Ana");
  await expect(card(lead.page, "Release on Fridays")).not.toContainText("Ana");
  await next(lead.page, "Dot vote");
  await expect(lead.page.getByLabel("Each person has")).toHaveValue("4");
});
