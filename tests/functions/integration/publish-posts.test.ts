import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { connectPlatform } from "../support/publish.ts";
import { createStackDeps } from "../support/publish-deps.ts";
import { waitForTarget } from "../support/published.ts";
import { createControl } from "../support/sandbox.ts";
import { uploadVideo } from "../support/upload-video.ts";

const stack = await startStack({ basePort: PORTS.publishPosts });
const { env, stop } = stack;
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);
await control.set({ processing_ms: 100 });
const owner = await createAccount(env);
const stranger = await createAccount(env);
await connect(env, owner);
const first = await connectPlatform(env, owner, "youtube");
const video = await uploadVideo(env, owner);
const tomorrow = new Date(Date.now() + 24 * 3600 * 1000).toISOString();
const call = (method: string, path: string, body?: unknown, account = owner) =>
  callFunction(env, account, method, `publish/${path}`, { body });
let number = 0;
const post = (changes: Record<string, unknown> = {}) => ({
  video_id: video.id,
  caption: `Post ${++number}`,
  scheduled_for: tomorrow,
  targets: [{ platform: "youtube", connection_id: first.id }],
  ...changes,
});
const create = async (changes: Record<string, unknown> = {}) => {
  const { status, body } = await call("POST", "posts", post(changes));
  assert.equal(status, 201, JSON.stringify(body));
  const [target] = body.targets as { id: string; status: string }[];
  return { id: String(body.published_video_id), target: target!, body };
};

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

Deno.test("Posts: what no platform would take is refused", async (t) => {
  const youtube = (more: Record<string, unknown>) => ({
    targets: [{ platform: "youtube", connection_id: first.id, ...more }],
  });
  const year = new Date().getUTCFullYear() + 1;
  // Last Sunday of March, half past two: skipped in Berlin.
  const gap = new Date(Date.UTC(year, 2, 31));
  gap.setUTCDate(31 - gap.getUTCDay());
  const gapText = `${gap.toISOString().slice(0, 10)}T02:30:00`;
  const refusals: [string, Record<string, unknown>, number, string][] = [
    ["a video that is not there", { video_id: crypto.randomUUID() }, 404, "video_not_found"],
    [
      "an account that is not there",
      youtube({ connection_id: crypto.randomUUID() }),
      404,
      "connection_not_found",
    ],
    ["a platform without account", { targets: [{ platform: "instagram" }] }, 422, "connection_missing"],
    [
      "an account named twice",
      {
        targets: [{ platform: "youtube" }, { platform: "youtube", connection_id: first.id }],
      },
      422,
      "target_named_twice",
    ],
    ["a time that is over", { scheduled_for: "2020-01-01T00:00:00Z" }, 422, "scheduled_in_past"],
    ["a time in two years", { scheduled_for: `${year + 1}-12-31T00:00:00Z` }, 422, "scheduled_too_far"],
    ["a local time without zone", { scheduled_for: tomorrow.slice(0, 19) }, 422, "time_zone_required"],
    ["a zone nobody knows", { time_zone: "Mars/Olympus" }, 422, "unknown_time_zone"],
    [
      "a time that clocks skip",
      { scheduled_for: gapText, time_zone: "Europe/Berlin" },
      422,
      "time_does_not_exist",
    ],
    ["a description of too many bytes", { caption: "ü".repeat(2_600) }, 422, "text_not_accepted"],
    ["a description with <", { caption: "1 < 2" }, 422, "text_not_accepted"],
    ["a title with <", youtube({ options: { title: "<b>" } }), 400, "invalid_request"],
    ["an option nobody knows", youtube({ options: { colour: "red" } }), 400, "invalid_request"],
    ["a platform nobody knows", { targets: [{ platform: "myspace" }] }, 400, "invalid_request"],
  ];
  for (const [title, changes, status, code] of refusals) {
    await t.step(title, async () => {
      const answer = await call("POST", "posts", post(changes));
      assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body));
    });
  }

  await t.step("and nothing of them is stored", async () => {
    const rows = await sql`select id from public.published_videos where user_id = ${owner.id}`;
    assert.equal(rows.length, 0);
  });
});

Deno.test("Posts: a key whose first request is still running", async () => {
  const body = post();
  const send = (key: string) =>
    callFunction(env, owner, "POST", "publish/posts", { body, headers: { "idempotency-key": key } });
  assert.equal((await send("first")).status, 201);
  await sql`
    insert into private.idempotency_keys (user_id, key, request_hash)
    select user_id, 'second', request_hash from private.idempotency_keys
    where user_id = ${owner.id} and key = 'first'`;
  const { status, body: answer } = await send("second");
  assert.deepEqual([status, answer.code], [409, "request_in_progress"]);
});

Deno.test("Posts: adapters use moves that the state machine has", async () => {
  const rows = await sql`select from_status, to_status from private.publish_moves`;
  const allowed = new Set(rows.map((row) => `${row.from_status}>${row.to_status}`));
  const { adapters } = await createStackDeps(stack);
  assert.ok(Object.keys(adapters).length >= 5);
  for (const [name, adapter] of Object.entries(adapters)) {
    assert.deepEqual(adapter!.moves.filter((move) => !allowed.has(move)), [], name);
  }
});

Deno.test("Posts: a local time that clocks show twice", async () => {
  const year = new Date().getUTCFullYear() + (new Date().getUTCMonth() < 9 ? 0 : 1);
  const back = new Date(Date.UTC(year, 9, 31));
  back.setUTCDate(31 - back.getUTCDay());
  const day = back.toISOString().slice(0, 10);
  const { id, body } = await create({ scheduled_for: `${day}T02:30:00`, time_zone: "Europe/Berlin" });
  assert.equal((body.notices as { code: string }[])[0]!.code, "ambiguous_time");
  const answer = await call("GET", `posts/${id}`);
  const [target] = answer.body.targets as { scheduled_for: string }[];
  assert.equal(new Date(target!.scheduled_for).toISOString(), `${day}T00:30:00.000Z`);
});

Deno.test("Posts: editing and canceling", async (t) => {
  const { id, target } = await create();

  await t.step("a new time and text are taken", async () => {
    const dueAt = new Date(Date.now() + 48 * 3600 * 1000).toISOString();
    const targets = [{ id: target.id, caption: "Own words", options: { title: "New", privacy: "private" } }];
    const { status, body } = await call("PATCH", `posts/${id}`, { scheduled_for: dueAt, targets });
    assert.equal(status, 200, JSON.stringify(body));
    const [row] = await sql`
      select caption, options, scheduled_for from public.publishing_queue where id = ${target.id}`;
    assert.deepEqual([row!.caption, row!.options.title, row!.scheduled_for.toISOString()], [
      "Own words",
      "New",
      dueAt,
    ]);
  });

  await t.step("options of another platform are not", async () => {
    const targets = [{ id: target.id, options: { share_to_feed: true } }];
    const { status, body } = await call("PATCH", `posts/${id}`, { targets });
    assert.deepEqual([status, body.code], [422, "options_not_accepted"]);
  });

  await t.step("nor a target of another post", async () => {
    const { status, body } = await call("PATCH", `posts/${id}`, { targets: [{ id: crypto.randomUUID() }] });
    assert.deepEqual([status, body.code], [404, "target_not_found"]);
  });

  await t.step("others find nothing", async () => {
    const paths: [string, string, unknown][] = [
      ["GET", `posts/${id}`, undefined],
      ["PATCH", `posts/${id}`, { caption: "Mine" }],
      ["POST", `posts/${id}/cancel`, undefined],
      ["POST", `posts/${id}/retry`, undefined],
      ["POST", `posts/${id}/targets/${target.id}/decide`, { decision: "post_again" }],
    ];
    for (const [method, path, body] of paths) {
      const answer = await call(method, path, body, stranger);
      assert.deepEqual([answer.status, answer.body.code], [404, "post_not_found"], `${method} ${path}`);
    }
  });

  await t.step("nothing is decided that is known", async () => {
    const path = `posts/${id}/targets/${target.id}/decide`;
    const { status, body } = await call("POST", path, { decision: "it_is_there" });
    assert.deepEqual([status, body.code], [409, "outcome_known"]);
  });

  await t.step("it is canceled once", async () => {
    const { status, body } = await call("POST", `posts/${id}/cancel`);
    assert.deepEqual([status, body.overall_status], [200, "canceled"], JSON.stringify(body));
    const again = await call("POST", `posts/${id}/cancel`);
    assert.deepEqual([again.status, again.body.code], [409, "post_not_waiting"]);
  });
});

Deno.test("Posts: a draft goes on its way when it is complete", async () => {
  const { id, target } = await create({ draft: true });
  assert.equal(target.status, "draft");
  const { status, body } = await call("PATCH", `posts/${id}`, { draft: false, caption: "Finished" });
  assert.deepEqual([status, body.overall_status], [200, "scheduled"], JSON.stringify(body));
});

Deno.test("Posts: a file that is gone fails the post, and a retry brings it out", async () => {
  const lost = await uploadVideo(env, owner);
  const [stored] = await sql`select onedrive_item_id from public.product_videos where id = ${lost.id}`;
  const point = (itemId: string) =>
    sql`update public.product_videos set onedrive_item_id = ${itemId} where id = ${lost.id}`;
  await point(`gone-${lost.id}`);
  const { id, target } = await create({ video_id: lost.id, scheduled_for: undefined });
  const failed = await waitForTarget(env, owner, id, "failed");
  assert.equal(failed.error?.code, "video_file_gone");
  await point(stored!.onedrive_item_id);
  const retried = await call("POST", `posts/${id}/retry`, { target_id: target.id });
  assert.equal(retried.status, 200, JSON.stringify(retried.body));
  await waitForTarget(env, owner, id, "published");
});

Deno.test("Posts: several accounts need a choice", async () => {
  await connectPlatform(env, owner, "youtube");
  const { status, body } = await call("POST", "posts", post({ targets: [{ platform: "youtube" }] }));
  assert.deepEqual([status, body.code], [422, "connection_required"]);
});
