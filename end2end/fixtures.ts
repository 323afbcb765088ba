// What every spec uses instead of @playwright/test: a server of its own, people with a browser each, and the checks that
// hold on every page. A person's page fails the test on any console error, uncaught error, breach of the content policy,
// failed request, or request to another origin.
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, test as base, expect } from "@playwright/test";
import { join } from "node:path";
import { Server } from "./server.ts";

export { expect };

/** The sizes that the product promises: a phone, a laptop, the screen of a meeting room. */
export const screens = {
  phone: { width: 360, height: 780 },
  laptop: { width: 1280, height: 860 },
  meeting: { width: 1920, height: 1080 },
} as const;
export type Screen = keyof typeof screens;

/** Every screen in both colour schemes, for pictures and checks that must hold in all of them. */
export const looks = (Object.keys(screens) as Screen[]).flatMap((screen) =>
  (["light", "dark"] as const).map((colorScheme) => ({ name: `${screen}-${colorScheme}`, screen, colorScheme })),
);

/** As for a browser context; `screen` is one of ours instead of Playwright's. */
export type PersonOptions = Omit<BrowserContextOptions, "screen" | "viewport"> & { screen?: Screen };

/** Somebody with a browser of their own: cookies, storage and socket are shared with nobody. */
export class Person {
  readonly #allowed: RegExp[] = [];

  private constructor(
    readonly name: string,
    readonly context: BrowserContext,
    readonly page: Page,
    readonly problems: readonly string[],
  ) {}

  static async arrive(browser: Browser, server: Server, name: string, options: PersonOptions): Promise<Person> {
    const { screen = "laptop", ...rest } = options;
    const context = await browser.newContext({ baseURL: server.url, viewport: screens[screen], colorScheme: "light", ...rest });
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (breach) => {
        console.error(`content policy: ${breach.violatedDirective} refused ${breach.blockedURI} at ${breach.sourceFile}:${breach.lineNumber}`);
      });
    });
    const problems: string[] = [];
    const { host } = new URL(server.url);
    context.on("page", (page) => watch(page, host, (what) => problems.push(`${name}: ${what}`)));
    return new Person(name, context, await context.newPage(), problems);
  }

  /** Says which of the problems a test brings about itself, such as the refused socket of a server that it has killed. */
  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns);
  }

  /** What went wrong in this person's browser that the test did not ask for. */
  get surprises(): string[] {
    return this.problems.filter((problem) => !this.#allowed.some((pattern) => pattern.test(problem)));
  }
}

function watch(page: Page, host: string, note: (what: string) => void): void {
  const foreign = (address: string) => {
    const url = new URL(address);
    return !["about:", "data:", "blob:"].includes(url.protocol) && url.host !== host;
  };
  page.on("console", (message) => {
    if (message.type() === "error") note(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => note(`uncaught: ${error.stack ?? error.message}`));
  page.on("request", (request) => {
    if (foreign(request.url())) note(`request to another origin: ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    // A page that is left cancels what it was still loading; that is not a failure.
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") note(`request failed: ${request.method()} ${request.url()} ${reason}`);
  });
  page.on("websocket", (socket) => {
    if (foreign(socket.url())) note(`socket to another origin: ${socket.url()}`);
  });
}

/** Waits until the browser half has taken over the page. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator("html[data-hydrated]"), `${page.url()} comes alive`).toBeAttached();
}

/** Expects no violation of WCAG 2.2 AA that axe can find. */
export async function axe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `    ${node.html}`).join("\n")}`);
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}

/** Keeps a picture as end2end/artefacts/NAME.png. */
export async function shot(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<void> {
  await page.screenshot({ path: join(import.meta.dirname, "artefacts", `${name}.png`), animations: "disabled", ...options });
}

interface Slot {
  file?: string;
  server?: Server;
}

interface TestFixtures {
  /** The server of this spec file: started for its first test, shared by the rest, with a database that was empty at the start. */
  server: Server;
  /** Lets somebody in, with a browser of their own; `screen` chooses its size. */
  person: (name: string, options?: PersonOptions) => Promise<Person>;
}

interface WorkerFixtures {
  slot: Slot;
  /** What the server is started as: `serve`, or `demo` with an organisation to look around in. */
  command: "serve" | "demo";
}

// After a failed test Playwright starts a new worker, and with it a new server on an empty database. Tests of one file that
// build on each other therefore belong into `test.describe.serial`.
export const test = base.extend<TestFixtures, WorkerFixtures>({
  command: ["serve", { option: true, scope: "worker" }],

  slot: [
    async ({}, use) => {
      const slot: Slot = {};
      await use(slot);
      await slot.server?.close();
    },
    { scope: "worker" },
  ],

  server: async ({ slot, command }, use, testInfo) => {
    if (slot.file !== testInfo.file) {
      const last = slot.server;
      delete slot.server;
      await last?.close();
      slot.server = await Server.launch(command);
      slot.file = testInfo.file;
    }
    const server = slot.server;
    if (!server) throw new Error("the server of this file could not be started");
    if (!server.running) await server.start(); // the test before may have ended it
    await use(server);
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach("server.log", { body: server.log, contentType: "text/plain" });
  },

  person: async ({ browser, server }, use) => {
    const people: Person[] = [];
    await use(async (name, options = {}) => {
      const person = await Person.arrive(browser, server, name, options);
      people.push(person);
      return person;
    });
    await Promise.all(people.map((person) => person.context.close()));
    expect(people.flatMap((person) => person.surprises), "nothing unexpected in anybody's browser").toEqual([]);
  },
});
