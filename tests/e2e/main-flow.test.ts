import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import postgres from "postgres";
import { QuickXorHash } from "../../sandbox/microsoft/quick-xor-hash.ts";
import { launchBrowser } from "../support/browser.ts";
import { eventually } from "../support/eventually.ts";
import { writePaddedVideo } from "../support/padded-video.ts";
import { startStack, type TestStack } from "../support/stack.ts";
import { serveWebApp } from "../../scripts/serve-web-app.ts";
import { connectOnedrive, limitUploadSpeed, openAsDemo } from "./support/demo-session.ts";

const VIDEO_BYTES = 48 * 1024 * 1024 + 12_345;
const SLOW_BYTES_PER_SECOND = 6 * 1024 * 1024;
const FILE_NAME = "kettle review.mp4";
const ASIN = "B0CRL7K2M1";
const CORRELATED_ASIN = "B0CRL7K2W8";

interface SandboxFile {
  account: string;
  path: string;
  size: number;
  quickxor: string;
}

Deno.test("A video goes from disk to OneDrive through a reload and a killed function, and tasks inherit it", async (t) => {
  const workDir = await Deno.makeTempDir({ prefix: "e2e-" });
  const videoPath = join(workDir, FILE_NAME);
  await writePaddedVideo(videoPath, VIDEO_BYTES);
  const stack = await startStack({ basePort: 31_500 });
  const web = await serveWebApp(stack.env);
  const browser = await launchBrowser();
  try {
    const { page, problems } = await openAsDemo(browser, web.url);

    await t.step("OneDrive is connected through the consent page", async () => {
      await connectOnedrive(page, web.url, "demo");
    });

    await t.step("an upload starts on the product page and survives a reload", async () => {
      await openProduct(page, web.url, ASIN);
      await limitUploadSpeed(page, SLOW_BYTES_PER_SECOND);
      await page.getByLabel("Videos to upload").setInputFiles(videoPath);
      await uploadedAtLeast(page, 20);
      page.on("dialog", (dialog) => dialog.accept());
      await page.reload();
      await page.getByLabel(`File for ${FILE_NAME}`).first().setInputFiles(videoPath);
      const resumedAt = await uploadedAtLeast(page, 20);
      assert.ok(resumedAt >= 20, `resumed at ${resumedAt} %, not from the start`);
    });

    await t.step("it goes on while its function is killed", async () => {
      await stack.killFunction("onedrive");
      await limitUploadSpeed(page, -1);
      await page.getByRole("button", { name: `Play ${FILE_NAME}` }).first().waitFor({ timeout: 60_000 });
    });

    await t.step("OneDrive holds exactly these bytes", async () => {
      const [file, ...others] = await sandboxFiles(stack);
      assert.deepEqual(others, []);
      assert.equal(file?.path, `/Cliprelay/${FILE_NAME}`);
      assert.equal(file?.size, VIDEO_BYTES);
      assert.equal(file?.quickxor, await hashFile(videoPath));
    });

    await t.step("the video plays from OneDrive", async () => {
      await page.getByRole("button", { name: `Play ${FILE_NAME}` }).first().click();
      await eventually(
        "the player has the first frame",
        () => page.locator("video").evaluate((video: HTMLVideoElement) => video.readyState >= 2),
      );
      await page.keyboard.press("Escape");
      await eventually(
        "the focus is back on the button that opened the player",
        () =>
          page.getByRole("button", { name: `Play ${FILE_NAME}` }).first()
            .evaluate((button) => button === document.activeElement),
      );
    });

    await t.step("tasks of the product and of its correlated ASINs show it", async () => {
      await page.goto(`${web.url}/tasks`);
      const inherited = page.getByRole("listitem").filter({ hasText: CORRELATED_ASIN }).first();
      await inherited.getByText(`inherited from ${ASIN}`).waitFor();
      assert.ok(await page.getByText(FILE_NAME).first().isVisible());
    });

    await t.step("taking it off the parent task and setting it back flows down", async () => {
      const sql = postgres(stack.env.DB_URL!, { max: 1 });
      try {
        const [parent] = await sql`
          update public.influencer_tasks as task set video_id = null
          from (
            select id, video_id from public.influencer_tasks
            where asin = ${ASIN} and search_asin = ${ASIN} and marketplace = 'US'
          ) as was
          where task.id = was.id returning task.id, was.video_id`;
        assert.equal(await inheritedVideo(sql, parent!.id), null);
        await sql`update public.influencer_tasks set video_id = ${parent!.video_id} where id = ${parent!.id}`;
        assert.equal(await inheritedVideo(sql, parent!.id), parent!.video_id);
      } finally {
        await sql.end();
      }
    });

    await t.step("no page reported an error of its own", () => {
      // A request that meets the killed function fails, and so does the preflight of one.
      const expected = /Failed to load resource|net::ERR_|preflight .* does not have HTTP ok status/i;
      const own = problems.filter((text) => !expected.test(text));
      assert.deepEqual(own, []);
    });
  } finally {
    await browser.close();
    await web.stop();
    await stack.stop();
    await Deno.remove(workDir, { recursive: true });
  }
});

async function openProduct(page: Page, webUrl: string, asin: string): Promise<void> {
  await page.goto(`${webUrl}/products?q=${asin}`);
  await page.getByRole("main").getByRole("listitem").first().getByRole("link").first().click();
  await page.getByRole("heading", { name: "Videos" }).waitFor();
}

/** Waits until the upload's bar shows at least `percent`, and returns what it shows. */
async function uploadedAtLeast(page: Page, percent: number): Promise<number> {
  const bar = page.getByRole("progressbar", { name: `Upload of ${FILE_NAME}` }).first();
  return await eventually(`upload at ${percent} %`, async () => {
    const value = Number(await bar.getAttribute("aria-valuenow", { timeout: 1_000 }));
    return value >= percent ? value : null;
  }, 30_000);
}

async function sandboxFiles(stack: TestStack): Promise<SandboxFile[]> {
  const response = await fetch(`${stack.env.SANDBOX_URL}/__sandbox/files`);
  return await response.json();
}

async function hashFile(path: string): Promise<string> {
  const hash = new QuickXorHash();
  using file = await Deno.open(path);
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest();
}

/** The video of the correlated task in the parent's marketplace. */
async function inheritedVideo(sql: postgres.Sql, parentId: string): Promise<string | null> {
  const [child] = await sql`
    select child.video_id, child.video_is_inherited
    from public.influencer_tasks as parent
    join public.influencer_tasks as child
      on child.user_id = parent.user_id and child.search_asin = parent.search_asin
      and child.marketplace = parent.marketplace
    where parent.id = ${parentId} and child.asin = ${CORRELATED_ASIN}`;
  assert.equal(child!.video_is_inherited, child!.video_id !== null);
  return child!.video_id;
}
