import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import postgres from "postgres";
import { createQuickXorHash } from "../../../web/src/features/uploads/uploader/quick-xor-hash.ts";
import { launchBrowser } from "../../support/browser.ts";
import { eventually } from "../../support/eventually.ts";
import { writePaddedVideo } from "../../support/padded-video.ts";
import { type PageServer, servePage } from "../../support/page-server.ts";
import { startStack, type TestStack } from "../../support/stack.ts";
import { createSandboxControl } from "./sandbox.ts";

const PAGE_DIR = fileURLToPath(new URL("../page", import.meta.url));

export interface FaultVideo {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly quickxor: string;
}

/** The real stack, a real browser and the built page; all of which may be killed and come back. */
export class FaultRig {
  readonly sandbox = createSandboxControl(() => this.env);
  #basePort: number;
  #workDir: string;
  #stack: TestStack;
  #pages: PageServer;
  #browser: Browser | null = null;

  private constructor(basePort: number, workDir: string, stack: TestStack, pages: PageServer) {
    this.#basePort = basePort;
    this.#workDir = workDir;
    this.#stack = stack;
    this.#pages = pages;
  }

  static async open(basePort: number): Promise<FaultRig> {
    const workDir = await Deno.makeTempDir({ prefix: "faults-" });
    // Postgres runs as a user of its own and has to get to its folder.
    await Deno.chmod(workDir, 0o755);
    const pages = await servePage(PAGE_DIR);
    const stack = await startStack({ basePort, dataDir: join(workDir, "stack") });
    return new FaultRig(basePort, workDir, stack, pages);
  }

  get env(): Readonly<Record<string, string>> {
    return this.#stack.env;
  }

  get pageUrl(): string {
    return this.#pages.url;
  }

  get stackDir(): string {
    return this.#stack.dataDir;
  }

  /** A playable mp4 on disk that differs for every seed. */
  async makeVideo(size: number, seed: number): Promise<FaultVideo> {
    const name = `clip-${seed}.mp4`;
    const path = join(this.#workDir, name);
    await writePaddedVideo(path, size, seed);
    const hash = createQuickXorHash();
    hash.update(await Deno.readFile(path));
    return { path, name, size, quickxor: hash.digest() };
  }

  /** The browser, started anew when it was killed. */
  async browser(): Promise<Browser> {
    if (!this.#browser?.isConnected()) this.#browser = await launchBrowser();
    return this.#browser;
  }

  /** Kills the browser's main process; its tabs die with it. */
  async killBrowser(): Promise<void> {
    const browser = await this.browser();
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const pid = processInfo.find(({ type }) => type === "browser")?.id ?? 0;
    if (pid <= 1) throw new Error("The browser does not name its own process.");
    Deno.kill(pid, "SIGKILL");
    await eventually("the browser is gone", () => !browser.isConnected());
  }

  /** Ends one process of the stack and waits until it has a successor. */
  async kill(name: string, signal: Deno.Signal = "SIGKILL"): Promise<void> {
    const before = (await this.#stack.pids())[name];
    if (before === undefined) throw new Error(`The stack runs no ${name}.`);
    Deno.kill(before, signal);
    await eventually(`another ${name}`, async () => {
      const now = (await this.#stack.pids())[name];
      return now !== undefined && now !== before;
    }, 60_000);
  }

  /** Kills the whole stack, gateway and database included, and starts it again on its data. */
  async restartStack(): Promise<void> {
    await this.#stack.signal("SIGKILL");
    this.#stack = await startStack({ basePort: this.#basePort, dataDir: this.#stack.dataDir });
  }

  /** One question to the database as `postgres`; asked again while it is coming back. */
  async query<Result>(ask: (sql: postgres.Sql) => Promise<Result>): Promise<Result> {
    const sql = postgres(this.env.DB_URL!, { max: 1, onnotice: () => {}, connect_timeout: 5 });
    try {
      return await ask(sql);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.#pages.close();
    await this.#stack.stop();
    await Deno.remove(this.#workDir, { recursive: true });
  }
}
