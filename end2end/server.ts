// The server under test: the release binary, started as an operator would start it, on a free port with a fresh database.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const binary = process.env["CHECKPOINT_BIN"] ?? join(process.env["CARGO_TARGET_DIR"] ?? join(root, "target"), "release", "checkpoint");
const siteRoot = process.env["LEPTOS_SITE_ROOT"] ?? join(root, "target", "site");

const START_WITHIN = 20_000;
const STOP_WITHIN = 10_000;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("the probe for a free port has no address");
  return address.port;
}

const soon = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Asks until the answer is yes; says what it waited for when it never is. */
async function until<T>(what: string, within: number, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${within} ms`);
    await soon(25);
  }
}

export class Server {
  readonly url: string;
  readonly databaseUrl: string;
  readonly folder = mkdtempSync(join(tmpdir(), "checkpoint-e2e-"));
  #child: ChildProcess | undefined;
  #log = "";

  private constructor(
    readonly port: number,
    private readonly command: string,
    private readonly env: Record<string, string>,
  ) {
    this.url = `http://127.0.0.1:${port}`;
    this.databaseUrl = env["CHECKPOINT_DATABASE_URL"] ?? `sqlite://${join(this.folder, "checkpoint.db")}`;
  }

  /** A new server, ready to answer, with an empty database unless the command fills it. `env` adds or replaces settings. */
  static async launch(command = "serve", env: Record<string, string> = {}): Promise<Server> {
    if (!existsSync(binary)) throw new Error(`${binary} is not there: build first (make test does), or set CHECKPOINT_BIN`);
    const server = new Server(await freePort(), command, env);
    await server.start();
    return server;
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Everything it has printed since it was launched, over all its starts. */
  get log(): string {
    return this.#log;
  }

  /** Starts it, or starts it again, on the same port and the same database, and waits for /readyz. */
  async start(): Promise<void> {
    if (this.running) throw new Error("the server runs already");
    const child = spawn(binary, [this.command], {
      cwd: this.folder,
      stdio: ["ignore", "pipe", "pipe"],
      // Nothing of the caller's environment but what a program needs to run: a CHECKPOINT_ setting there must not change the tests.
      env: {
        PATH: process.env["PATH"],
        HOME: this.folder,
        TMPDIR: process.env["TMPDIR"],
        RUST_BACKTRACE: "1",
        LEPTOS_OUTPUT_NAME: "checkpoint",
        LEPTOS_SITE_ROOT: siteRoot,
        LEPTOS_SITE_PKG_DIR: "pkg",
        LEPTOS_HASH_FILES: "true",
        LEPTOS_ENV: "PROD",
        CHECKPOINT_ADDR: `127.0.0.1:${this.port}`,
        CHECKPOINT_BASE_URL: this.url,
        CHECKPOINT_DATABASE_URL: this.databaseUrl,
        CHECKPOINT_LOG: "info",
        ...this.env,
      },
    });
    this.#child = child;
    const keep = (chunk: Buffer) => void (this.#log += chunk.toString());
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    let failure: Error | undefined;
    child.on("error", (error) => (failure = error));
    try {
      await until("the server's /readyz", START_WITHIN, async () => {
        if (failure) throw failure;
        if (!this.running) throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}`);
        return fetch(`${this.url}/readyz`).then(
          (response) => (response.ok ? true : undefined),
          () => undefined,
        );
      });
    } catch (error) {
      await this.kill9();
      throw new Error(`${String(error)}\nIt printed:\n${this.#log || "(nothing)"}`);
    }
  }

  /** Ends it as an operator does (SIGTERM) and fails when it does not end in time or not cleanly. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || !this.running) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN);
    const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    clearTimeout(late);
    if (signal === "SIGKILL") throw new Error(`the server did not stop within ${STOP_WITHIN} ms of SIGTERM\n${this.#log}`);
    if (code !== 0) throw new Error(`the server ended with ${code ?? signal} on SIGTERM\n${this.#log}`);
  }

  /** Ends it without warning, as a crash would. */
  async kill9(): Promise<void> {
    const child = this.#child;
    if (!child || !this.running || child.pid === undefined) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** The one-time token that the first start prints, for /setup. */
  async setupToken(): Promise<string> {
    return this.printed(/setup token:\s*(\S+)/i);
  }

  /** The first group of this pattern, once the server has printed it. */
  async printed(pattern: RegExp): Promise<string> {
    return until(`${pattern} in the log`, START_WITHIN, () => pattern.exec(this.#log)?.[1]);
  }

  /** Stops it for good and removes its folder. */
  async close(): Promise<void> {
    try {
      await this.stop();
    } finally {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }
}
