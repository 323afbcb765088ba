// The rest of the room is a part of the bundle that comes after the first page: late, or not at the first try.
import { expect, test } from "../fixtures.ts";
import { inRoom, join, next, setUp, startCheckpoint } from "../story.ts";

test("the screen waits for a part of the room that comes late", async ({ person, server }) => {
  const lead = await person("Varuna");
  await setUp(lead.page, server);
  const code = await startCheckpoint(lead.page, { squad: "Checkout" });

  const ana = await person("Ana");
  ana.allow(/split_room_rest/, /ERR_FAILED/, /Failed to fetch/);
  let comes = () => {};
  const late = new Promise<void>((resolve) => (comes = resolve));
  let tries = 0;
  await ana.page.route(/split_room_rest/, async (route) => {
    tries += 1;
    if (tries === 1) return route.abort();
    await late;
    return route.continue();
  });
  await join(ana, code);
  await inRoom(ana.page);
  await next(lead.page, "Setting the scene");

  // Ana's screen knows where the squad is and stays whole until it can show that.
  await expect(ana.page).toHaveTitle(/Setting the scene/);
  await expect(ana.page.getByRole("heading", { level: 1, name: "Welcome" })).toBeVisible();
  await ana.page.getByRole("button", { name: "Keyboard keys and help" }).click();
  comes();
  await expect(ana.page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await ana.page.keyboard.press("Escape");
  await expect(ana.page.getByRole("heading", { level: 1, name: "Setting the scene" })).toBeVisible();
  expect(tries).toBe(2);

  // The room is a document of its own: back leads to the door, and on from there to the room again.
  await ana.page.goBack();
  await ana.page.getByRole("link", { name: "Go to the room" }).click();
  await inRoom(ana.page);
  await expect(ana.page.getByRole("heading", { level: 1, name: "Setting the scene" })).toBeVisible();
});
