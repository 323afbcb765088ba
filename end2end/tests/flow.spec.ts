// The delivery flow of the seed's squad, drawn by two people at once: one by mouse, one by keyboard alone. In the middle a page is
// loaded again, a network goes, and something is deleted and undone.
import type { Locator, Page } from "@playwright/test";
import { axe, expect, looks, screens, shot, test } from "../fixtures.ts";
import { inRoom, join, next, publish, questions, setUp, startCheckpoint, vote, walkTo } from "../story.ts";

const canvas = (page: Page) => page.getByRole("application", { name: "Delivery flow" });
/** Steps, connectors and texts by the beginning of what a screen reader says. */
const element = (page: Page, says: string) => canvas(page).locator(`[role=img][aria-label^="${says}"]`);
const outline = (page: Page) => page.getByRole("textbox", { name: "Outline" });

/** Writes the name that the canvas asks for. */
async function write(page: Page, text: string, key: "Tab" | "Enter"): Promise<void> {
  const field = canvas(page).getByRole("textbox");
  await expect(field).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press(key);
}

/** Goes on with Tab until the canvas has the keys. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let n = 0; n < 60; n++) {
    if (await target.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("the canvas cannot be reached with Tab");
}

/** One key after the other, each on the canvas. */
async function keys(page: Page, ...all: string[]): Promise<void> {
  for (const key of all) {
    await expect(canvas(page)).toBeFocused();
    await page.keyboard.press(key);
  }
}

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const box = await of.boundingBox();
  if (!box) throw new Error("it is not on the screen");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("two people draw the way to production", async ({ person, server }) => {
  test.setTimeout(240_000);
  const lead = await person("Varuna");
  await setUp(lead.page, server);
  const code = await startCheckpoint(lead.page, { squad: "Partner Tooling", tribe: "Partners" });
  const [ana, ben] = [await person("Ana"), await person("Ben")];
  await join(ana, code);
  await join(ben, code);
  await next(lead.page, "Setting the scene");

  await test.step("they agree that it takes less than an hour", async () => {
    const { title, group } = questions[0];
    await next(lead.page, title);
    await vote(ana.page, group, "Less than one hour");
    await vote(ben.page, group, "Less than one hour");
    await lead.page.getByRole("button", { name: "Reveal votes" }).click();
    await lead.page.getByRole("button", { name: "Agree", exact: true }).click();
    await expect(ana.page.getByText("You agreed: Less than one hour")).toBeVisible();
    for (const heading of ["Deployment frequency", "Time to restore service", "Change failure rate", "Maturity", "Capability surveys", "Capability focus", "Delivery flow"]) {
      await next(lead.page, heading);
    }
  });

  await test.step("Ana draws with the mouse", async () => {
    const { page } = ana;
    await expect(page.getByRole("heading", { level: 2, name: "How does a change of yours get to production?" })).toBeVisible();
    await axe(page);
    await page.getByRole("button", { name: "Empty canvas" }).click();
    await write(page, "Commit hook", "Enter");
    for (const name of ["Open pull request", "Review", "Merge", "Build", "Unit tests"]) {
      await page.getByRole("button", { name: "Add step" }).click();
      await write(page, name, "Enter");
    }
    // Pulled from the edge of the step onto free ground: a new step with its connector.
    const handle = canvas(page).locator(".handle");
    const from = await middle(handle);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x - 60, from.y + 330, { steps: 6 });
    await page.mouse.up();
    await write(page, "CDK tests", "Enter");
    // What is selected, as a form.
    await element(page, "Build,").click();
    await page.getByRole("button", { name: "Automated", exact: true }).click();
    await page.getByLabel("Time it takes").fill("9m");
    await page.getByLabel("Time it takes").press("Enter");
    await expect(element(page, "Build, automated work, 9 min")).toBeVisible();
    await page.getByLabel("Time it takes").fill("soon");
    await page.getByLabel("Time it takes").press("Enter");
    await expect(page.getByRole("alert").getByText("Write a time like 15m, 2h, 3d or 1w")).toBeVisible();
    await page.getByLabel("Time it takes").fill("9m");
    await page.getByLabel("Time it takes").press("Enter");
    // A field that is left by a click on the canvas is saved.
    await page.getByLabel("Environment").fill("ci");
    await element(page, "Commit hook").click();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Commit hook");
    await expect(outline(page)).toHaveValue(/Build 9m a @ci/);
    // Twice on a connector: its wait.
    const wire = await middle(element(page, "From Open pull request to Review"));
    await page.mouse.dblclick(wire.x, wire.y);
    await write(page, "3h", "Enter");
    await expect(element(page, "From Open pull request to Review, waits 3 h")).toBeVisible();
  });

  await test.step("Ben goes on by keyboard alone", async () => {
    const { page } = ben;
    await expect(element(page, "CDK tests")).toBeVisible();
    await tabTo(page, canvas(page));
    // Six steps to the right of the first one, then the next ones.
    await keys(page, "ArrowRight");
    for (let n = 0; n < 6; n++) await keys(page, "ArrowRight");
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("CDK tests");
    await keys(page, "a", "t");
    await write(page, "9m", "Enter");
    await keys(page, "Tab");
    for (const name of ["Deploy to integration", "Integration tests", "Deploy to production"]) await write(page, name, "Tab");
    await write(page, "Check in production", "Enter");
    await keys(page, "t");
    await write(page, "15m", "Enter");
    await keys(page, "w");
    await write(page, "10m", "Enter");
    await expect(element(page, "From Deploy to production to Check in production, waits 10 min")).toBeVisible();
    // A way back, from the review over a fix to the pull request.
    await keys(page, "Escape", "ArrowRight", "ArrowRight", "ArrowRight", "b");
    await write(page, "Fix", "Enter");
    await keys(page, "c", "ArrowLeft", "ArrowLeft", "Enter", "g");
    await write(page, "rejected", "Enter");
    await expect(element(page, "From Fix to Open pull request")).toBeVisible();
    // The way from an alert to the fix, by itself.
    await keys(page, "Escape", "n");
    await write(page, "Alert fires", "Enter");
    await keys(page, "r", "a", "Tab");
    for (const name of ["Acknowledge", "Find the cause", "Decide", "Roll back", "Verify", "Tell partners"]) await write(page, name, "Tab");
    await write(page, "Write it down", "Enter");
    await expect(outline(ana.page)).toHaveValue(/recovery\nAlert fires a\n> Acknowledge m\n/);
    await expect(canvas(ana.page).locator(".step")).toHaveCount(20);
  });

  await test.step("both at once, with a reload and a network that goes", async () => {
    await element(ana.page, "Merge,").click();
    const merge = await middle(element(ana.page, "Merge,"));
    await ana.page.mouse.move(merge.x, merge.y);
    await ana.page.mouse.down();
    await ana.page.mouse.move(merge.x + 30, merge.y + 60, { steps: 5 });
    // Ben sees it move, and whose pointer it is.
    await expect(canvas(ben.page).locator(".cursor text").filter({ hasText: "Ana" })).toBeVisible();
    await ana.page.mouse.up();
    await expect(ana.page.getByRole("button", { name: "Unpin" })).toBeVisible();

    ben.allow(/WebSocket connection/, /ERR_INTERNET_DISCONNECTED/);
    await ben.context.setOffline(true);
    await expect(ben.page.locator(".room[data-connection=lost]")).toBeVisible();
    await keys(ben.page, "Enter");
    await write(ben.page, "Write a post-mortem", "Enter");
    await expect(element(ben.page, "Write a post-mortem")).toBeVisible();
    await element(ana.page, "Unit tests").click();
    await ana.page.keyboard.press("Delete");
    await expect(element(ana.page, "Unit tests")).toBeHidden();
    await ben.context.setOffline(false);
    await inRoom(ben.page);
    await expect(element(ana.page, "Write a post-mortem")).toBeVisible();
    await expect(element(ben.page, "Unit tests")).toBeHidden();
    // What Ben had selected is deleted by Ana, and comes back: the keys still work.
    await keys(ana.page, "0");
    await keys(ben.page, "0");
    await element(ana.page, "Verify").click();
    await element(ben.page, "Verify").click();
    await keys(ana.page, "Delete");
    await expect(element(ben.page, "Verify")).toBeHidden();
    await keys(ana.page, "Control+z");
    await expect(element(ben.page, "Verify")).toBeVisible();
    await keys(ben.page, "Enter", "ArrowRight");
    await expect(ben.page.getByRole("heading", { level: 2, name: "Selected step" })).toBeVisible();
    // Ana takes back what she deleted, after Ben went on.
    await ana.page.getByRole("button", { name: "Undo my last change" }).click();
    await expect(element(ana.page, "From Build to Unit tests")).toBeVisible();
    await expect(element(ben.page, "From Unit tests to CDK tests")).toBeVisible();
    await expect(element(ben.page, "Write a post-mortem")).toBeVisible();
    await ana.page.reload();
    await inRoom(ana.page);
    // Each outline follows its own canvas a moment later.
    await expect(async () => expect(await outline(ana.page).inputValue()).toBe(await outline(ben.page).inputValue())).toPass();
  });

  await test.step("the outline is the same flow", async () => {
    const { page } = ben;
    await outline(page).focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nRoll back > > nowhere");
    await expect(page.getByRole("alert")).toContainText("Line ");
    await expect(canvas(ana.page).locator(".step")).toHaveCount(20);
    await page.getByRole("button", { name: "Drop my text" }).click();
    await expect(outline(page)).not.toHaveValue(/nowhere/);
    await outline(page).fill((await outline(page).inputValue()).replace("Roll back m", "Roll back 10m a @prod"));
    await expect(element(ana.page, "Roll back, automated work, 10 min")).toBeVisible();
  });

  await test.step("what it adds up to does not fit the vote", async () => {
    const figures = ana.page.getByRole("region", { name: "Figures" });
    await expect(figures).toContainText("3 h 43 min");
    await expect(figures.getByText(/The flow adds up to .* you agreed on less than one hour/)).toBeVisible();
    await expect(figures).toContainText("Longest wait, before Review");
    for (const { page } of [ana, ben]) await axe(page);
    for (const { name, screen, colorScheme } of looks) {
      await ana.page.setViewportSize(screens[screen]);
      await ana.page.emulateMedia({ colorScheme });
      await shot(ana.page, `flow-${name}`);
    }
    await ana.page.setViewportSize(screens.laptop);
  });

  await test.step("the page keeps it", async () => {
    await walkTo(lead.page, "Summary");
    await expect(lead.page.getByRole("main").getByRole("img", { name: /delivery flow/i })).toBeVisible();
    await publish(lead.page);
    await lead.page.getByRole("link", { name: /published|page/i }).first().click();
    await expect(lead.page.getByRole("heading", { level: 2, name: "Delivery flow" })).toBeVisible();
    await expect(lead.page.getByRole("img", { name: /delivery flow/i })).toBeVisible();
    await axe(lead.page);
    await shot(lead.page, "flow-summary", { fullPage: true });
  });

  await test.step("the next checkpoint begins with it", async () => {
    const { page } = lead;
    await join(ana, await startCheckpoint(page, { squad: "Partner Tooling" }));
    await walkTo(page, "Delivery flow");
    await ana.page.getByRole("button", { name: /Begin with the flow of/ }).click();
    await expect(canvas(page).locator(".step.ghost")).toHaveCount(20);
    await element(ana.page, "Build, automated work, 9 min").click();
    await keys(ana.page, "t");
    await write(ana.page, "4m", "Enter");
    await expect(canvas(page).locator(".step.ghost")).toHaveCount(19);
    await expect(page.getByRole("region", { name: "Since last time" })).toContainText("5 min");
    await expect(element(page, "Build, automated work, 4 min")).toContainText("changed");

    await page.getByLabel("Who draws").selectOption({ label: "Varuna Venkatesh draws for all" });
    await expect(ana.page.getByText("Varuna Venkatesh draws for all.")).toBeVisible();
    await expect(ana.page.getByRole("button", { name: "Add step" })).toBeDisabled();
    await page.getByLabel("Who draws").selectOption({ label: "Everybody together" });
    await expect(ana.page.getByRole("button", { name: "Add step" })).toBeEnabled();
    await shot(ana.page, "flow-since");
    await axe(ana.page);
  });

  await test.step("and by finger on a phone", async () => {
    const cem = await person("Cem", { screen: "phone", hasTouch: true });
    await join(cem, lead.page.url().replace(/.*\/w\//, ""));
    const { page } = cem;
    await expect(element(page, "Build, automated work, 4 min")).toBeVisible();
    const cdp = await cem.context.newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: { x: number; y: number }[]) =>
      cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
    const box = (await canvas(page).boundingBox())!;
    const free = { x: box.x + 30, y: box.y + box.height - 12 };
    // A finger that rests on free ground makes a step there.
    await touch("touchStart", free);
    await expect(canvas(page).getByRole("textbox")).toBeFocused();
    await touch("touchEnd");
    await write(page, "By finger", "Enter");
    await expect(element(ana.page, "By finger")).toBeVisible();
    // Two fingers that go apart magnify.
    const width = async () => Number((await canvas(page).locator("svg.flow").getAttribute("viewBox"))!.split(" ")[2]);
    const before = await width();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await touch("touchStart", { x: x - 20, y }, { x: x + 20, y });
    for (const apart of [30, 40]) await touch("touchMove", { x: x - apart, y }, { x: x + apart, y });
    await touch("touchEnd");
    await expect.poll(width).toBeLessThan(before * 0.6);
    // One finger moves the ground.
    const corner = () => canvas(page).locator("svg.flow").getAttribute("viewBox");
    const there = await corner();
    await touch("touchStart", { x: x + 60, y: y + 60 });
    for (const by of [20, 40]) await touch("touchMove", { x: x + 60 - by, y: y + 60 });
    await touch("touchEnd");
    await expect.poll(corner).not.toBe(there);
    await page.getByRole("button", { name: "Fit to window" }).click();
    await shot(page, "flow-finger");
  });
});
