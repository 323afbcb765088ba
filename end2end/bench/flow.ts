// A room with a large flow, for the measurements of the canvas.
import type { Page } from "@playwright/test";
import { expect } from "../fixtures.ts";
import { inRoom, walkTo } from "../story.ts";

/** A chain of steps as an outline, in rows of five. */
const outline = (steps: number) => Array.from({ length: steps }, (_, n) => `${n === 0 ? "" : "> "}step ${n + 1} 5m ${n % 2 ? "a" : "m"}`).join("\n");

/** Draws so many steps, and loads the room again for the one who watches: the steps' ids, and the version of the protocol. */
export async function drawn(lead: Page, page: Page, steps: number): Promise<{ ids: number[]; protocol: number }> {
  await walkTo(lead, "Delivery flow");
  await lead.getByRole("textbox", { name: "Outline" }).fill(outline(steps));
  await expect(page.locator(".canvas .step")).toHaveCount(steps);
  const ids = await page.locator(".canvas .el:has(.step)").evaluateAll((all) => all.map((el) => Number(el.getAttribute("data-el"))));
  const hello = page.waitForEvent("websocket").then((socket) => socket.waitForEvent("framesent"));
  await page.reload();
  await inRoom(page);
  await expect(page.locator(".canvas .step")).toHaveCount(steps);
  return { ids, protocol: JSON.parse((await hello).payload.toString()).hello.protocol };
}
