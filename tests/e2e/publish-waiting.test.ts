import assert from "node:assert/strict";
import type { Sql } from "postgres";
import {
  connectPlatforms,
  focusedLabel,
  publishNow,
  rowOf,
  startPublishing,
  uploadClip,
} from "./support/publishing.ts";

const LONG = { timeout: 90_000 };

Deno.test("A post that has to wait says for what, and goes on by a button, in a browser", async (t) => {
  const app = await startPublishing(31_900);
  const { page, problems, webUrl, dialog, sql } = app;
  const allow = (uploads: number) =>
    sql`update private.provider_budgets set max_count = ${uploads} where budget = 'youtube.inserts'`;
  try {
    const productUrl = await uploadClip(page, webUrl);
    await connectPlatforms(page, webUrl);
    await page.goto(productUrl);
    await page.getByRole("button", { name: "Publish clip.mp4" }).waitFor();

    await t.step(
      "EC-4: a platform's limit of the day makes it wait for the next one, until it is canceled",
      async () => {
        await allow(2);
        await publishNow(page, "First of the day.", ["YouTube"]);
        await dialog.getByRole("link", { name: /Open on YouTube/ }).waitFor(LONG);
        await page.keyboard.press("Escape");
        // The limit sinks between the moment the post gets its place and the one a worker takes it up.
        await holdNewJobs(sql);
        await publishNow(page, "Has to wait.", ["YouTube"]);
        await dialog.getByRole("list", { name: "Accounts of this post" }).waitFor();
        await allow(1);
        await releaseJobs(sql);
        await page.keyboard.press("Escape");
        await page.goto(`${webUrl}/posts`);
        const row = rowOf(page, "Has to wait.", "YouTube");
        await row.getByText("Waiting", { exact: true }).waitFor(LONG);
        await row.getByText(/YouTube takes no more posts for now\. It goes on by itself .* at \d\d:\d\d\./)
          .waitFor();
        const [waiting] = await sql`
          select target.status, target.retry_at at time zone 'America/Los_Angeles'
            - date_trunc('day', now() at time zone 'America/Los_Angeles') as pause
          from public.publishing_queue as target
          join public.published_videos as post on post.id = target.published_video_id
          where post.caption = 'Has to wait.'`;
        assert.deepEqual({ ...waiting }, { status: "quota_wait", pause: "1 day" });
        await page.goto(`${webUrl}/notifications`);
        await page.getByRole("main").getByRole("link", { name: "YouTube takes no more posts for now" })
          .click();
        await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
        await page.goto(`${webUrl}/posts`);
        await row.getByRole("button", { name: /^Cancel/ }).click();
        await row.getByRole("button", { name: "Cancel post" }).click();
        await row.getByText("Nothing was posted.").waitFor();
      },
    );

    await t.step(
      "a full day is refused with the first time that has room, and one button takes it",
      async () => {
        await page.goto(productUrl);
        await publishNow(page, "Second of the day.", ["YouTube"]);
        await dialog.getByText("That day is full").waitFor();
        await dialog.getByRole("button", { name: /^Take / }).click();
        assert.equal(await dialog.getByText("That day is full").count(), 0);
        assert.equal(await focusedLabel(page), "Day and time");
        await dialog.getByRole("button", { name: "Schedule" }).click();
        await dialog.getByRole("list", { name: "Accounts of this post" }).getByText("Scheduled", {
          exact: true,
        })
          .waitFor();
        const [target] = await sql`
          select target.status, (target.scheduled_for at time zone 'America/Los_Angeles')::date
              > (now() at time zone 'America/Los_Angeles')::date as is_later
          from public.publishing_queue as target
          join public.published_videos as post on post.id = target.published_video_id
          where post.caption = 'Second of the day.'`;
        assert.deepEqual({ ...target }, { status: "scheduled", is_later: true });
      },
    );

    // The answer 422 of a full day is an error to the browser's console.
    assert.deepEqual(problems.filter((problem) => !problem.includes("422")), []);
  } finally {
    await app.stop();
  }
});

/** Jobs that are made from now on are not due for an hour, so that no worker is sooner than the test. */
async function holdNewJobs(sql: Sql): Promise<void> {
  await sql`
    create function private.hold_new_job() returns trigger language plpgsql as $$
    begin
      new.work_at := now() + interval '1 hour';
      return new;
    end;
    $$`;
  await sql`
    create trigger publish_jobs_hold before insert on private.publish_jobs
    for each row execute function private.hold_new_job()`;
}

async function releaseJobs(sql: Sql): Promise<void> {
  await sql`drop function private.hold_new_job() cascade`;
  await sql`update private.publish_jobs set work_at = now()`;
}
