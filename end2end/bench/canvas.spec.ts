// How the canvas of the delivery flow keeps up: 200 steps, five people dragging, one who watches. Prints a table for
// docs/BENCHMARKS.md; run by `make bench`. The five have no canvas of their own, so that the machine draws one and not six.
import type { Page } from "@playwright/test";
import { expect, screens, test } from "../fixtures.ts";
import { join, setUp, startCheckpoint } from "../story.ts";
import { drawn } from "./flow.ts";

const STEPS = 200;
const PEOPLE = 5;
const SECONDS = 10;
/** Updates a second that each of them sends, as the page does. */
const RATE = 30;

/** Frames a second, the longest of the gaps between them, and the tasks that took too long. */
const watch = (page: Page) =>
  page.evaluate(async (seconds) => {
    const long: number[] = [];
    const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)));
    observer.observe({ type: "longtask" });
    const gaps: number[] = [];
    const begin = performance.now();
    let last = begin;
    await new Promise<void>((done) => {
      const frame = (now: number) => {
        gaps.push(now - last);
        last = now;
        if (now - begin < seconds * 1000) requestAnimationFrame(frame);
        else done();
      };
      requestAnimationFrame(frame);
    });
    observer.disconnect();
    gaps.sort((a, b) => a - b);
    return { rate: gaps.length / ((last - begin) / 1000), p99: gaps[Math.floor(gaps.length * 0.99)] ?? 0, long };
  }, SECONDS);

test("200 steps, five people dragging", async ({ person, server }) => {
  test.setTimeout(300_000);
  const lead = await person("Varuna");
  await setUp(lead.page, server);
  const code = await startCheckpoint(lead.page, { squad: "Partner Tooling" });
  const watcher = await person("Ana");
  await join(watcher, code);
  const { page } = watcher;

  let updates = 0;
  let bytes = 0;
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      const text = payload.toString();
      if (text.startsWith('{"pointing"')) {
        updates += 1;
        bytes += text.length;
      }
    });
  });
  const { ids, protocol } = await drawn(lead.page, page, STEPS);
  await lead.page.close();

  console.log("\n| screen | people dragging | frames/s | longest 1 % of gaps, ms | tasks over 50 ms | updates/s | bytes an update of all |");
  console.log("|---|---|---|---|---|---|---|");
  const measure = async (people: number) => {
    for (const screen of ["laptop", "meeting"] as const) {
      await page.setViewportSize(screens[screen]);
      updates = bytes = 0;
      const { rate, p99, long } = await watch(page);
      const tasks = long.length ? `${long.length} (${long.map((ms) => ms.toFixed(0)).join(", ")} ms)` : "0";
      const [second, each] = [(updates / SECONDS).toFixed(1), (bytes / Math.max(updates, 1)).toFixed(0)];
      console.log(`| ${screen} | ${people} | ${rate.toFixed(1)} | ${p99.toFixed(1)} | ${tasks} | ${second} | ${each} |`);
    }
  };
  // The floor: how many frames this machine draws while nothing moves.
  await measure(0);

  for (let n = 0; n < PEOPLE; n++) {
    const dragger = await person(`Drag ${n}`);
    await join(dragger, code);
    await dragger.page.goto("/about");
    await dragger.page.evaluate(
      ([address, id, rate, protocol]) => {
        const socket = new WebSocket(`ws://${location.host}/ws/${address}`);
        let step = 0;
        socket.onopen = () => {
          socket.send(JSON.stringify({ hello: { protocol, last_seq: null } }));
          setInterval(() => {
            step += 1;
            const by = [Math.round(80 * Math.sin(step / 10)), Math.round(40 * Math.cos(step / 10))];
            socket.send(JSON.stringify({ point: { at: by, drags: [id], by } }));
          }, 1000 / Number(rate));
        };
      },
      [code, ids[n * 37], RATE, protocol] as const,
    );
  }
  await expect(page.locator(".cursor")).toHaveCount(PEOPLE);
  await measure(PEOPLE);
});
