import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { openAsDemo } from "./support/demo-session.ts";
import {
  compose,
  connectPlatforms,
  focusedLabel,
  rowOf,
  startPublishing,
  uploadClip,
} from "./support/publishing.ts";

const MINUTE_MS = 60_000;

Deno.test("Posts are planned, changed, drafted and go out while nobody looks, in a browser", async (t) => {
  const app = await startPublishing(31_800);
  const { page, problems, webUrl, dialog } = app;
  const soon = inAnHour();
  try {
    const productUrl = await uploadClip(page, webUrl);
    await connectPlatforms(page, webUrl);
    await page.goto(productUrl);

    await t.step("a time that clocks skip is refused, and of two the first is taken", async () => {
      await compose(page, "In the night of the clocks.");
      await dialog.getByRole("radio", { name: "At a time" }).click();
      await dialog.getByLabel("Time zone").selectOption("Europe/Berlin");
      await dialog.getByLabel("Day and time").fill("2027-03-28T02:30");
      await dialog.getByText("This time does not exist: clocks are set forward over it").waitFor();
      await dialog.getByRole("button", { name: "Schedule" }).click();
      assert.equal(await focusedLabel(page), "Day and time");
      await dialog.getByLabel("Day and time").fill("2027-10-31T02:30");
      await dialog.getByText(/this time comes twice\. It goes out at the first one \(UTC\+02:00\)/).waitFor();
    });

    await t.step("each account has a time and a text of its own", async () => {
      await dialog.getByLabel("Caption", { exact: true }).fill("Out by itself.");
      await dialog.getByLabel("Time zone").selectOption("UTC");
      await dialog.getByLabel("A different time for each account").check();
      await dialog.getByLabel("Demo on YouTube").fill(soon);
      await dialog.getByLabel("Demo on Instagram").fill("2027-03-01T08:00");
      await dialog.getByLabel("Another text for Instagram").check();
      await dialog.getByLabel("Caption for Instagram").fill("Only here.");
      await dialog.getByRole("button", { name: "Schedule" }).click();
      await dialog.getByText("Scheduled", { exact: true }).first().waitFor();
      await page.keyboard.press("Escape");
    });

    await t.step("the post goes out while no page is open", async () => {
      await page.context().close();
      // The form knows whole minutes; nobody has to wait for one.
      const [target] = await app.sql`
        select id, user_id, published_video_id, scheduled_for from public.publishing_queue where platform = 'youtube'`;
      assert.equal(target!.scheduled_for.toISOString().slice(0, 16), soon);
      const scheduled_for = new Date(Date.now() + 3_000).toISOString();
      const change = app.sql.json({ targets: [{ id: target!.id, scheduled_for }] });
      await app.sql`select public.edit_post(${target!.user_id}, ${target!.published_video_id}, ${change})`;
      await eventually("it is on YouTube", async () => (await app.posts()).length === 1, 2 * MINUTE_MS);
      const [post] = await app.posts();
      assert.equal(post!.platform, "youtube");
      assert.match(post!.caption, /Out by itself\./);
    });

    const { page: later, problems: laterProblems } = await openAsDemo(app.browser, webUrl);
    later.setDefaultTimeout(60_000);
    const form = later.getByRole("dialog");

    await t.step("text and time of what still waits are changed", async () => {
      await later.goto(`${webUrl}/posts?view=planned`);
      await later.getByRole("button", { name: /^Edit the post of clip\.mp4/ }).click();
      assert.equal(await form.getByLabel("Caption for Instagram").inputValue(), "Only here.");
      assert.equal(await form.getByLabel("Time zone").inputValue(), "UTC");
      assert.equal(await form.getByLabel("Day and time").inputValue(), "2027-03-01T08:00");
      await form.getByLabel("Caption for Instagram").fill("Said better.");
      await form.getByLabel("Day and time").fill("2027-03-02T09:15");
      await form.getByRole("button", { name: "Save changes" }).click();
      await form.waitFor({ state: "detached" });
      await eventually("the focus is back", async () => /^Edit/.test(await focusedLabel(later)));
      const [target] = await app.sql`
        select caption, scheduled_for from public.publishing_queue where platform = 'instagram'`;
      assert.equal(target!.caption, "Said better.");
      assert.equal(target!.scheduled_for.toISOString(), "2027-03-02T09:15:00.000Z");
    });

    await t.step("it is published now, once, with the new text", async () => {
      await later.goto(`${webUrl}/posts`);
      const row = rowOf(later, "Out by itself.", "Instagram");
      await row.getByRole("button", { name: /^Publish now/ }).click();
      await row.getByRole("button", { name: "Publish now", exact: true }).click();
      await row.getByRole("link", { name: /Open on Instagram/ }).waitFor({ timeout: 2 * MINUTE_MS });
      const reels = (await app.posts()).filter(({ platform }) => platform === "instagram");
      assert.deepEqual(reels.map(({ caption }) => caption.split("\n")[0]), ["Said better."]);
    });

    await t.step("a draft is thrown away once that was confirmed", async () => {
      await later.goto(productUrl);
      await compose(later, "Never mind.");
      await form.getByRole("button", { name: "Save draft" }).click();
      await form.waitFor({ state: "detached" });
      await later.goto(`${webUrl}/posts?view=drafts`);
      await later.getByRole("button", { name: /^Discard/ }).click();
      await later.keyboard.press("Escape");
      await eventually("the focus is back", async () => /^Discard/.test(await focusedLabel(later)));
      await later.getByRole("button", { name: /^Discard/ }).click();
      await later.getByRole("button", { name: "Discard draft" }).click();
      await later.getByText("No post here").waitFor();
      await later.goto(`${webUrl}/posts?view=canceled`);
      await later.getByText("No post here").waitFor();
    });

    await t.step("a draft is kept, continued elsewhere and sent", async () => {
      await later.goto(productUrl);
      await compose(later, "Not yet.");
      await form.getByRole("textbox", { name: "Title" }).fill("");
      await form.getByRole("button", { name: "Save draft" }).click();
      await form.waitFor({ state: "detached" });
      await later.goto(`${webUrl}/posts?view=drafts`);
      await later.getByRole("button", { name: /^Continue/ }).click();
      assert.equal(await form.getByLabel("Caption", { exact: true }).inputValue(), "Not yet.");
      await form.getByRole("textbox", { name: "Title" }).fill("Now it is ready");
      await form.getByText("Instagram", { exact: true }).first().click();
      await form.getByLabel("Caption", { exact: true }).fill("Now it is.");
      await form.getByRole("button", { name: "Publish now" }).click();
      await later.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
      await later.getByRole("link", { name: /Open on YouTube/ }).waitFor({ timeout: 2 * MINUTE_MS });
      assert.equal(await form.count(), 0);
      await later.goto(`${webUrl}/posts?view=drafts`);
      await later.getByText("No post here").waitFor();
      await later.goto(`${webUrl}/posts?view=canceled`);
      await later.getByText("No post here").waitFor();
      assert.equal((await app.posts()).length, 3);
    });

    await t.step("every post has an address, and search finds it by its words", async () => {
      await later.goto(`${webUrl}/posts`);
      await later.getByLabel("Search posts").fill("said nowhere");
      await later.getByText("No post here").waitFor();
      await later.getByLabel("Search posts").fill("now it IS");
      const posts = later.getByRole("list", { name: "Posts" }).locator("> li");
      await eventually("one is left", async () => await posts.count() === 1);
      await posts.getByRole("link", { name: "clip.mp4" }).click();
      await later.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
      await later.getByText("On YouTube since").waitFor();
      await later.goto(`${webUrl}/posts/${crypto.randomUUID()}`);
      await later.getByText("This post is not here").waitFor();
    });

    assert.deepEqual([...problems, ...laterProblems], []);
  } finally {
    await app.stop();
  }
});

/** A time in an hour, as a clock in UTC shows it. */
const inAnHour = () => new Date(Date.now() + 60 * MINUTE_MS).toISOString().slice(0, 16);
