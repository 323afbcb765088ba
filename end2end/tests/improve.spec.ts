// What hurts in the flow and what would help: six people write stickies, gather them, place their dots and make actions of them.
import type { Page } from "@playwright/test";
import { axe, expect, hydrated, looks, screens, shot, test } from "../fixtures.ts";
import { inDays, join, next, publish, setUp, startCheckpoint, walkTo } from "../story.ts";

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
  const [leila, marek] = [await person("Leila"), await person("Marek")];
  const squad = [ana, ben, cem, leila, marek];
  for (const member of squad) await join(member, code);

  await test.step("the flow is there", async () => {
    await walkTo(lead.page, "Delivery flow");
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
    await stick(leila.page, "Alert when Renovate fails");
    await stick(ana.page, "One pipeline for dev and prod", "Deploy to integration");
    await stick(lead.page, "Parallel integration environments", "the way from Deploy to integration to Deploy to production");
    await ben.page.getByRole("button", { name: "Add failed deployment" }).click();
    await ben.page.getByLabel("Where?").selectOption({ label: "Deploy to production" });
    await ben.page.getByLabel("What failed?").fill("12 Dec: wrong config, by hand");
    await ben.page.getByRole("button", { name: "Stick it" }).click();
    for (const { page } of [lead, ...squad]) await expect(cards(page)).toHaveCount(7);
  });

  await test.step("some write silently", async () => {
    await lead.page.getByRole("button", { name: "Collect silently" }).click();
    await expect(ana.page.getByText("Nobody sees it before all are shown; then with your name.")).toBeVisible();
    await stick(ana.page, "Something nobody dares to say");
    await expect(ben.page.getByText("8 stickies, 1 of them hidden from you.")).toBeVisible();
    await expect(card(ben.page, "nobody dares")).toHaveCount(0);
    await lead.page.getByRole("button", { name: "Show all stickies, 1 hidden" }).click();
    await expect(card(ben.page, "Something nobody dares to say")).toContainText("Ana");
    await ana.page.getByRole("button", { name: "Change Something nobody dares to say" }).click();
    await ana.page.getByRole("button", { name: "Take it away" }).click();
    await expect(card(ben.page, "nobody dares")).toHaveCount(0);
  });

  await test.step("what says the same is gathered", async () => {
    // By drag: from the handle of one onto the other.
    const from = card(ana.page, "Parallel integration environments").locator(".sticky__handle");
    const onto = card(ana.page, "Environment fit for parallel runs");
    await from.scrollIntoViewIfNeeded();
    const [a, b] = [(await from.boundingBox())!, (await onto.boundingBox())!];
    await ana.page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
    await ana.page.mouse.down();
    await ana.page.mouse.move(b.x + b.width / 2, b.y + 12, { steps: 6 });
    await ana.page.mouse.up();
    const name = (page: Page) => page.getByRole("textbox", { name: "Name of the group" });
    await expect(name(ana.page)).toBeVisible();
    await name(ana.page).fill("An integration environment fit for parallel runs");
    await name(ana.page).press("Tab");
    await expect(name(ben.page)).toHaveValue("An integration environment fit for parallel runs");
    // By pick, and taken back.
    await ben.page.getByLabel("Pick Alert on no events").check();
    await ben.page.getByLabel("Pick Alert when Renovate fails").check();
    await ben.page.getByRole("button", { name: "Group the 2 picked" }).click();
    await expect(name(ana.page)).toHaveCount(2);
    await ben.page.getByRole("button", { name: "Undo my last grouping" }).click();
    await expect(name(ana.page)).toHaveCount(1);
  });

  await test.step("what it would save", async () => {
    const { page } = ana;
    await page.getByRole("button", { name: "Change Run CDK tests beside unit tests" }).click();
    await page.getByLabel("How long then?").fill("soon");
    await page.getByLabel("How long then?").press("Tab");
    await expect(page.getByRole("alert").getByText("Write a time like 15m, 2h, 3d or 1w")).toBeVisible();
    await page.getByLabel("How long then?").fill("1m");
    await page.getByLabel("How long then?").press("Tab");
    await expect(card(ben.page, "Run CDK tests beside unit tests")).toContainText("9 min would be 1 min");
    await page.getByRole("switch", { name: "Run CDK tests beside unit tests" }).check();
    await expect(page.getByRole("region", { name: "What if" })).toContainText("Commit to production: 3 h 8 min become 3 h.");
    await page.getByLabel("Needs help from outside the squad").check();
    await expect(card(cem.page, "Run CDK tests beside unit tests")).toContainText("Needs help from outside");
    for (const { page } of [lead, ben, cem]) await axe(page);
    await axe(page);
  });
  for (const { name, screen, colorScheme } of looks) {
    await ana.page.setViewportSize(screens[screen]);
    await ana.page.emulateMedia({ colorScheme });
    await shot(ana.page, `improve-${name}`);
  }
  await ana.page.setViewportSize(screens.laptop);
  await shot(lead.page, "improve-lead");
  await shot(cem.page, "improve-member-phone", { fullPage: true });

  const put = (page: Page, title: string) => page.getByRole("button", { name: `Put a dot on ${title}` });
  await test.step("everybody places dots", async () => {
    await next(lead.page, "Dot vote");
    await expect(ana.page.getByText("The facilitator opens the vote")).toBeVisible();
    await lead.page.getByRole("button", { name: "Open the dot vote" }).click();
    await expect(ana.page.getByText("You have 3 of 3 dots left.")).toBeVisible();
    await put(ana.page, "Alert on no events").click();
    await put(ana.page, "Alert on no events").click();
    await put(ana.page, "One pipeline for dev and prod").click();
    await expect(ana.page.getByText("You have 0 of 3 dots left.")).toBeVisible();
    await expect(lead.page.getByText("1 of 5 have placed all dots")).toBeVisible();
    // By keyboard alone.
    await put(ben.page, "Alert on no events").focus();
    await ben.page.keyboard.press("Enter");
    await put(ben.page, "An integration environment fit for parallel runs").focus();
    await ben.page.keyboard.press("Enter");
    await ben.page.keyboard.press("Enter");
    await expect(lead.page.getByText("2 of 5 have placed all dots")).toBeVisible();
    await shot(ben.page, "dots-member");
    await put(cem.page, "One pipeline for dev and prod").click();
    // Fewer dots: what is too many comes back, and more again is more to place.
    await lead.page.getByLabel("Each person has").selectOption("2");
    await expect(ana.page.getByText("1 dot came back to you.")).toBeVisible();
    await lead.page.getByLabel("Each person has").selectOption("3");
    await expect(ana.page.getByText("You have 1 of 3 dots left.")).toBeVisible();
    await put(ana.page, "One pipeline for dev and prod").click();
    await put(ben.page, "An integration environment fit for parallel runs").click();
    await put(cem.page, "An integration environment fit for parallel runs").click();
    for (const { page } of [leila, marek]) {
      for (const title of ["Alert on no events", "An integration environment fit for parallel runs", "Alert when Renovate fails"]) await put(page, title).click();
    }
    await expect(lead.page.getByText("4 of 5 have placed all dots")).toBeVisible();
    await shot(cem.page, "dots-phone", { fullPage: true });
    for (const { page } of [lead, ana, cem]) await axe(page);
    await lead.page.getByRole("button", { name: "Reveal dots" }).click();
    await expect(ana.page.getByRole("listitem").filter({ hasText: "Alert on no events" })).toContainText("5 dots");
    await expect(ana.page.getByRole("listitem").filter({ hasText: "An integration environment" })).toContainText("5 dots");
    await lead.page.getByRole("button", { name: "Run-off among the 2 tied" }).click();
    await put(ana.page, "Alert on no events").click();
    await put(cem.page, "Alert on no events").click();
    await lead.page.getByRole("button", { name: "Reveal dots" }).click();
    await expect(ana.page.locator(".idea").first()).toContainText("Alert on no events");
    await shot(lead.page, "dots-ranking");
    await axe(ana.page);
  });

  await test.step("the winners become actions", async () => {
    await next(lead.page, "Actions");
    const { page } = lead;
    await page.getByRole("button", { name: "Make an action of Alert on no events" }).click();
    await page.getByLabel("Owner").fill("Ana");
    await page.getByLabel("Which answer will it move?").selectOption({ label: "Time to restore service" });
    await page.getByLabel("Link into your tracker (optional)").fill("javascript:alert(1)");
    await page.getByRole("button", { name: "Add the action" }).click();
    await expect(page.getByRole("alert").first()).toContainText("must begin with http");
    await page.getByLabel("Link into your tracker (optional)").fill("https://tracker.example.org/PT-1");
    await page.getByRole("button", { name: "Add the action" }).click();
    await expect(ana.page.getByRole("heading", { level: 3, name: "Alert on no events" })).toBeVisible();
    await expect(page.getByText("“Alert on no events” has no date yet.")).toBeVisible();
    await cem.page.getByRole("button", { name: "Add action" }).click();
    await cem.page.getByLabel("What is to be done").fill("When Renovate fails we will be told");
    await cem.page.getByRole("button", { name: "Propose the action" }).click();
    await expect(page.getByText("Proposed by Cem")).toBeVisible();
    await page.getByRole("button", { name: "Accept: When Renovate fails we will be told" }).click();
    await expect(ana.page.getByText("2 actions have no date yet.")).toBeVisible();
    await page.getByRole("button", { name: "Move When Renovate fails we will be told up" }).click();
    await expect(ana.page.getByRole("heading", { level: 3 }).first()).toHaveText("When Renovate fails we will be told");
    await page.getByRole("button", { name: "Make an action of One pipeline for dev and prod" }).click();
    await page.getByLabel("Due", { exact: true }).fill(inDays(90));
    await page.getByRole("button", { name: "Add the action" }).click();
    await expect(ana.page.getByRole("heading", { level: 3, name: "One pipeline for dev and prod" })).toBeVisible();
    const part = page.getByRole("heading", { level: 3, name: "Merge the dev pipeline first" });
    await page.getByRole("button", { name: "Split: One pipeline for dev and prod" }).click();
    await page.getByLabel("What is to be done").fill("Merge the dev pipeline first");
    await page.getByRole("button", { name: "Split it" }).click();
    await expect(part).toBeVisible();
    await page.getByRole("button", { name: "Merge: Merge the dev pipeline first" }).click();
    await page.getByLabel("Make it a part of").selectOption({ label: "One pipeline for dev and prod" });
    await expect(part).toHaveCount(0);
    for (const person of [lead, ana, cem]) await axe(person.page);
    await shot(page, "actions-lead");
    await shot(cem.page, "actions-phone", { fullPage: true });
    await ana.page.emulateMedia({ colorScheme: "dark" });
    await shot(ana.page, "actions-dark");
  });

  await test.step("the page keeps them", async () => {
    const { page } = lead;
    await next(page, "Summary");
    await publish(page);
    await page.getByRole("link", { name: /published|page/i }).first().click();
    await expect(page.getByRole("heading", { level: 2, name: "Improvements" })).toBeVisible();
    await expect(page.getByRole("listitem").filter({ hasText: "An integration environment fit for parallel runs" }).first()).toContainText("5 dots, 0 dots in the run-off");
    await expect(page.getByRole("row").filter({ hasText: "Alert on no events" })).toContainText("Ana");
    await expect(page.getByText("2 actions have no date yet.")).toBeVisible();
    await axe(page);
    await shot(page, "improve-summary", { fullPage: true });
  });

  const titles = ["When Renovate fails we will be told", "Alert on no events", "One pipeline for dev and prod"];
  /** The list over all squads and the squad's own page show these, and no others. */
  const open = async (page: Page, wanted: string[]) => {
    for (const address of ["/actions", "/squads/partner-tooling"]) {
      await page.goto(address);
      for (const title of titles) await expect(page.getByRole("heading", { level: 3, name: title })).toHaveCount(wanted.includes(title) ? 1 : 0);
    }
  };

  await test.step("between checkpoints everybody keeps them up to date", async () => {
    const { page } = lead;
    await open(page, titles);
    await hydrated(page);
    await page.getByRole("button", { name: "Make a link" }).click();
    const link = (await page.getByText(/\/actions\/[^\s]{20,}/).textContent())!.match(/http\S+/)![0];
    await shot(page, "squad", { fullPage: true });
    await axe(page);
    const dee = await person("Dee");
    await dee.page.goto(link);
    await hydrated(dee.page);
    const row = dee.page.getByRole("listitem").filter({ hasText: "Alert on no events" });
    await row.getByText("Change", { exact: false }).first().click();
    await row.getByLabel("Your name").fill("Dee");
    await row.getByLabel("How far is it").selectOption({ label: "In progress" });
    await row.getByLabel("Note").fill("Half of the alerts are there");
    const other = dee.page.getByRole("listitem").filter({ hasText: "One pipeline for dev and prod" });
    await other.getByText("Change", { exact: false }).first().click();
    await other.getByLabel("Note").fill("Waits for the new runners");
    await row.getByRole("button", { name: "Save" }).click();
    await expect(row.getByText("Half of the alerts are there").first()).toBeVisible();
    // What is typed in another row is still there.
    await expect(other.getByLabel("Note")).toBeVisible();
    await expect(other.getByLabel("Note")).toHaveValue("Waits for the new runners");
    await axe(dee.page);
    await shot(dee.page, "actions-shared", { fullPage: true });
    await page.goto("/actions");
    await expect(page.getByText("Half of the alerts are there").first()).toBeVisible();
    await shot(page, "actions-all", { fullPage: true });
    await axe(page);
  });

  await test.step("a quarter later the next checkpoint opens with them", async () => {
    const { page } = lead;
    await startCheckpoint(page, { squad: "Partner Tooling" });
    await next(page, "Since last time");
    for (const [title, status] of [
      ["When Renovate fails we will be told", "Done"],
      ["Alert on no events", "In progress"],
      ["One pipeline for dev and prod", "Dropped"],
    ] as const) {
      await expect(page.getByRole("heading", { level: 2, name: title })).toBeVisible();
      await page.getByRole("button", { name: status, exact: true }).click();
    }
    await expect(page.getByText("All settled")).toBeVisible();
    await open(page, ["Alert on no events"]);
  });
});
