import type { Page } from "playwright-core";
import { serveWebApp } from "../scripts/serve-web-app.ts";
import { openDrive } from "../tests/functions/support/sandbox-drive.ts";
import { createControl } from "../tests/functions/support/sandbox.ts";
import { launchBrowser } from "../tests/support/browser.ts";
import { startStack, type TestStack } from "../tests/support/stack.ts";
import { FILENAME, openPage, PERSON } from "./publish/open-page.ts";
import { note, printResult } from "./result.ts";
import { measureMs, median } from "./statistics.ts";
import { liftBitrateLimit } from "./stream/lift-bitrate-limit.ts";
import { openPlainYoutube } from "./stream/open-plain-youtube.ts";
import { pipeByCurl } from "./stream/pipe-by-curl.ts";

const BASE_PORT = 30_840;
const FILE_BYTES = 50_000_000;
const ROUNDS = 5;
/** Usually one to three seconds by chance; here always the middle. */
const PROCESSING_MS = 2_000;
const PLATFORMS = ["YouTube", "Instagram"] as const;
const TIMEOUT_MS = 120_000;

/**
 * From the click on "Publish now" in Chromium until the page says of each account that the post is published; against
 * the bytes alone by two `curl` and the time the platforms take for them.
 */
export async function run(): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const stack = await startStack({ basePort: BASE_PORT });
  opened.defer(() => stack.stop());
  await prepareSandbox(stack);
  const web = await serveWebApp(stack.env);
  opened.defer(() => web.stop());
  const browser = await launchBrowser();
  opened.defer(() => browser.close());
  const page = await openPage(browser, web.url, FILE_BYTES);

  const seconds: Record<string, number[]> = { YouTube: [], Instagram: [] };
  const plain: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const times = await publish(page, `Round ${round} of many`);
    const bytesMs = await measureMs(() => sendPlain(stack));
    const told = PLATFORMS.map((platform) => `${platform} ${(times[platform]! / 1000).toFixed(1)} s`);
    note(`round ${round}: ${told.join(", ")}; the bytes alone ${(bytesMs / 1000).toFixed(1)} s`);
    if (round === 0) continue; // warms everything up
    for (const platform of PLATFORMS) seconds[platform]!.push(times[platform]! / 1000);
    plain.push((bytesMs + PROCESSING_MS) / 1000);
  }
  for (const platform of PLATFORMS) {
    printResult({
      bench: "publish",
      metric: "time",
      value: median(seconds[platform]!),
      unit: `s until the page says that it is on ${platform}`,
      baseline: `curl | curl, and ${PROCESSING_MS / 1000} s of processing`,
      baselineValue: median(plain),
    });
  }
}

/** Posts to all accounts at once; milliseconds from the click until each is said to be published, by platform. */
async function publish(page: Page, caption: string): Promise<Record<string, number>> {
  await page.getByRole("button", { name: `Publish ${FILENAME}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Caption").fill(caption);
  const button = dialog.getByRole("button", { name: "Publish now" });
  await button.waitFor();
  const startedAt = performance.now();
  await button.click();
  const times = await Promise.all(PLATFORMS.map(async (platform) => {
    await dialog.getByRole("link", { name: new RegExp(`Open on ${platform}`) }).waitFor({
      timeout: TIMEOUT_MS,
    });
    return [platform, performance.now() - startedAt] as const;
  }));
  await dialog.getByRole("button", { name: "Done" }).click();
  await dialog.waitFor({ state: "detached" });
  return Object.fromEntries(times);
}

/** Processing takes the same time in each round, and a small clip that was made large is no reason to convert it. */
async function prepareSandbox({ env }: TestStack): Promise<void> {
  const control = createControl(env.SANDBOX_URL!);
  for (const service of ["google", "meta", "instagram"]) {
    await control.set({ service, processing_ms: PROCESSING_MS });
  }
  await liftBitrateLimit(env.DB_URL!);
}

async function sendPlain({ env }: TestStack): Promise<void> {
  const drive = await openDrive(env, PERSON);
  const files = await createControl(env.SANDBOX_URL!).files();
  const { path } = files.find((file) => file.path.endsWith(FILENAME))!;
  const item = await drive.find(path.slice(1));
  const sink = await openPlainYoutube(env, PERSON, FILE_BYTES);
  await pipeByCurl(item["@microsoft.graph.downloadUrl"], sink, FILE_BYTES);
}
