// A squad that keeps to each writer who wrote a sticky, and has chosen its dots beforehand; one writes and groups by finger, one by keys.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { join, next, setUp, startCheckpoint, walkTo } from "../story.ts";

const card = (page: Page, text: string) => page.locator(".sticky").filter({ hasText: text });

test("a squad keeps to itself who wrote what", async ({ person, server }) => {
  const lead = await person("Varuna");
  await setUp(lead.page, server);
  const code = await startCheckpoint(lead.page, { squad: "Partner Tooling" });
  const [ana, ben] = [await person("Ana"), await person("Ben", { screen: "phone", hasTouch: true })];
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

  // By finger: another sticky, and the one dragged onto the other.
  await ben.page.getByLabel("What would help?").fill("Release every day");
  await ben.page.getByRole("button", { name: "Stick it" }).tap();
  await expect(card(ana.page, "Release every day")).toBeVisible();
  const handle = card(ben.page, "Release every day").locator(".sticky__handle");
  await handle.scrollIntoViewIfNeeded();
  const [from, onto] = [(await handle.boundingBox())!, (await card(ben.page, "Release on Fridays").boundingBox())!];
  const cdp = await ben.context.newCDPSession(ben.page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: { x: number; y: number }[]) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
  await touch("touchStart", { x: from.x + from.width / 2, y: from.y + from.height / 2 });
  for (const part of [0.5, 1]) await touch("touchMove", { x: onto.x + 60, y: from.y + (onto.y + 20 - from.y) * part });
  await touch("touchEnd");
  const group = (page: Page) => page.getByRole("textbox", { name: "Name of the group" });
  await expect(group(ana.page)).toBeVisible();

  // By keys alone: taken back apart, picked, and gathered again.
  await ana.page.getByRole("button", { name: "Take the group apart" }).focus();
  await ana.page.keyboard.press("Enter");
  await expect(group(ben.page)).toHaveCount(0);
  for (const text of ["Release on Fridays", "Release every day"]) {
    await ana.page.getByLabel(`Pick ${text}`).focus();
    await ana.page.keyboard.press("Space");
  }
  await ana.page.getByRole("button", { name: "Group the 2 picked" }).focus();
  await ana.page.keyboard.press("Enter");
  await expect(group(ben.page)).toBeVisible();
  await next(lead.page, "Dot vote");
  await expect(lead.page.getByLabel("Each person has")).toHaveValue("4");
});
