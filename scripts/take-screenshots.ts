/**
 * Takes the pictures of docs/images: signs in as the demo account, uploads drawn footage, and photographs the pages
 * in light, dark and on a phone.
 *
 * Usage: npm run screenshots. With WEB_URL set it uses the app that runs there (a demo account without videos);
 * otherwise it starts a throwaway stack. Needs Chromium (CHROMIUM_PATH) and ffmpeg.
 */
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { ensureChromium } from "./ensure-chromium.ts";
import { findChromium } from "./find-chromium.ts";
import {
  connectOnedrive,
  DARK,
  DESKTOP,
  limitUploadSpeed,
  openProduct,
  PHONE,
  signIn,
  uploadTo,
} from "./screenshots/demo-app.ts";
import { makeClip } from "./screenshots/make-clip.ts";
import { REELS, SCENES } from "./screenshots/scenes.ts";
import { IMAGES, shoot } from "./screenshots/shoot.ts";
import { shootPosts } from "./screenshots/shoot-posts.ts";
import { serveWebApp } from "./serve-web-app.ts";
import { withThrowawayStack } from "./throwaway-stack.ts";

const MAIN = SCENES[0]!;
const SLOW_BYTES_PER_SECOND = 24_000_000;
const SHOWN_PERCENT = 40;

async function takeAll(browser: Browser, webUrl: string, dir: string): Promise<void> {
  const stranger = await browser.newPage(DESKTOP);
  await stranger.goto(`${webUrl}/sign-in`);
  await stranger.getByLabel("E-mail").waitFor();
  await shoot(stranger, "sign-in");

  const page = await signIn(browser, webUrl, DESKTOP);
  await connectOnedrive(page, webUrl);
  await shoot(page, "onedrive-settings");
  for (const scene of SCENES) {
    await openProduct(page, webUrl, scene.asin);
    await uploadTo(page, scene.fileName, await makeClip(browser, scene, dir));
  }
  await page.goto(webUrl);
  await page.getByRole("heading", { name: "Latest videos" }).waitFor();
  await shoot(page, "home");
  await page.goto(`${webUrl}/products`);
  await page.getByText("1 video").first().waitFor();
  await shoot(page, "products");
  await openProduct(page, webUrl, MAIN.asin);
  await shoot(page, "product");
  await page.goto(`${webUrl}/tasks`);
  await page.getByRole("heading", { name: MAIN.fileName }).waitFor();
  await shoot(page, "tasks");
  for (const reel of REELS) {
    await openProduct(page, webUrl, reel.asin);
    await uploadTo(page, reel.fileName, await makeClip(browser, reel, dir));
  }
  await shootPosts(page, webUrl);
  await shootUpload(browser, page, webUrl, dir);

  const dark = await signIn(browser, webUrl, DARK);
  await openProduct(dark, webUrl, MAIN.asin);
  await shoot(dark, "product-dark");
  await dark.goto(`${webUrl}/tasks`);
  await dark.getByRole("heading", { name: MAIN.fileName }).waitFor();
  await shoot(dark, "tasks-dark");
  await dark.goto(`${webUrl}/posts`);
  await dark.getByRole("list", { name: "Posts", exact: true }).waitFor();
  await shoot(dark, "posts-dark");

  const phone = await signIn(browser, webUrl, PHONE);
  await openProduct(phone, webUrl, MAIN.asin);
  await shoot(phone, "product-phone");
  await phone.goto(`${webUrl}/tasks`);
  await phone.getByRole("heading", { name: MAIN.fileName }).waitFor();
  await shoot(phone, "tasks-phone");
  await phone.goto(`${webUrl}/posts`);
  await phone.getByRole("list", { name: "Posts", exact: true }).waitFor();
  await shoot(phone, "posts-phone");
}

/** An upload caught in the middle, then given up. */
async function shootUpload(browser: Browser, page: Page, webUrl: string, dir: string): Promise<void> {
  const scene = { ...MAIN, fileName: "kettle-long-cut.mp4", padBytes: 412e6 };
  const path = await makeClip(browser, scene, dir);
  await openProduct(page, webUrl, scene.asin);
  await limitUploadSpeed(page, SLOW_BYTES_PER_SECOND);
  await page.getByLabel("Videos to upload").setInputFiles(path);
  const bar = page.getByRole("progressbar", { name: `Upload of ${scene.fileName}` });
  while (Number(await bar.getAttribute("aria-valuenow")) < SHOWN_PERCENT) await page.waitForTimeout(200);
  await page.screenshot({ path: join(IMAGES, "upload.png") });
  console.log(`${IMAGES}/upload.png`);
  await page.getByRole("button", { name: `Cancel ${scene.fileName}` }).click();
  await page.getByRole("button", { name: "Cancel upload" }).click();
  await bar.waitFor({ state: "detached" });
}

async function run(webUrl: string): Promise<void> {
  const dir = await Deno.makeTempDir({ prefix: "cliprelay-shots-" });
  const browser = await chromium.launch({
    executablePath: await findChromium() ?? undefined,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
    ],
  });
  try {
    await takeAll(browser, webUrl, dir);
  } finally {
    await browser.close();
    await Deno.remove(dir, { recursive: true });
  }
}

await ensureChromium();
await Deno.mkdir(IMAGES, { recursive: true });
const running = Deno.env.get("WEB_URL");
if (running) await run(running.replace(/\/$/, ""));
else {
  await withThrowawayStack(async (env) => {
    const app = await serveWebApp(env);
    await run(app.url).finally(app.stop);
  });
}
