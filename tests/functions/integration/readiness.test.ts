import assert from "node:assert/strict";
import { poll } from "../support/poll.ts";
import { connectPlatform } from "../support/publish.ts";
import { PORTS } from "../support/ports.ts";
import { inSeconds, openPublishWorld } from "../support/publish-world.ts";

const world = await openPublishWorld(PORTS.readiness);
const { sql, control } = world;
// Work on a post begins a minute ahead here: what is an hour away only waits.
await sql`update private.settings set value = '{"default": 60}' where key = 'publish.lead_seconds'`;
const creator = await world.createCreator();
const HOUR = 3600;
/** By platform, a permission no post goes out without. Instagram is connected through Facebook here. */
const SCOPES: Record<string, { name: string; scope: string; options?: Record<string, unknown> }> = {
  facebook: { name: "Facebook", scope: "pages_manage_posts" },
  instagram: { name: "Instagram", scope: "instagram_content_publish" },
  tiktok: {
    name: "TikTok",
    scope: "video.publish",
    options: { privacy_level: "SELF_ONLY", brand_content: false, your_brand: false, ai_generated: false },
  },
};

Deno.test.afterAll(() => world.close());

const notices = async () =>
  (await sql<{ id: string; title: string; body: string; link_path: string }[]>`
    select id, title, body, link_path from public.notifications
    where user_id = ${creator.account.id} and kind = 'publish.readiness' order by id`).map((row) => ({
    ...row,
  }));

/** Has the function look, and waits until it has; posts with problems are looked at again at once. */
async function look(postId: string): Promise<void> {
  await sql`update private.readiness_checks set checked_at = now() - interval '1 hour'`;
  const [before] = await sql`select checked_at from private.readiness_checks where post_id = ${postId}`;
  await sql`select private.call_function('publish/internal/check-readiness')`;
  await poll("the post was looked at", async () => {
    const [after] = await sql`select checked_at from private.readiness_checks where post_id = ${postId}`;
    return after?.checked_at && after.checked_at > (before?.checked_at ?? new Date(0)) &&
      after.checked_at > new Date(Date.now() - 60_000);
  }, 30_000);
}

async function schedule(caption: string, platforms: ("youtube" | "instagram")[] = ["youtube"]) {
  return await creator.post(caption, platforms, { scheduled_for: inSeconds(20 * HOUR) });
}

Deno.test("Readiness: a post that can go out is looked at and nobody is bothered", async () => {
  const { id } = await schedule("All is well", ["youtube", "instagram"]);
  await look(id);
  assert.deepEqual(await notices(), []);
  await creator.call("POST", `posts/${id}/cancel`);
});

Deno.test("Readiness: a file that left OneDrive is told once and forgotten when it is back", async () => {
  const { id } = await schedule("Where is it");
  const [video] = await sql`
    select video.id, video.onedrive_item_id from public.product_videos as video
    join public.published_videos as post on post.video_id = video.id where post.id = ${id}`;
  await sql`update public.product_videos set onedrive_item_id = 'gone' where id = ${video!.id}`;
  for (let i = 0; i < 2; i++) await look(id);
  const told = await notices();
  assert.equal(told.length, 1);
  assert.match(told[0]!.title, /^The file of your post at \d+ \w+, \d\d:\d\d is missing$/);
  assert.match(told[0]!.body, /^“Where is it”: /);
  assert.equal(told[0]!.link_path, `/posts/${id}`);
  await sql`update public.product_videos set onedrive_item_id = ${video!.onedrive_item_id} where id = ${
    video!.id
  }`;
  await look(id);
  assert.deepEqual(await notices(), []);
  await creator.call("POST", `posts/${id}/cancel`);
});

Deno.test("Readiness: an account that ended, or lacks a permission, is told with the way to mend it", async () => {
  const { id } = await schedule("Needs its account");
  const [account] = await sql`
    select id, status, scopes from public.oauth_connections
    where user_id = ${creator.account.id} and platform = 'youtube'`;
  await sql`update public.oauth_connections set scopes = '{}' where id = ${account!.id}`;
  await look(id);
  let [told] = await notices();
  assert.match(told!.title, /^YouTube needs your permission before /);
  assert.equal(told!.link_path, `/settings/accounts?account=${account!.id}`);
  await sql`
    update public.oauth_connections set scopes = ${account!.scopes}, status = 'expired' where id = ${
    account!.id
  }`;
  await look(id);
  [told] = await notices();
  assert.match(told!.title, /^Connect YouTube again before /);
  await sql`update public.oauth_connections set status = 'connected' where id = ${account!.id}`;
  await look(id);
  assert.deepEqual(await notices(), []);
  await creator.call("POST", `posts/${id}/cancel`);
});

for (const [platform, { name, scope, options }] of Object.entries(SCOPES)) {
  Deno.test(`Readiness: a permission that ${name} lacks is told with the way to mend it`, async () => {
    const connectionId = platform === "instagram"
      ? creator.connections.instagram
      : (await connectPlatform(world.env, creator.account, platform, creator.name)).id;
    const { status, body } = await creator.call("POST", "posts", {
      video_id: creator.videoId,
      caption: `Lacks ${scope}`,
      scheduled_for: inSeconds(20 * HOUR),
      targets: [{ platform, options }],
    });
    assert.equal(status, 201, JSON.stringify(body));
    const id = String(body.published_video_id);
    const toldOfScopes = async () =>
      (await notices()).filter(({ title }) => / needs your permission /.test(title));
    const lacking = await sql`
      update public.oauth_connections set scopes = array_remove(scopes, ${scope})
      where id = ${connectionId} and ${scope} = any (scopes) returning id`;
    assert.equal(lacking.length, 1, `${name} has ${scope}`);
    await look(id);
    const [told, ...more] = await toldOfScopes();
    assert.deepEqual(more, []);
    assert.match(told!.title, new RegExp(`^${name} needs your permission before `));
    assert.match(told!.body, /Connect it again and leave every box ticked\.$/);
    assert.equal(told!.link_path, `/settings/accounts?account=${connectionId}`);
    await sql`
      update public.oauth_connections set scopes = scopes || ${scope}::text where id = ${connectionId}`;
    await look(id);
    assert.deepEqual(await toldOfScopes(), []);
    await creator.call("POST", `posts/${id}/cancel`);
  });
}

Deno.test("Readiness: a day that has no room any more is told", async () => {
  const { id } = await schedule("No room");
  await sql`
    insert into private.budget_takes (budget, scope_key, amount, taken_at)
    select 'youtube.inserts', 'app', 100, job.reserved_at from private.publish_jobs as job
    where job.target_id = (select id from public.publishing_queue where published_video_id = ${id})`;
  await look(id);
  assert.match((await notices())[0]!.title, /^YouTube has no room for your post at /);
  await sql`delete from private.budget_takes where amount = 100`;
  await creator.call("POST", `posts/${id}/cancel`);
});

Deno.test("Readiness: a file that a platform refuses is told with the reason", async () => {
  const { id } = await schedule("Too short");
  await sql`
    update private.settings set value = '{"youtube": {"min_duration_seconds": 600, "advice": []}}'
    where key = 'publish.format_limits'`;
  await look(id);
  const told = await notices();
  assert.equal(told.length, 1, JSON.stringify(told));
  assert.match(told[0]!.title, /^YouTube will not take the file of your post at /);
  await sql`update private.settings set value = '{}' where key = 'publish.format_limits'`;
  await creator.call("POST", `posts/${id}/cancel`);
});

Deno.test("Readiness: an outage of OneDrive is no problem of the post, which is looked at later", async () => {
  const { id } = await schedule("Outage");
  await control.fault({ method: "GET", path: "*", kind: "status", value: 503, times: 30 });
  await sql`select private.call_function('publish/internal/check-readiness')`;
  const [claimed] = await poll("a lease", async () => {
    const rows =
      await sql`select mark from private.readiness_checks where post_id = ${id} and lease_until > now()`;
    return rows.length > 0 && rows;
  });
  assert.equal(claimed!.mark, null);
  await control.clearFaults();
  assert.deepEqual(await notices(), []);
  await sql`update private.readiness_checks set lease_until = now(), lease_token = coalesce(lease_token, gen_random_uuid())
    where post_id = ${id}`;
  await look(id);
  assert.deepEqual(await notices(), []);
});

Deno.test("YouTube data: the name of a channel that was not read for weeks is read anew", async () => {
  const connectionId = creator.connections.youtube;
  const [before] = await sql`select account_name from public.oauth_connections where id = ${connectionId}`;
  await sql`update public.oauth_connections set account_name = 'As it was once' where id = ${connectionId}`;
  await sql`
    update public.oauth_connections set described_at = now() - interval '21 days' where id = ${connectionId}`;
  await sql`select private.call_function('publish/internal/describe-accounts')`;
  const after = await poll("the name of now", async () => {
    const [row] = await sql`
      select account_name, described_at > now() - interval '1 minute' as fresh
      from public.oauth_connections where id = ${connectionId}`;
    return row!.fresh && row;
  });
  assert.equal(after.account_name, before!.account_name);
});
