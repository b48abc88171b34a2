import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { createQuickXorHash } from "../../../../web/src/features/uploads/uploader/quick-xor-hash.ts";
import type { UploadState } from "../../../../web/src/features/uploads/uploader/create-uploader.ts";
import { createAccount, type TestAccount } from "../../../functions/support/account.ts";
import { connect } from "../../../functions/support/onedrive.ts";
import { launchBrowser } from "../../../support/browser.ts";
import { eventually } from "../../../support/eventually.ts";
import { writePaddedVideo } from "../../../support/padded-video.ts";
import { startStack, type TestStack } from "../../../support/stack.ts";
import type { PageOptions } from "../page/main.ts";
import { setMicrosoft } from "./sandbox-control.ts";
import { type PageServer, servePage } from "../../../support/page-server.ts";

const PAGE_DIR = fileURLToPath(new URL("../page", import.meta.url));

/** What the web app allows itself, so that a worker or a request it would block is blocked here too. */
const POLICY = "default-src 'self'; worker-src 'self'; connect-src *; media-src blob:; img-src blob:";

export interface BrowserWorld {
  stack: TestStack;
  browser: Browser;
  pages: PageServer;
  /** A playable mp4 on disk that differs for every seed. */
  makeVideo(size: number, seed: number): Promise<TestVideo>;
  close(): Promise<void>;
}

export interface TestVideo {
  path: string;
  size: number;
  quickxor: string;
}

/** One person with a OneDrive, and tabs of one browser profile. */
export interface Person {
  env: Readonly<Record<string, string>>;
  account: TestAccount;
  oneDrive: string;
  context: BrowserContext;
  /** The same person in a browser profile of its own. */
  inAnotherBrowser(): Promise<Person>;
  openTab(options?: Partial<PageOptions>): Promise<Tab>;
  /** Starts the uploader in a page that is there already. */
  startTab(page: Page, options?: Partial<PageOptions>): Promise<Tab>;
}

export interface Tab {
  page: Page;
  /** Loads the page anew; its uploader knows nothing any more. */
  reload(): Promise<void>;
  /** Picks files with the page's input and adds them; returns the upload of the first one. */
  add(...paths: string[]): Promise<string>;
  /** Picks a file for an upload that needs it. */
  attach(id: string, path: string): Promise<void>;
  call(method: "pause" | "resume" | "retry" | "cancel" | "takeOver", id: string): Promise<void>;
  restore(): Promise<UploadState[]>;
  all(): Promise<UploadState[]>;
  until(id: string, ...statuses: UploadState["status"][]): Promise<UploadState>;
}

/** The real stack with its sandbox, a real browser and the built page. Ports from `basePort` on. */
export async function startBrowserWorld(basePort: number): Promise<BrowserWorld> {
  const [stack, pages] = await Promise.all([
    startStack({ basePort }),
    servePage(PAGE_DIR, { "content-security-policy": POLICY }),
  ]);
  await setMicrosoft(stack.env, { processing_ms: 1 });
  const browser = await launchBrowser();
  const dir = await Deno.makeTempDir({ prefix: "uploader-videos-" });
  return {
    stack,
    pages,
    browser,
    async makeVideo(size, seed) {
      const path = join(dir, `clip-${seed}.mp4`);
      await writePaddedVideo(path, size, seed);
      const hash = createQuickXorHash();
      hash.update(await Deno.readFile(path));
      return { path, size, quickxor: hash.digest() };
    },
    async close() {
      await Deno.remove(dir, { recursive: true });
      await browser.close();
      await pages.close();
      await stack.stop();
    },
  };
}

/** Signs somebody new up, connects a new OneDrive and opens a browser profile. */
export async function invitePerson(world: BrowserWorld): Promise<Person> {
  const account = await createAccount(world.stack.env);
  return await seatPerson(world, account, await connect(world.stack.env, account));
}

async function seatPerson(world: BrowserWorld, account: TestAccount, oneDrive: string): Promise<Person> {
  const { env } = world.stack;
  const context = await world.browser.newContext();
  async function startTab(page: Page, options: Partial<PageOptions> = {}): Promise<Tab> {
    const given: PageOptions = {
      functionsUrl: `${env.API_URL}/functions/v1`,
      publishableKey: env.PUBLISHABLE_KEY!,
      token: account.token,
      ...options,
    };
    await page.waitForLoadState();
    await page.evaluate((given) => startUploader(given), given);
    return toTab(page, given);
  }

  return {
    env,
    account,
    oneDrive,
    context,
    startTab,
    inAnotherBrowser: () => seatPerson(world, account, oneDrive),
    async openTab(options) {
      const page = await context.newPage();
      await page.goto(world.pages.url);
      return await startTab(page, options);
    },
  };
}

function toTab(page: Page, options: PageOptions): Tab {
  const pick = (paths: string[]) => page.setInputFiles("input", paths);
  const all = () => page.evaluate(() => uploader.getSnapshot() as UploadState[]);
  return {
    page,
    all,
    async reload() {
      await page.reload();
      await page.evaluate((given) => startUploader(given), options);
    },
    async add(...paths) {
      await pick(paths);
      return await page.evaluate(() => pickedFiles().map((file) => uploader.add(file))[0]!);
    },
    async attach(id, path) {
      await pick([path]);
      await page.evaluate((id) => uploader.attachFile(id, pickedFiles()[0]!), id);
    },
    call: (method, id) => page.evaluate(([method, id]) => uploader[method](id), [method, id] as const),
    async restore() {
      await page.evaluate(() => uploader.restore());
      return await all();
    },
    until: (id, ...statuses) =>
      eventually(statuses.join(" or "), async () => {
        const state = (await all()).find((upload) => upload.id === id);
        return state && statuses.includes(state.status) && state;
      }, 120_000),
  };
}
