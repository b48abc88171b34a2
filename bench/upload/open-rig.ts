import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { createAccount, type TestAccount } from "../../tests/functions/support/account.ts";
import { callFunction } from "../../tests/functions/support/call-function.ts";
import { connect } from "../../tests/functions/support/onedrive.ts";
import { launchBrowser } from "../../tests/support/browser.ts";
import { writePaddedVideo } from "../../tests/support/padded-video.ts";
import { startStack, type TestStack } from "../../tests/support/stack.ts";
import type {} from "./page/main.ts";
import { servePage } from "../../tests/support/page-server.ts";

const PAGE_DIR = fileURLToPath(new URL("./page", import.meta.url));

const FILE_NAME = "clip.mp4";

export interface UploadRig {
  readonly stack: TestStack;
  readonly page: Page;
  readonly filePath: string;
  /** Where the plain PUT goes. */
  readonly plainUrl: string;
  /** A session for the file that nobody sends to yet. */
  openSession(size: number): Promise<{ id: string; url: string }>;
  /** Turns a session that is fully sent into a video. */
  completeSession(sessionId: string, quickxor: string): Promise<string>;
  /** Removes a video and its file, so that the disk holds one file at a time. */
  removeVideo(videoId: string): Promise<void>;
  close(): Promise<void>;
}

/** The real stack with its sandbox, a person with a OneDrive, and the page in a real browser with the file picked. */
export async function openRig(basePort: number, fileBytes: number): Promise<UploadRig> {
  // Whatever was opened is closed again, also when a later step fails.
  await using opened = new AsyncDisposableStack();
  const dir = await Deno.makeTempDir({ prefix: "bench-upload-" });
  opened.defer(() => Deno.remove(dir, { recursive: true }));
  const filePath = join(dir, FILE_NAME);
  await writePaddedVideo(filePath, fileBytes);
  const stack = await startStack({ basePort });
  opened.defer(() => stack.stop());
  const served = await servePage(PAGE_DIR);
  opened.defer(() => served.close());
  const browser = await launchBrowser();
  opened.defer(() => browser.close());
  const { env } = stack;
  const account = await createAccount(env);
  await connect(env, account);
  const call = (method: string, path: string, body?: unknown) => callOwn(env, account, method, path, body);
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.goto(served.url);
  await page.evaluate((options) => startBench(options), {
    functionsUrl: `${env.API_URL}/functions/v1`,
    publishableKey: env.PUBLISHABLE_KEY!,
    token: account.token,
  });
  await page.setInputFiles("input", filePath);
  const closing = opened.move();
  return {
    stack,
    page,
    filePath,
    plainUrl: `${env.MICROSOFT_UPLOAD_URL}/__sandbox/plain-put`,
    async openSession(size) {
      const fingerprint = "ab".repeat(32);
      const body = { filename: FILE_NAME, size, mime_type: "video/mp4", fingerprint };
      const session = await call("POST", "onedrive/upload-url", body);
      return { id: String(session.upload_session_id), url: String(session.upload_url) };
    },
    async completeSession(sessionId, quickxor) {
      const path = `onedrive/uploads/${sessionId}/complete`;
      const deadline = Date.now() + 60_000;
      while (Date.now() < deadline) {
        const video = await call("POST", path, { quickxor });
        if (video.id) return String(video.id);
        await new Promise((resolve) => setTimeout(resolve, Number(video.retry_after_ms)));
      }
      throw new Error("OneDrive did not finish the file within a minute.");
    },
    async removeVideo(videoId) {
      await call("DELETE", `videos/${videoId}`);
    },
    close: () => closing.disposeAsync(),
  };
}

async function callOwn(
  env: TestStack["env"],
  account: TestAccount,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const answer = await callFunction(env, account, method, path, { body });
  if (answer.status >= 400) {
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}
