import assert from "node:assert/strict";
import { followChanges } from "../functions/support/library-world.ts";
import { H264, makeClip } from "../functions/publish/support/make-clip.ts";
import { openDrive } from "../functions/support/sandbox-drive.ts";
import {
  choosePlaces,
  compose,
  connectPlatforms,
  rowOf,
  startPublishing,
  uploadClip,
} from "./support/publishing.ts";

const LONG = { timeout: 90_000 };
const VP9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "aac"];

Deno.test("A file that a platform does not take is replaced, and the post goes on by a button, in a browser", async (t) => {
  const app = await startPublishing(29_500, { STACK_TRANSCODER: "off" });
  const { page, problems, webUrl, dialog, sql, env } = app;
  const caption = "Too slow for Instagram.";
  const row = rowOf(page, caption, "Instagram");
  try {
    const slow = await makeClip({ options: H264, seconds: 4, fps: 15 });
    const productUrl = await uploadClip(page, webUrl, slow);
    await connectPlatforms(page, webUrl);

    await t.step("the form says it before anything is sent", async () => {
      await page.goto(productUrl);
      await compose(page, caption);
      await choosePlaces(page, ["Instagram"]);
      await dialog.getByText(/Instagram takes 23 to 60 frames a second; this file has 15/).waitFor(LONG);
    });

    await t.step("a post that is made all the same waits and says what to do", async () => {
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await dialog.getByRole("list", { name: "Accounts of this post" }).waitFor();
      await page.keyboard.press("Escape");
      await page.goto(`${webUrl}/posts?view=attention`);
      await row.getByText(/Replace the file in your OneDrive by one that fits/).waitFor(LONG);
      assert.deepEqual(await app.posts(), []);
    });

    await t.step("with the right file in its place one button sends it out", async () => {
      const [video] = await sql<{ user_id: string; onedrive_path: string }[]>`
        select user_id, onedrive_path from public.product_videos`;
      const drive = await openDrive(env, "demo");
      const right = await makeClip({ options: H264, seconds: 4, fps: 30 });
      await drive.put(video!.onedrive_path.replace(/^\//, ""), right);
      await followChanges(sql, video!.user_id);
      await row.getByRole("button", { name: /^Look at the file again/ }).click();
      await page.getByText("No post needs you").waitFor(LONG);
      await page.goto(`${webUrl}/posts`);
      await row.getByRole("link", { name: /Open on Instagram/ }).waitFor(LONG);
      assert.deepEqual((await app.posts()).map(({ platform }) => platform), ["instagram"]);
    });

    assert.deepEqual(problems, []);
  } finally {
    await app.stop();
  }
});

Deno.test("EC-2: a video that Instagram does not take is converted and goes out, in a browser", async (t) => {
  const app = await startPublishing(29_600);
  const { page, problems, webUrl, dialog, control } = app;
  const caption = "In a codec of its own.";
  const row = rowOf(page, caption, "Instagram");
  try {
    await control.set({ service: "meta", check_video: true });
    await control.fault({
      service: "transcoder",
      method: "POST",
      path: "/jobs",
      kind: "slow_processing",
      value: 6_000,
      times: 1,
    });
    const productUrl = await uploadClip(page, webUrl, await makeClip({ options: VP9, seconds: 4 }));
    await connectPlatforms(page, webUrl);

    await t.step("the form says that it will be converted", async () => {
      await page.goto(productUrl);
      await compose(page, caption);
      await choosePlaces(page, ["Instagram"]);
      await dialog.getByText(
        "The file is converted for Instagram before it goes out. Your own stays as it is.",
      )
        .waitFor(LONG);
    });

    await t.step("while that lasts, the post says so and how long it may take", async () => {
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await dialog.getByText("Converting", { exact: true }).waitFor(LONG);
      await dialog.getByText("The video is being converted for Instagram, which may take a minute.")
        .waitFor();
      assert.deepEqual(await app.posts(), []);
    });

    await t.step("then it goes out without anybody's doing", async () => {
      await dialog.getByRole("link", { name: /Open on Instagram/ }).waitFor(LONG);
      await page.keyboard.press("Escape");
      await page.goto(`${webUrl}/posts`);
      await row.getByText("Published", { exact: true }).waitFor();
      assert.deepEqual((await app.posts()).map(({ platform }) => platform), ["instagram"]);
    });

    assert.deepEqual(problems, []);
  } finally {
    await app.stop();
  }
});
