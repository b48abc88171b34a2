import assert from "node:assert/strict";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import { makeInit, putChunk, TiktokAccount } from "../support/tiktok-account.ts";
import { makeBytes } from "../support/microsoft-account.ts";

let sandbox: SandboxProcess;
shareSandbox((started) => sandbox = started);

const CREATOR = "post/publish/creator_info/query/";
const INIT = "post/publish/video/init/";
const set = (settings: Record<string, unknown>) => sandbox.settings({ service: "tiktok", ...settings });

Deno.test("an account offers its audiences and says what it has switched off", async () => {
  const ann = await (await TiktokAccount.connect(sandbox, "ann")).data(CREATOR);
  assert.deepEqual(ann.privacy_level_options, ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]);
  assert.deepEqual([ann.creator_nickname, ann.comment_disabled, ann.duet_disabled], ["Ann", false, false]);
  const pia = await (await TiktokAccount.connect(sandbox, "pia+private")).data(CREATOR);
  assert.deepEqual(pia.privacy_level_options, ["FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]);
  assert.equal(pia.duet_disabled, true);
  const quin = await (await TiktokAccount.connect(sandbox, "quin+quiet")).data(CREATOR);
  assert.deepEqual([quin.comment_disabled, quin.stitch_disabled], [true, true]);
});

Deno.test("an announced post gets an id and an address, short as promised", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const { publish_id, upload_url } = await ann.init(2000);
  assert.match(publish_id, /^v_pub_file~v2-1\.\d+$/);
  assert.ok(publish_id.length <= 64 && upload_url.length <= 256);
  assert.ok(upload_url.startsWith(sandbox.urls.TIKTOK_UPLOAD_URL));
  assert.equal((await ann.status(publish_id)).status, "PROCESSING_UPLOAD");
});

Deno.test("a post has to name an audience that the account offers", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const init = (post: Record<string, unknown>) => ann.codeOf(INIT, makeInit(2000, post));
  assert.deepEqual(await init({ privacy_level: undefined }), [400, "invalid_params"]);
  assert.deepEqual(await init({ privacy_level: "FRIENDS" }), [400, "invalid_params"]);
  assert.deepEqual(await init({ privacy_level: "FOLLOWER_OF_CREATOR" }), [
    403,
    "privacy_level_option_mismatch",
  ]);
  const branded = { privacy_level: "SELF_ONLY", brand_content_toggle: true };
  assert.deepEqual(await init(branded), [400, "invalid_params"]);
});

Deno.test("a title is counted in UTF-16 units", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  assert.deepEqual(await ann.codeOf(INIT, makeInit(2000, { title: "🫖".repeat(1100) })), [200, "ok"]);
  const long = makeInit(2000, { title: "🫖".repeat(1101) });
  assert.deepEqual(await ann.codeOf(INIT, long), [400, "invalid_params"]);
});

Deno.test("chunk plans are judged by their sizes and the count rounded down", async () => {
  await set({ inits_per_minute: 100 });
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const plan = (video_size: number, chunk_size: number, total_chunk_count: number) =>
    ann.codeOf(INIT, makeInit(0, {}, { video_size, chunk_size, total_chunk_count }));
  const good = [[50_000_123, 10_000_000, 5], [3_000, 3_000, 1], [64_000_000, 64_000_000, 1], [
    130_000_000,
    64_000_000,
    2,
  ]];
  for (const [size, chunk, count] of good) {
    assert.deepEqual(await plan(size!, chunk!, count!), [200, "ok"], `${size} ${chunk} ${count}`);
  }
  const bad = [
    [50_000_123, 10_000_000, 6],
    [15_000_000, 10_000_000, 1],
    [9_000_000, 4_000_000, 2],
    [200_000_000, 70_000_000, 2],
    [80_000_000, 80_000_000, 1],
    [0, 0, 1],
  ];
  for (const [size, chunk, count] of bad) {
    assert.deepEqual(await plan(size!, chunk!, count!), [400, "invalid_params"], `${size} ${chunk} ${count}`);
  }
  await set({ refuse_chunks: true });
  assert.deepEqual(await plan(50_000_123, 10_000_000, 5), [400, "invalid_params"]);
  assert.deepEqual(await plan(3_000, 3_000, 1), [200, "ok"]);
});

Deno.test("calls of a token are counted by the minute, by kind", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  for (let call = 0; call < 6; call++) assert.equal((await ann.codeOf(INIT, makeInit(2000)))[0], 200);
  assert.deepEqual(await ann.codeOf(INIT, makeInit(2000)), [429, "rate_limit_exceeded"]);
  assert.equal((await ann.codeOf(CREATOR))[0], 200);
  const bob = await TiktokAccount.connect(sandbox, "bob");
  assert.equal((await bob.codeOf(INIT, makeInit(2000)))[0], 200);
});

Deno.test("an app that is not audited posts to private accounts only", async () => {
  await set({ unaudited: true });
  const UNAUDITED = "unaudited_client_can_only_post_to_private_accounts";
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const own = { privacy_level: "SELF_ONLY" };
  assert.deepEqual(await ann.codeOf(INIT, makeInit(2000, own)), [403, UNAUDITED]);
  const pia = await TiktokAccount.connect(sandbox, "pia+private");
  const friends = { privacy_level: "MUTUAL_FOLLOW_FRIENDS" };
  assert.deepEqual(await pia.codeOf(INIT, makeInit(2000, friends)), [403, UNAUDITED]);
  assert.deepEqual(await pia.codeOf(INIT, makeInit(2000, own)), [200, "ok"]);
});

Deno.test("a full day is told with 200 before the post and with 403 at it", async () => {
  await set({ publishes_per_day: 1, processing_ms: 1 });
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const bytes = makeBytes(2000);
  await putChunk((await ann.init(bytes.length)).upload_url, bytes);
  assert.deepEqual(await ann.codeOf(CREATOR), [200, "spam_risk_too_many_posts"]);
  assert.deepEqual(await ann.codeOf(INIT, makeInit(2000)), [403, "spam_risk_too_many_posts"]);
  await set({ users_per_day: 1 });
  const bob = await TiktokAccount.connect(sandbox, "bob");
  assert.deepEqual(await bob.codeOf(CREATOR), [200, "reached_active_user_cap"]);
  await set({ banned: true });
  assert.deepEqual(await bob.codeOf(CREATOR), [200, "spam_risk_user_banned_from_posting"]);
});

Deno.test("drafts wait in the inbox, five at most", async () => {
  await set({ processing_ms: 1 });
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const draft = () => ann.api("post/publish/inbox/video/init/", makeInit(2000));
  const { data } = await (await draft()).json();
  assert.equal((await putChunk(data.upload_url, makeBytes(2000))).status, 201);
  for (let more = 0; more < 4; more++) assert.equal((await draft()).status, 200);
  assert.equal((await (await draft()).json()).error.code, "spam_risk_too_many_pending_share");
  assert.equal((await ann.status(data.publish_id)).status, "SEND_TO_USER_INBOX");
  assert.deepEqual(await sandbox.control("GET", "/posts"), []);
});

Deno.test("a post is canceled until its bytes are there, by its account alone", async () => {
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const bob = await TiktokAccount.connect(sandbox, "bob");
  const bytes = makeBytes(2000);
  const { publish_id, upload_url } = await ann.init(bytes.length);
  const cancel = (who: TiktokAccount, id: string) => who.codeOf("post/publish/cancel/", { publish_id: id });
  assert.deepEqual(await cancel(bob, publish_id), [400, "token_not_authorized_for_specified_publish_id"]);
  assert.deepEqual(await cancel(ann, publish_id), [200, "ok"]);
  assert.deepEqual(await cancel(ann, publish_id), [400, "publish_not_cancellable"]);
  assert.equal((await putChunk(upload_url, bytes)).status, 403);
  assert.equal((await ann.status(publish_id)).fail_reason, "publish_cancelled");
  assert.deepEqual(await ann.codeOf("post/publish/status/fetch/", { publish_id: "v_pub_file~none" }), [
    400,
    "invalid_publish_id",
  ]);
});

Deno.test("a video is pulled from a verified domain only", async () => {
  await set({ processing_ms: 1, moderation_ms: 0, status_calls_per_minute: 100 });
  const bytes = makeBytes(2000);
  const host = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => new Response(bytes));
  const url = `http://127.0.0.1:${host.addr.port}/clip.mp4`;
  const ann = await TiktokAccount.connect(sandbox, "ann");
  const body = { ...makeInit(0), source_info: { source: "PULL_FROM_URL", video_url: url } };
  try {
    assert.deepEqual(await ann.codeOf(INIT, body), [403, "url_ownership_unverified"]);
    await set({ verified_domains: `http://127.0.0.1:${host.addr.port}/` });
    const { publish_id } = await ann.data(INIT, body);
    for (let ask = 0; ask < 50; ask++) {
      if ((await ann.status(publish_id)).status === "PUBLISH_COMPLETE") break;
    }
    const [post] = await sandbox.control<{ bytes: number }[]>("GET", "/posts");
    assert.equal(post!.bytes, 2000);
  } finally {
    await host.shutdown();
  }
});
