import assert from "node:assert/strict";
import { PORTS } from "../support/ports.ts";
import { connectPlatform } from "../support/publish.ts";
import { createAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { openTiktokWorld, PUBLIC_OPTIONS } from "../support/tiktok-world.ts";

const world = await openTiktokWorld(PORTS.publishTiktokRefusals);
const { env, sql, fault, setTiktok } = world;
const owner = await world.createCreator();
const video = await owner.addVideo(300_000);
Deno.test.afterAll(() => world.close());

interface WaitingTarget {
  error: { code: string; message: string };
  retry_at: string;
}

async function targetOf(postId: string): Promise<WaitingTarget> {
  const { body } = await owner.call("GET", `posts/${postId}`);
  return (body.targets as [WaitingTarget])[0];
}

Deno.test("TikTok: audience and disclosures are named by the person, or nothing is posted", async () => {
  const create = (options?: Record<string, unknown>) =>
    owner.call("POST", "posts", {
      video_id: video.id,
      caption: "Unsaid",
      targets: [{ platform: "tiktok", options }],
    });
  const missing = await create();
  assert.deepEqual([missing.status, missing.body.code], [400, "invalid_request"]);
  for (const name of Object.keys(PUBLIC_OPTIONS)) {
    const { status, body } = await create({ ...PUBLIC_OPTIONS, [name]: undefined });
    assert.deepEqual([status, body.code], [400, "invalid_request"], name);
    assert.match(JSON.stringify(body.details), new RegExp(name));
  }
  const secret = { ...PUBLIC_OPTIONS, privacy_level: "SELF_ONLY", brand_content: true };
  const refused = await create(secret);
  assert.deepEqual([refused.status, refused.body.code], [422, "options_not_accepted"]);
  assert.equal((await create({ ...secret, brand_content: false, your_brand: true })).status, 201);
});

Deno.test("TikTok: an app that is not audited is explained", async () => {
  await setTiktok({ unaudited: true });
  const id = await owner.post(video.id, "Not yet");
  const { error } = await owner.waitFor(id, "failed");
  assert.equal(error!.code, "app_not_audited");
  assert.match(error!.message, /account to private/);
  await setTiktok({ unaudited: null });
  assert.equal((await owner.call("POST", `posts/${id}/retry`, {})).status, 200);
  await owner.waitFor(id, "published");
});

Deno.test("TikTok: a full day waits for the next one and is not asked again and again", async () => {
  await setTiktok({ publishes_per_day: 0 });
  const id = await owner.post(video.id, "Tomorrow");
  await owner.waitFor(id, "quota_wait");
  const target = await targetOf(id);
  assert.equal(target.error.code, "quota_reached");
  const hours = (new Date(target.retry_at).getTime() - Date.now()) / 3_600_000;
  assert.ok(hours > 23.5 && hours < 24.5, `${hours} h`);
  await setTiktok({ publishes_per_day: 1000 });
  await sql`
    update private.publish_jobs set work_at = now() where target_id in
      (select id from public.publishing_queue where published_video_id = ${id})`;
  await owner.waitFor(id, "published");
  assert.equal((await owner.postsOf("Tomorrow")).length, 1);
});

Deno.test("TikTok: our own share of a minute is waited for without a word", async () => {
  await sql`update private.provider_budgets set max_count = 1, window_seconds = 4 where budget = 'tiktok.inits'`;
  const ids = await Promise.all(["One", "Two"].map((each) => owner.post(video.id, `Minute ${each}`)));
  for (const id of ids) {
    const target = await owner.waitFor(id, "published");
    assert.deepEqual([target.attempts, target.error], [0, null]);
  }
  await sql`update private.provider_budgets set max_count = 1000, window_seconds = 60 where budget = 'tiktok.inits'`;
  const notices = await sql`
    select kind from public.notifications
    where kind = 'publish.quota_wait' and link_path = any (${ids.map((id) => `/posts/${id}`)})`;
  assert.deepEqual([...notices], []);
});

Deno.test("TikTok: posts of a day have their places", async () => {
  await sql`update private.provider_budgets set max_count = 2 where budget = 'tiktok.posts'`;
  const person = await world.createCreator();
  const own = await person.addVideo(200_000);
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  await person.post(own.id, "Place one", {}, { scheduled_for: soon });
  await person.post(own.id, "Place two", {}, { scheduled_for: soon });
  const { status, body } = await person.call("POST", "posts", {
    video_id: own.id,
    caption: "Place three",
    scheduled_for: soon,
    targets: [{ platform: "tiktok", options: PUBLIC_OPTIONS }],
  });
  assert.deepEqual([status, body.code], [422, "day_is_full"]);
  await sql`update private.provider_budgets set max_count = 1000 where budget = 'tiktok.posts'`;
});

Deno.test("TikTok: what it turns down afterwards fails with its reason, its own trouble is made up for", async () => {
  const reasons = {
    spam_risk_text: "platform_refused_text",
    duration_check_failed: "rejected_for_length",
    auth_removed: "access_taken_back",
    something_new: "rejected_after_upload",
  };
  for (const [fail_reason, code] of Object.entries(reasons)) {
    await setTiktok({ fail_reason });
    const id = await owner.post(video.id, `Turned down ${fail_reason}`);
    assert.equal((await owner.waitFor(id, "failed")).error!.code, code);
  }
  await setTiktok({ fail_reason: "internal" });
  const id = await owner.post(video.id, "Again by itself");
  await owner.waitFor(id, "retry_wait");
  await setTiktok({ fail_reason: null });
  await owner.waitFor(id, "published");
  assert.equal((await owner.postsOf("Again by itself")).length, 1);
});

Deno.test("TikTok: a file in chunks that it refuses to take says so", async () => {
  const large = await owner.addVideo(64_000_100);
  await setTiktok({ refuse_chunks: true });
  const id = await owner.post(large.id, "In chunks");
  assert.equal((await owner.waitFor(id, "failed")).error!.code, "large_file_refused");
  await setTiktok({ refuse_chunks: null });
});

Deno.test("TikTok: a private account is asked first what it offers", async () => {
  const person = await world.createCreator(`tk-${crypto.randomUUID()}+private`);
  const own = await person.addVideo(200_000);
  const id = await person.post(own.id, "For all");
  assert.equal((await person.waitFor(id, "failed")).error!.code, "audience_not_offered");
  const [target] = (await person.call("GET", `posts/${id}`)).body.targets as [{ id: string }];
  const options = { ...PUBLIC_OPTIONS, privacy_level: "FOLLOWER_OF_CREATOR" };
  const edited = await person.call("PATCH", `posts/${id}`, { targets: [{ id: target.id, options }] });
  assert.equal(edited.status, 200, JSON.stringify(edited.body));
  await person.call("POST", `posts/${id}/retry`, {});
  await person.waitFor(id, "published");
  const [post] = await person.postsOf("For all");
  // Private accounts have duets and stitches off, whatever was asked.
  assert.match(await (await fetch(post!.url)).text(), /no duets[\s\S]*no stitches/);
});

Deno.test("TikTok: a video that is too long for its account is refused before anything is sent", async () => {
  const person = await world.createCreator(`tk-${crypto.randomUUID()}+short`);
  const own = await person.addVideo(200_000);
  const id = await person.post(own.id, "Four seconds");
  const { error } = await person.waitFor(id, "failed");
  assert.equal(error!.code, "rejected_for_length");
  const uploads = await (await fetch(`${env.SANDBOX_URL}/__sandbox/uploads`)).json();
  assert.deepEqual(uploads.filter(({ account }: { account: string }) => account === person.name), []);
});

Deno.test("TikTok: the form is told what an account may post", async (t) => {
  const ask = (who: typeof owner, id = who.connection.id) =>
    who.call("GET", `connections/${id}/creator-info`);

  await t.step("an account's name, audiences and limits", async () => {
    const { status, body } = await ask(owner);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body.privacy_levels, ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]);
    assert.deepEqual([body.comment_disabled, body.max_duration_seconds, body.obstacle], [false, 600, null]);
    assert.match(String(body.nickname), /^Tk /);
  });

  await t.step("what it has switched off", async () => {
    const quiet = await world.createCreator(`tk-${crypto.randomUUID()}+quiet`);
    const { body } = await ask(quiet);
    assert.deepEqual([body.comment_disabled, body.duet_disabled, body.stitch_disabled], [true, true, true]);
  });

  await t.step("why it can post nothing today", async () => {
    await setTiktok({ banned: true });
    const { status, body } = await ask(owner);
    assert.equal(status, 200);
    assert.equal((body.obstacle as { code: string }).code, "account_restricted");
    await setTiktok({ banned: null });
  });

  await t.step("with a new token when the old one is refused", async () => {
    await fault({ path: "/v2/post/publish/creator_info/query/", kind: "status", value: 401 });
    assert.equal((await ask(owner)).status, 200);
  });

  await t.step("nobody else's account, and no other platform's", async () => {
    const stranger = await createAccount(env);
    const path = `publish/connections/${owner.connection.id}/creator-info`;
    assert.equal((await callFunction(env, stranger, "GET", path)).body.code, "connection_not_found");
    const channel = await connectPlatform(env, owner.account, "youtube");
    const { status, body } = await ask(owner, channel.id);
    assert.deepEqual([status, body.code], [422, "creator_info_not_available"]);
  });

  await t.step("an account that ended has to be connected again", async () => {
    await fault({ path: "/v2/post/publish/creator_info/query/", kind: "revoke" });
    const { status, body } = await ask(owner);
    assert.deepEqual([status, body.code], [424, "reauth_required"]);
    assert.match(String(body.message), /TikTok/);
  });
});
