import type { Browser, BrowserContext, Page } from "playwright-core";
import type { UploadState } from "../../../../web/src/features/uploads/uploader/create-uploader.ts";
import { createAccount, type TestAccount } from "../../../functions/support/account.ts";
import { connect } from "../../../functions/support/onedrive.ts";
import { launchBrowser } from "../../../support/browser.ts";
import { eventually } from "../../../support/eventually.ts";
import { startStack, type TestStack } from "../../../support/stack.ts";
import type { PageOptions } from "../page/main.ts";
import { type PageServer, servePage } from "./page-server.ts";

export interface BrowserWorld {
  stack: TestStack;
  browser: Browser;
  pages: PageServer;
  close(): Promise<void>;
}

/** One person with a OneDrive, and tabs of one browser profile. */
export interface Person {
  account: TestAccount;
  oneDrive: string;
  context: BrowserContext;
  openTab(options?: Partial<PageOptions>): Promise<Tab>;
}

export interface Tab {
  page: Page;
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
  const [stack, pages] = await Promise.all([startStack({ basePort }), servePage()]);
  const browser = await launchBrowser();
  return {
    stack,
    pages,
    browser,
    async close() {
      await browser.close();
      await pages.close();
      await stack.stop();
    },
  };
}

/** Signs somebody new up, connects a new OneDrive and opens a browser profile. */
export async function invitePerson(world: BrowserWorld): Promise<Person> {
  const { env } = world.stack;
  const account = await createAccount(env);
  const oneDrive = await connect(env, account);
  const context = await world.browser.newContext();
  return {
    account,
    oneDrive,
    context,
    async openTab(options = {}) {
      const page = await context.newPage();
      const tab = toTab(page);
      const start = async () => {
        const functionsUrl = `${env.API_URL}/functions/v1`;
        const given = {
          functionsUrl,
          publishableKey: env.PUBLISHABLE_KEY!,
          token: account.token,
          ...options,
        };
        await page.evaluate((given) => startUploader(given), given);
      };
      await page.goto(world.pages.url);
      await start();
      page.on("load", () => void start());
      return tab;
    },
  };
}

function toTab(page: Page): Tab {
  const pick = (paths: string[]) => page.setInputFiles("input", paths);
  const all = () => page.evaluate(() => uploader.getSnapshot() as UploadState[]);
  return {
    page,
    all,
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
      }, 30_000),
  };
}
