// What an edit of the delivery flow by somebody else costs a screen as the flow grows: milliseconds of processor that the page's
// own thread takes for everything from the message to the paint. Prints a table for docs/BENCHMARKS.md; run by `make bench`.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { join, setUp, startCheckpoint } from "../story.ts";
import { drawn } from "./flow.ts";

const SIZES = [50, 200, 490];
/** So many edits of each kind, one after the other. */
const EDITS = 60;
/** So many of them a second. */
const RATE = 10;

/** Reads how long the page's thread has had the processor, in milliseconds. */
async function clock(page: Page): Promise<() => Promise<number>> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
}

test("an edit as the flow grows", async ({ person, server }) => {
  test.setTimeout(300_000);
  const lead = await person("Varuna");
  await setUp(lead.page, server);
  console.log("\n| steps | a step renamed, ms | a step put elsewhere, ms |");
  console.log("|---|---|---|");
  for (const steps of SIZES) {
    const code = await startCheckpoint(lead.page, { squad: `Squad of ${steps}` });
    const watcher = await person(`Ana ${steps}`);
    await join(watcher, code);
    const { page } = watcher;
    const { ids, protocol } = await drawn(lead.page, page, steps);
    await lead.page.goto("/about");
    // Has no canvas of their own, so that the machine draws one.
    const other = await person(`Ben ${steps}`);
    await join(other, code);
    await other.page.goto("/about");

    const busy = await clock(page);
    /** Sends edits of the second step, numbered from 1, a moment between them; `last` sees that they were drawn. */
    const edits = async (make: "name" | "at", last: () => Promise<void>) => {
      const before = await busy();
      await other.page.evaluate(
        async ([code, id, protocol, make, edits, rate]) => {
          const socket = new WebSocket(`ws://${location.host}/ws/${code}`);
          await new Promise((open) => socket.addEventListener("open", open, { once: true }));
          socket.send(JSON.stringify({ hello: { protocol, last_seq: null } }));
          for (let n = 1; n <= edits; n++) {
            const edit = make === "name" ? { name: [id, `name ${n}`] } : { at: [id, [n, 60]] };
            socket.send(JSON.stringify({ command: { id: crypto.randomUUID(), command: { flow: { edit: [edit] } } } }));
            await new Promise((done) => setTimeout(done, 1_000 / rate));
          }
          socket.close();
        },
        [code, ids[1] ?? 0, protocol, make, EDITS, RATE] as const,
      );
      await last();
      return ((await busy()) - before) / EDITS;
    };
    const step = page.locator(`#el-${ids[1]}`);
    const renamed = await edits("name", () => expect(step).toContainText(`name ${EDITS}`));
    const before = await step.getAttribute("transform");
    const moved = await edits("at", () => expect(step).not.toHaveAttribute("transform", before ?? ""));
    console.log(`| ${steps} | ${renamed.toFixed(1)} | ${moved.toFixed(1)} |`);
    await page.close();
    await other.page.close();
  }
});
