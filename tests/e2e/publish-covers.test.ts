import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { readPicture } from "../../supabase/functions/publish/rules/read-picture.ts";
import { eventually } from "../support/eventually.ts";
import { compose, connectPlatforms, startPublishing, uploadClip } from "./support/publishing.ts";

const CAPTION = "Look at this kettle.";

Deno.test("Covers are chosen, cut and published, in a browser", async (t) => {
  const app = await startPublishing(29_350);
  const { page, problems, webUrl, env } = app;
  const form = page.getByRole("dialog", { name: "Publish" });
  const cover = page.getByRole("dialog", { name: "Cover" });
  const pictureOf = async (address: string) => {
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
    return { ...readPicture(bytes), bytes: bytes.length };
  };
  const optionsOf = async () =>
    (await app.sql`select platform, options from public.publishing_queue order by id`).map((row) =>
      row.options
    );
  try {
    await connectPlatforms(page, webUrl);
    await uploadClip(page, webUrl);

    await t.step("a frame is picked with the keyboard and cut for both shapes", async () => {
      await compose(page, CAPTION);
      await form.getByRole("button", { name: "Choose a cover" }).click();
      const moment = cover.getByRole("slider", { name: "Moment of the video" });
      await cover.getByText("How it is cut").waitFor();
      await moment.focus();
      for (let count = 0; count < 10; count++) await page.keyboard.press("ArrowRight");
      assert.match(await moment.getAttribute("aria-valuetext") ?? "", /^0:01\.[34] of 0:03\.0$/);
      const wide = cover.getByRole("application", { name: "Cut for YouTube" });
      const placeOf = () => wide.locator("img").evaluate((image) => getComputedStyle(image).top);
      const before = await placeOf();
      await wide.focus();
      await page.keyboard.press("Shift+ArrowDown");
      await page.keyboard.press("+");
      assert.notEqual(await placeOf(), before);
      assert.equal(
        await cover.getByRole("slider", { name: "Zoom for YouTube" }).getAttribute("aria-valuetext"),
        "1.1 times",
      );
      await cover.getByRole("application", { name: "Cut for Instagram" }).waitFor();
    });

    await t.step("dragging moves the picture as far as it goes", async () => {
      const wide = cover.getByRole("application", { name: "Cut for YouTube" });
      await wide.scrollIntoViewIfNeeded();
      const box = (await wide.boundingBox())!;
      await page.mouse.move(box.x + box.width / 2, box.y + 10);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2, box.y + box.height * 6, { steps: 5 });
      await page.mouse.up();
      assert.equal(await wide.locator("img").evaluate((image) => getComputedStyle(image).top), "0px");
    });

    await t.step("the form previews it as each platform shows it", async () => {
      await cover.getByRole("button", { name: "Use this cover" }).click();
      const previews = form.getByRole("list", { name: "Preview of the cover" });
      for (const place of ["YouTube", "Instagram"]) {
        await previews.getByRole("listitem").filter({ hasText: place }).locator("img").waitFor();
      }
      await form.getByLabel("First comment").fill("Where to find it: link in bio");
      await form.getByText("29 / 2,200 characters").waitFor();
    });

    await t.step("the post goes out with its covers and its first comment", async () => {
      await form.getByRole("button", { name: "Publish now" }).click();
      const dialog = page.getByRole("dialog");
      await eventually(
        "both are published",
        async () => await dialog.getByText("Published", { exact: true }).count() === 2,
        60_000,
      );
      const posts = await app.posts();
      const [video] = posts.filter(({ platform }) => platform === "youtube");
      const [reel] = posts.filter(({ platform }) => platform === "instagram");
      const id = new URL(video!.url).pathname.split("/").at(-1);
      await eventually("YouTube shows the cover", async () => {
        const shown = await pictureOf(`${env.SANDBOX_URL}/google/vi/${id}/high.jpg`);
        return shown.mimeType === "image/jpeg" && shown.width === 1280 && shown.height === 720;
      });
      const html = await (await fetch(reel!.url)).text();
      const poster = /poster="([^"]+)"/.exec(html)![1]!;
      const tall = await pictureOf(new URL(poster, reel!.url).href);
      assert.deepEqual([tall.mimeType, tall.width, tall.height], ["image/jpeg", 1080, 1920]);
      assert.ok(tall.bytes < 2 * 1024 * 1024);
      await eventually(
        "the first comment is there",
        async () => /link in bio/.test(await (await fetch(reel!.url)).text()),
        60_000,
      );
      await dialog.getByRole("button", { name: "Done" }).click();
    });

    await t.step("an own picture is taken when it is one, and said when it is not", async () => {
      await compose(page, "With my own picture");
      await form.getByRole("button", { name: "Choose a cover" }).click();
      await cover.getByRole("radio", { name: "Own picture" }).click();
      const input = cover.getByLabel("Choose a picture");
      const text = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") };
      await input.setInputFiles(text);
      await cover.getByText("Choose a JPG or PNG picture.").waitFor();
      await input.setInputFiles(await drawPng(page, 200, 200));
      await cover.getByText("Choose a picture of at least 320 pixels a side.").waitFor();
      assert.ok(await cover.getByRole("button", { name: "Use this cover" }).isDisabled());
      await input.setInputFiles(await drawPng(page, 1600, 1200));
      await cover.getByText("How it is cut").waitFor();
      await cover.getByRole("button", { name: "Use this cover" }).click();
    });

    await t.step("a planned post keeps it, shows it again and loses it when asked", async () => {
      await form.getByRole("radio", { name: "At a time" }).click();
      await form.getByRole("button", { name: "Schedule" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
      const covers = (await optionsOf()).slice(2).map(({ cover: path }) => path as string);
      assert.deepEqual(covers.map((path) => path.split("/").at(-1)).toSorted(), ["tall.jpg", "wide.jpg"]);
      await page.goto(`${webUrl}/posts`);
      const post = page.getByRole("list", { name: "Posts", exact: true }).locator("> li")
        .filter({ hasText: "With my own picture" });
      await post.getByRole("button", { name: /^Edit/ }).click();
      const edit = page.getByRole("dialog", { name: "Edit post" });
      const previews = edit.getByRole("list", { name: "Preview of the cover" });
      await eventually(
        "the stored cover is shown",
        () =>
          previews.locator("img").evaluateAll((images) =>
            images.length === 2 && images.every((image) => (image as HTMLImageElement).naturalWidth > 0)
          ),
      );
      await edit.getByRole("button", { name: "Remove the cover" }).click();
      await edit.getByRole("button", { name: "Save changes" }).click();
      await edit.waitFor({ state: "detached" });
      assert.deepEqual((await optionsOf()).slice(2).map(({ cover: path }) => path), [undefined, undefined]);
    });

    assert.deepEqual(problems, []);
  } finally {
    await app.stop();
  }
});

/** A PNG of the browser's own making. */
async function drawPng(page: Page, width: number, height: number) {
  const base64 = await page.evaluate(([wide, high]) => {
    const canvas = document.createElement("canvas");
    canvas.width = wide!;
    canvas.height = high!;
    const paper = canvas.getContext("2d")!;
    paper.fillStyle = "teal";
    paper.fillRect(0, 0, wide! / 2, high!);
    return canvas.toDataURL("image/png").split(",")[1]!;
  }, [width, height]);
  return { name: "picture.png", mimeType: "image/png", buffer: Buffer.from(base64, "base64") };
}
