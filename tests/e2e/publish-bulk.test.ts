import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { createVideoBytes } from "../functions/support/video-bytes.ts";
import { eventually } from "../support/eventually.ts";
import { connectOnedrive } from "./support/demo-session.ts";
import { connectPlatforms, focusedLabel, startPublishing } from "./support/publishing.ts";

const ASIN = "B0CRL7K2M1";
const AMOUNT = 12;

Deno.test("Twelve videos are published together, in a browser", async (t) => {
  const app = await startPublishing(29_050);
  const { page, problems, webUrl, dialog, sql } = app;
  try {
    await connectOnedrive(page, webUrl, "demo");
    await connectPlatforms(page, webUrl);

    await t.step("posting slots are added and removed with the keyboard", async () => {
      await page.goto(`${webUrl}/settings/slots`);
      await page.getByLabel("Time", { exact: true }).fill("18:30");
      await page.getByRole("toolbar", { name: "Platforms" }).getByRole("button", { name: "Instagram" })
        .focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("ArrowRight");
      await eventually("the next one has the focus", async () => await focusedLabel(page) === "TikTok");
      await page.keyboard.press("Space");
      await page.getByRole("button", { name: "Add 5 slots" }).press("Enter");
      const week = page.getByRole("list", { name: "Your week" });
      await week.getByRole("button", { name: "Remove Friday at 18:30" }).waitFor();
      await week.getByRole("button", { name: "Remove Monday at 18:30" }).press("Enter");
      await week.getByRole("button", { name: "Remove Monday at 18:30" }).waitFor({ state: "detached" });
      assert.equal(await focusedLabel(page), "Remove Tuesday at 18:30");
      const slots = await sql`select platforms from public.posting_slots`;
      assert.deepEqual([slots.length, slots[0]!.platforms], [4, ["instagram", "tiktok"]]);
    });

    await t.step("a caption template shows what its placeholders become", async () => {
      await page.goto(`${webUrl}/settings/templates`);
      await page.getByRole("button", { name: "New template" }).click();
      await dialog.getByLabel("Name").fill("Review");
      await dialog.getByLabel("Caption", { exact: true }).fill("My review of the {titel} ");
      await dialog.getByRole("button", { name: "Save template" }).click();
      await dialog.getByText("Nothing stands for {titel}").waitFor();
      await dialog.getByLabel("Caption", { exact: true }).fill("My review of the ");
      await dialog.getByRole("button", { name: "Insert {title}" }).click();
      await dialog.getByText("My review of the Gooseneck Kettle 1 l").waitFor();
      await dialog.getByLabel("Hashtags (optional)", { exact: true }).fill("#kettle, coffee");
      await dialog.getByRole("button", { name: "Save template" }).click();
      await page.getByRole("button", { name: "Edit Review" }).waitFor();
    });

    await t.step("the chosen videos go out with their own words", async () => {
      await uploadClips(page, webUrl);
      await page.goto(`${webUrl}/videos`);
      const boxes = page.getByRole("list", { name: "Videos", exact: true }).getByRole("checkbox");
      await boxes.nth(AMOUNT - 1).waitFor();
      await boxes.first().click();
      await boxes.nth(AMOUNT - 1).click({ modifiers: ["Shift"] });
      const bar = page.getByRole("region", { name: "Chosen videos" });
      await bar.getByRole("button", { name: `Publish ${AMOUNT} videos` }).click();
      await dialog.getByRole("button", { name: "Insert template" }).click();
      await page.getByRole("menuitem", { name: "Review" }).click();
      await dialog.getByRole("figure").getByText(/^My review of the (?!\{)/).waitFor();
      await dialog.getByRole("heading", { name: `${2 * AMOUNT} posts: what goes out when` }).waitFor();
      await dialog.getByRole("button", { name: `Publish ${AMOUNT} videos now` }).click();
      await page.waitForURL(/\/bulks\//);
    });

    await t.step("the page counts until all of them are out, once each", async () => {
      await page.getByText(`${2 * AMOUNT} posts published.`).waitFor({ timeout: 180_000 });
      const row = page.getByRole("row").filter({ hasText: "YouTube" });
      assert.deepEqual((await row.getByRole("cell").allInnerTexts()).slice(0, 4), ["12", "0", "0", "0"]);
      const posts = await app.posts();
      assert.equal(posts.length, 2 * AMOUNT);
      assert.equal(new Set(posts.map(({ url }) => url)).size, 2 * AMOUNT);
    });

    await t.step("one notice tells it", async () => {
      const told = () => sql`select kind, title from public.notifications where kind like 'publish.%'`;
      await eventually("the notice", async () => (await told()).length > 0, 30_000);
      assert.deepEqual((await told()).map((notice) => ({ ...notice })), [
        { kind: "publish.bulk_finished", title: `${AMOUNT} videos are published` },
      ]);
    });

    await t.step("what is spread over slots is undone as a whole", async () => {
      await page.goto(`${webUrl}/videos`);
      const boxes = page.getByRole("list", { name: "Videos", exact: true }).getByRole("checkbox");
      await boxes.first().press("Space");
      await page.getByRole("button", { name: "Choose all shown" }).click();
      await page.getByRole("button", { name: `Publish ${AMOUNT} videos` }).click();
      await dialog.getByLabel("Caption", { exact: true }).fill("Later: {title}");
      await dialog.getByRole("radio", { name: "In my slots" }).click();
      await dialog.getByText("At least one of these accounts has none.").waitFor();
      await dialog.getByRole("radio", { name: "One every…" }).click();
      await dialog.getByLabel("One video every").fill("2");
      await dialog.getByRole("button", { name: `Schedule ${AMOUNT} videos` }).click();
      await page.waitForURL(/\/bulks\//);
      await page.getByText("Planned", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Stop them" }).click();
      await page.getByText(`Undone before anything went out. ${2 * AMOUNT} stopped.`).waitFor();
      assert.equal((await sql`select target_id from private.publish_jobs`).length, 0);
    });

    await t.step("both stand above the posts", async () => {
      await page.goto(`${webUrl}/posts`);
      const list = page.getByRole("list", { name: "Videos published together" });
      await list.getByText("Undone", { exact: true }).waitFor();
      await list.getByRole("link").last().click();
      await page.getByText(`${2 * AMOUNT} posts published.`).waitFor();
    });

    assert.deepEqual(problems, []);
  } finally {
    await app.stop();
  }
});

/** Uploads twelve small reels to a product. */
async function uploadClips(page: Page, webUrl: string): Promise<void> {
  await page.goto(`${webUrl}/products?q=${ASIN}`);
  await page.getByRole("main").getByRole("listitem").filter({ hasText: ASIN }).getByRole("link").click();
  const files = await Promise.all(Array.from({ length: AMOUNT }, async (_, number) => ({
    name: `clip-${number + 1}.mp4`,
    mimeType: "video/mp4",
    buffer: Buffer.from(await createVideoBytes(80_000, `clip ${number}`)),
  })));
  await page.getByLabel("Videos to upload").setInputFiles(files);
  for (const { name } of files) {
    await page.getByRole("button", { name: `Publish ${name}` }).waitFor({ timeout: 60_000 });
  }
}
