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
  composePost,
  connectOnedrive,
  connectPlatforms,
  DARK,
  DESKTOP,
  limitUploadSpeed,
  openProduct,
  PHONE,
  signIn,
  uploadTo,
} from "./screenshots/demo-app.ts";
import { makeClip } from "./screenshots/make-clip.ts";
import { SCENES } from "./screenshots/scenes.ts";
import { serveWebApp } from "./serve-web-app.ts";
import { withThrowawayStack } from "./throwaway-stack.ts";

const IMAGES = "docs/images";
const MAIN = SCENES[0]!;
const SLOW_BYTES_PER_SECOND = 24_000_000;
const SHOWN_PERCENT = 40;

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  // Fonts and the last fade-in settle within a frame or two of this.
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 400))));
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  console.log(`${IMAGES}/${name}.png`);
}

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
  await shootPosts(page, webUrl);
  await shootUpload(browser, page, webUrl, dir);

  const dark = await signIn(browser, webUrl, DARK);
  await openProduct(dark, webUrl, MAIN.asin);
  await shoot(dark, "product-dark");
  await dark.goto(`${webUrl}/tasks`);
  await dark.getByRole("heading", { name: MAIN.fileName }).waitFor();
  await shoot(dark, "tasks-dark");

  const phone = await signIn(browser, webUrl, PHONE);
  await openProduct(phone, webUrl, MAIN.asin);
  await shoot(phone, "product-phone");
  await phone.goto(`${webUrl}/tasks`);
  await phone.getByRole("heading", { name: MAIN.fileName }).waitFor();
  await shoot(phone, "tasks-phone");
  await phone.goto(`${webUrl}/posts`);
  await phone.getByRole("list", { name: "Posts" }).waitFor();
  await shoot(phone, "posts-phone");
}

/** One video that is out, one that is planned, and one that is being written. */
async function shootPosts(page: Page, webUrl: string): Promise<void> {
  await connectPlatforms(page, webUrl);
  await page.getByText("Instagram connected").waitFor({ state: "detached" });
  await shoot(page, "accounts-settings");
  const dialog = page.getByRole("dialog");
  const [main, second] = [MAIN, SCENES[1]!];
  const at = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

  await openProduct(page, webUrl, second.asin);
  await composePost(page, second.fileName, {
    caption: "One drawer, ten minutes, no more digging for the whisk.",
    hashtags: "#kitchen #organizing",
    time: `${at}T18:30`,
  });
  await dialog.getByRole("button", { name: "Schedule" }).click();
  await dialog.getByText("Scheduled", { exact: true }).first().waitFor();
  await page.keyboard.press("Escape");

  await openProduct(page, webUrl, main.asin);
  await composePost(page, main.fileName, {
    caption: "To the degree: why a gooseneck changes your pour-over.",
    hashtags: "#coffee #pourover #kettle",
  });
  await shoot(page, "publish");
  await dialog.getByText("Instagram", { exact: true }).first().click();
  await dialog.getByRole("button", { name: "Publish now" }).click();
  await dialog.getByRole("link", { name: /Open on YouTube/ }).waitFor({ timeout: 180_000 });
  await page.keyboard.press("Escape");
  await page.goto(`${webUrl}/posts`);
  await page.getByRole("list", { name: "Posts" }).waitFor();
  await shoot(page, "posts");
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
