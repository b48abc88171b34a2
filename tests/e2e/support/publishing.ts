import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import postgres from "postgres";
import { serveWebApp } from "../../../scripts/serve-web-app.ts";
import { processAtOnce } from "../../functions/support/sandbox-drive.ts";
import { createControl } from "../../functions/support/sandbox.ts";
import { launchBrowser } from "../../support/browser.ts";
import { startStack } from "../../support/stack.ts";
import { connectOnedrive, openAsDemo } from "./demo-session.ts";

const ASIN = "B0CRL7K2M1";
const CLIP = new URL("../../support/fixtures/clip.mp4", import.meta.url).pathname;

export type Publishing = Awaited<ReturnType<typeof startPublishing>>;

/**
 * A stack of its own with the built web app and a browser, signed in as the demo account; `env` are further variables
 * of the stack.
 */
export async function startPublishing(basePort: number, env: Readonly<Record<string, string>> = {}) {
  const stack = await startStack({ basePort, env });
  await processAtOnce(stack.env);
  const web = await serveWebApp(stack.env);
  const browser = await launchBrowser();
  const sql = postgres(stack.env.DB_URL!, { max: 1, onnotice: () => {} });
  const { page, problems } = await openAsDemo(browser, web.url);
  page.setDefaultTimeout(60_000);
  return {
    page,
    problems,
    browser,
    sql,
    env: stack.env,
    webUrl: web.url,
    control: createControl(stack.env.SANDBOX_URL!),
    dialog: page.getByRole("dialog"),
    posts: () => listPosts(stack.env.SANDBOX_URL!),
    async stop() {
      await sql.end();
      await browser.close();
      await web.stop();
      await stack.stop();
    },
  };
}

/** Connects OneDrive and uploads the clip, or other bytes by its name, to a product; returns the address of its page. */
export async function uploadClip(
  page: Page,
  webUrl: string,
  bytes?: Uint8Array<ArrayBuffer>,
): Promise<string> {
  await connectOnedrive(page, webUrl, "demo");
  await page.goto(`${webUrl}/products?q=${ASIN}`);
  await page.getByRole("main").getByRole("listitem").filter({ hasText: ASIN }).getByRole("link").click();
  await page.getByLabel("Videos to upload").setInputFiles(
    bytes ? { name: "clip.mp4", mimeType: "video/mp4", buffer: Buffer.from(bytes) } : CLIP,
  );
  await page.getByRole("button", { name: "Publish clip.mp4" }).waitFor({ timeout: 60_000 });
  return page.url();
}

/** Connects YouTube and, through its Page, Instagram. */
export async function connectPlatforms(page: Page, webUrl: string): Promise<void> {
  await page.goto(`${webUrl}/settings/accounts`);
  for (
    const [name, button] of [["YouTube", "Connect YouTube"], ["Instagram", "Connect with Facebook"]] as const
  ) {
    await openConsent(page, button, "demo");
    await page.getByRole("list", { name: `${name} accounts` }).getByText("Connected", { exact: true })
      .waitFor();
  }
}

/** Agrees on a platform's consent page; returns the small window. */
export async function openConsent(page: Page, button: string | RegExp, account: string): Promise<Page> {
  const opened = page.waitForEvent("popup");
  await page.getByRole("button", { name: button }).first().click();
  const consent = await opened;
  await consent.getByLabel("Account name").fill(account);
  await consent.getByRole("button", { name: /Accept|Allow|Continue/ }).click();
  return consent;
}

/** Opens the form for the clip with a caption; the page of its product is open. */
export async function compose(page: Page, caption: string): Promise<void> {
  await page.getByRole("button", { name: "Publish clip.mp4" }).click();
  await page.getByRole("dialog").getByLabel("Caption", { exact: true }).fill(caption);
}

/** Fills in the form for the clip, with these accounts only, and sends it at once. */
export async function publishNow(page: Page, caption: string, places: readonly string[]): Promise<void> {
  await compose(page, caption);
  await choosePlaces(page, places);
  await page.getByRole("dialog").getByRole("button", { name: "Publish now" }).click();
}

/** Leaves the first account of each of these platforms chosen in the open form, and no other. */
export async function choosePlaces(page: Page, places: readonly string[]): Promise<void> {
  const group = page.getByRole("dialog").getByRole("group", { name: "Post to" });
  for (const place of ["YouTube", "Instagram", "Facebook", "TikTok"]) {
    const card = group.locator("label").filter({ hasText: place }).first();
    if (!places.includes(place) && await card.count() === 0) continue;
    const isWanted = places.includes(place);
    if (await card.getByRole("checkbox").isChecked() !== isWanted) await card.click();
    await card.getByRole("checkbox", { checked: isWanted }).waitFor({ state: "attached" });
  }
}

/** The row of a platform in the post with this text, on a page that lists posts. */
export const rowOf = (page: Page, caption: string, place: string) =>
  page.getByRole("list", { name: "Posts", exact: true }).locator("> li").filter({ hasText: caption })
    .getByRole("list", { name: "Accounts of this post" }).getByRole("listitem").filter({ hasText: place });

interface ShownPost {
  platform: string;
  caption: string;
  created_at: string;
  url: string;
}

/** What the pretend platforms show. */
export async function listPosts(sandboxUrl: string): Promise<ShownPost[]> {
  return await (await fetch(`${sandboxUrl}/__sandbox/posts`)).json();
}

/** The label or text of what has the focus. */
export const focusedLabel = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLElement> };
    return focused.labels?.[0]?.innerText ?? focused.innerText;
  });
