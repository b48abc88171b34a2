import assert from "node:assert/strict";
import { createVideoBytes } from "../functions/support/video-bytes.ts";
import { eventually } from "../support/eventually.ts";
import {
  choosePlaces,
  compose,
  connectPlatforms,
  openConsent,
  rowOf,
  startPublishing,
  uploadClip,
} from "./support/publishing.ts";

const SESSIONS = "/upload/youtube/v3/videos";
const LONG = { timeout: 90_000 };

Deno.test("What goes wrong with a post is said, and mended by a button, in a browser", async (t) => {
  const app = await startPublishing(31_850);
  const { page, problems, webUrl, dialog, control, sql } = app;
  const count = async (platform: string) =>
    (await app.posts()).filter((post) => post.platform === platform).length;
  const publish = async (caption: string, places: readonly string[], time?: string) => {
    await page.goto(productUrl);
    await compose(page, caption);
    await choosePlaces(page, places);
    if (time) {
      await dialog.getByRole("radio", { name: "At a time" }).click();
      await dialog.getByLabel("Day and time").fill(time);
    }
    await dialog.getByRole("button", { name: time ? "Schedule" : "Publish now" }).click();
    await dialog.getByRole("list", { name: "Accounts of this post" }).waitFor();
    await page.keyboard.press("Escape");
  };
  let productUrl = "";
  try {
    productUrl = await uploadClip(page, webUrl, await createVideoBytes(300_000, "outcomes", "upright"));
    await connectPlatforms(page, webUrl);

    await t.step("two posts that stopped for one reason are tried again together", async () => {
      await control.fault({
        service: "google",
        method: "POST",
        path: SESSIONS,
        kind: "status",
        value: 400,
        times: 2,
      });
      await publish("Refused first.", ["YouTube"]);
      await publish("Refused second.", ["YouTube"]);
      await page.goto(`${webUrl}/posts?view=attention`);
      await page.getByRole("navigation").getByText("2 need you").waitFor(LONG);
      await page.goto(webUrl);
      await page.getByText("2 posts need you").waitFor();
      await page.getByRole("link", { name: "See what to do" }).click();
      await page.getByRole("button", { name: "Try all 2 again" }).click();
      await page.getByText("No post needs you").waitFor(LONG);
      await eventually("both are out", async () => await count("youtube") === 2, 60_000);
    });

    await t.step("a single target is tried again where it failed", async () => {
      await control.fault({
        service: "google",
        method: "POST",
        path: SESSIONS,
        kind: "status",
        value: 400,
        times: 1,
      });
      await publish("Once more.", ["YouTube"]);
      await page.goto(`${webUrl}/posts`);
      const row = rowOf(page, "Once more.", "YouTube");
      await row.getByText("Failed", { exact: true }).waitFor(LONG);
      await row.getByText("1 setback").click();
      await row.getByText(/^.*· (Preparing|Uploading): /).waitFor();
      await row.getByRole("button", { name: /^Try again/ }).click();
      await row.getByRole("link", { name: /Open on YouTube/ }).waitFor(LONG);
      assert.equal(await count("youtube"), 3);
    });

    await t.step("an outcome nobody can prove is decided by who looked", async () => {
      await sql`update private.settings set value = '[1, 1]' where key = 'publish.reconcile_seconds'`;
      await sql`update private.settings set value = '{"default": 1}' where key = 'publish.settle_seconds'`;
      await sql`update private.settings set value = '{"default": 864000}' where key = 'publish.lead_seconds'`;
      await publish("Who knows.", ["Instagram"], inAWeek());
      await page.goto(`${webUrl}/posts`);
      const row = rowOf(page, "Who knows.", "Instagram");
      await row.getByRole("button", { name: /^Publish now/ }).waitFor(LONG);
      // The reel is made, but the answer gets lost, and so does every answer to the question whether it is there.
      await control.fault({
        service: "meta",
        method: "POST",
        path: "*/media_publish",
        kind: "lost_answer",
        times: 1,
      });
      await control.fault({
        service: "meta",
        method: "GET",
        path: "*",
        kind: "status",
        value: 500,
        times: 500,
      });
      await row.getByRole("button", { name: /^Publish now/ }).click();
      await row.getByRole("button", { name: "Publish now", exact: true }).click();
      await row.getByText("Look there, then say what you see.").waitFor(LONG);
      await row.getByRole("button", { name: /^Post again/ }).click();
      await row.getByText("Instagram shows it twice").waitFor();
      await page.keyboard.press("Escape");
      await row.getByRole("button", { name: /^It is there/ }).click();
      await row.getByLabel(/^Its address/).fill("instagram.com/reel");
      await row.getByText("An address begins with https://").waitFor();
      await row.getByLabel(/^Its address/).fill("https://instagram.com/reel/known");
      await row.getByRole("button", { name: "Yes, it is there" }).click();
      const link = row.getByRole("link", { name: /Open on Instagram/ });
      await link.waitFor();
      assert.equal(await link.getAttribute("href"), "https://instagram.com/reel/known");
      await control.clearFaults();
      assert.equal(await count("instagram"), 1);
    });

    await t.step(
      "EC-3: a permission taken back is given again in place, and the post goes on by itself",
      async () => {
        await control.fault({ service: "google", method: "POST", path: SESSIONS, kind: "revoke", times: 1 });
        await publish("Waits for its account.", ["YouTube"]);
        await page.goto(`${webUrl}/settings/accounts`);
        await page.getByText("Expired", { exact: true }).waitFor(LONG);
        await page.getByText("Posts to this account wait until you reconnect").waitFor();
        await page.goto(`${webUrl}/posts?view=attention`);
        const row = rowOf(page, "Waits for its account.", "YouTube");
        await row.getByText(
          "YouTube wants you to sign in again. Reconnect the account, and the post goes on by itself.",
        ).waitFor();
        assert.equal(await count("youtube"), 3, "nothing went out meanwhile");
        await page.goto(`${webUrl}/notifications`);
        await page.getByRole("main").getByRole("link", { name: "Reconnect YouTube" }).first().waitFor();
        await page.getByText(/posts that wait for it then go on by themselves\./).first().waitFor();
        await page.goto(`${webUrl}/posts?view=attention`);
        await openConsent(page, /^Reconnect/, "demo");
        await page.getByText("No post needs you").waitFor(LONG);
        await page.goto(`${webUrl}/posts`);
        const link = row.getByRole("link", { name: /Open on YouTube/ });
        await link.waitFor(LONG);
        const opened = page.context().waitForEvent("page");
        await link.click();
        const shown = await opened;
        await eventually(
          "the video plays",
          () => shown.locator("video").evaluate((video: HTMLVideoElement) => video.readyState >= 2),
          60_000,
        );
        await shown.close();
        assert.equal(await count("youtube"), 4);
      },
    );

    await t.step("EC-1: while TikTok fails, it is tried again by itself and by a button", async () => {
      // The first pause passes by itself, the second one only by hand.
      await sql`update private.settings set value = '[4, 3600]' where key = 'publish.retry_delays_seconds'`;
      await page.goto(`${webUrl}/settings/accounts`);
      await openConsent(page, "Connect with TikTok", "demo");
      await page.getByRole("list", { name: "TikTok accounts" }).getByText("Connected", { exact: true })
        .waitFor();
      await control.fault({
        service: "tiktok",
        method: "POST",
        path: "*/video/init/",
        kind: "status",
        value: 500,
        times: null,
      });
      await page.goto(productUrl);
      await compose(page, "While TikTok is down.");
      await choosePlaces(page, ["TikTok"]);
      await dialog.getByRole("combobox", { name: "Who can see it" }).selectOption("Everyone");
      await dialog.getByRole("button", { name: "Publish now" }).click();
      await dialog.getByRole("list", { name: "Accounts of this post" }).waitFor();
      await page.keyboard.press("Escape");
      await page.goto(`${webUrl}/posts`);
      const row = rowOf(page, "While TikTok is down.", "TikTok");
      await row.getByText("Trying again", { exact: true }).waitFor(LONG);
      await row.getByText(/^TikTok does not answer properly right now\. Cliprelay tries again .+\.$/)
        .waitFor();
      await row.getByText("2 setbacks").click(LONG);
      await row.getByText(/^.*· Uploading: The platform does not answer properly/).first().waitFor();
      const logged = await sql`
        select attempt.step, attempt.provider_status from public.publish_attempts as attempt
        join public.publishing_queue as target on target.id = attempt.target_id
        where target.platform = 'tiktok'`;
      assert.deepEqual(logged.map((each) => ({ ...each })), [
        { step: "upload", provider_status: 500 },
        { step: "upload", provider_status: 500 },
      ]);
      await control.clearFaults();
      await row.getByRole("button", { name: /^Try again/ }).click();
      await row.getByRole("link", { name: /Open on TikTok/ }).waitFor(LONG);
      assert.equal(await count("tiktok"), 1);
    });

    assert.deepEqual(problems, []);
  } finally {
    await app.stop();
  }
});

const inAWeek = () => new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 16);
