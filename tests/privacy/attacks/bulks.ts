import assert from "node:assert/strict";
import { callWithKey } from "../../functions/support/blotato.ts";
import { callFunction } from "../../functions/support/call-function.ts";
import { createJpeg, storeCover } from "../../functions/support/cover.ts";
import { hashOwnersRows } from "../support/owners-rows.ts";
import { send } from "../support/send.ts";
import type { World } from "../support/world.ts";

const YOUTUBE = "youtube";
/** Where nothing of a bulk goes out while the test runs. */
const LATER = {
  ...{ kind: "every", minutes: 60, time_zone: "UTC" },
  starting_at: new Date(Date.now() + 30 * 86_400_000).toISOString(),
};
const SLOTS_AT_MOST = 100;

const strangersHeaders = ({ env, stranger }: World) => ({
  apikey: env.PUBLISHABLE_KEY!,
  authorization: `Bearer ${stranger.token}`,
});

/** Videos, accounts, templates, covers and items of somebody else are as good as none. */
export async function pointBulksAtForeignRows(world: World) {
  const { env, sql, owner, stranger, owned, strangersOwn } = world;
  const [template] = await sql`select id from caption_templates where user_id = ${owner.id} limit 1`;
  const cover = await storeCover(owner, createJpeg(1280, 720), { shape: "wide" });
  assert.equal(cover.refusal, null);
  const coverOf = (id: string) => `${owner.id}/${id}/wide.jpg`;
  const before = await hashOwnersRows(world);
  const bulk = (change: Record<string, unknown>) => ({
    video_ids: [strangersOwn.videoId],
    targets: [{ platform: YOUTUBE, connection_id: strangersOwn.channelId }],
    spread: LATER,
    ...change,
  });
  const covered = (id: string) => ({ platform: YOUTUBE, options: { cover: coverOf(id) } });
  const ownBulk = `bulks/${strangersOwn.bulkId}/retry`;
  const { videoId, channelId } = strangersOwn;
  const tries: [status: number, foreignId: string, method: string, path: string, (id: string) => unknown][] =
    [
      [404, owned.videoId, "POST", "bulk", (id) => bulk({ video_ids: [id] })],
      [404, owned.videoId, "POST", "bulk", (id) => bulk({ video_ids: [videoId, id] })],
      [
        404,
        owned.channelId,
        "POST",
        "bulk",
        (id) => bulk({ targets: [{ platform: YOUTUBE, connection_id: id }] }),
      ],
      [404, template!.id, "POST", "bulk", (id) => bulk({ template_id: id })],
      [409, owned.bulkItemId, "POST", ownBulk, (id) => ({ item_id: id })],
      [404, cover.path.split("/")[1]!, "POST", "posts", (id) => ({
        ...{ video_id: videoId, caption: "Mine", draft: true },
        targets: [{ ...covered(id), connection_id: channelId }],
      })],
      [404, cover.path.split("/")[1]!, "PATCH", `posts/${strangersOwn.postId}`, (id) => ({
        targets: [{ id: strangersOwn.targetId, options: covered(id).options }],
      })],
    ];
  for (const [status, foreignId, method, path, write] of tries) {
    const ask = async (id: string) => {
      const answer = await callFunction(env, stranger, method, `publish/${path}`, { body: write(id) });
      const { code, message } = answer.body;
      return { status: answer.status, code, message };
    };
    const foreign = await ask(foreignId);
    assert.equal(foreign.status, status, `${method} ${path}: ${JSON.stringify(foreign)}`);
    assert.deepEqual(
      foreign,
      await ask(crypto.randomUUID()),
      `${method} ${path} tells a foreign id from none`,
    );
  }
  const climbing = `${stranger.id}/../${cover.path}`;
  const climbed = await callFunction(env, stranger, "POST", "publish/posts", {
    body: {
      ...{ video_id: videoId, caption: "Mine", draft: true },
      targets: [{ platform: YOUTUBE, connection_id: channelId, options: { cover: climbing } }],
    },
  });
  assert.deepEqual([climbed.status, climbed.body.code], [400, "invalid_request"]);
  assert.deepEqual(await hashOwnersRows(world), before);
}

/** A template holds words: nothing in it chooses an account, an option or a time, and none breaks a bulk. */
export async function smuggleThroughTemplates(world: World) {
  const { env, stranger, strangersOwn } = world;
  const at = `${env.API_URL}/rest/v1/caption_templates`;
  const headers = { ...strangersHeaders(world), prefer: "return=representation" };
  const add = (fields: object) =>
    send("POST", at, { headers, body: { name: crypto.randomUUID(), ...fields } });
  const words = { caption: "x", hashtags: [] };
  for (
    const fields of [
      { variants: { youtube: { ...words, connection_id: world.owned.channelId } } },
      { variants: { youtube: { ...words, options: { privacy: "public" } } } },
      { variants: { youtube: { ...words, hashtags: [1] } } },
      { variants: { youtube: { ...words, hashtags: [["a"]] } } },
      { hashtags: ["a", null] },
      { hashtags: [["a"], ["b"]] },
    ]
  ) {
    const answer = await add(fields);
    assert.deepEqual(
      [answer.status, answer.code],
      [400, "23514"],
      `${JSON.stringify(fields)}: ${answer.text}`,
    );
  }

  const odd = { caption: "🎬".repeat(5000), hashtags: ["a-b", "fine"] };
  const stored = await add({ ...odd, variants: { youtube: odd } });
  assert.equal(stored.status, 201, stored.text);
  const { status, body } = await callFunction(env, stranger, "POST", "publish/bulk", {
    body: {
      video_ids: [strangersOwn.videoId],
      targets: [{ platform: YOUTUBE, connection_id: strangersOwn.channelId }],
      template_id: JSON.parse(stored.text)[0].id,
      spread: LATER,
    },
  });
  assert.equal(status, 202, JSON.stringify(body));
  const made = await callFunction(env, stranger, "GET", `publish/bulks/${body.id}`);
  assert.deepEqual(made.body.videos, { waiting: 0, made: 1, failed: 0, canceled: 0 });
}

/** Adding to somebody's full list is refused like adding to nobody's: how full it is stays theirs. */
export async function addToFullList(world: World) {
  const { env, sql, owner, owned } = world;
  await sql`
    insert into posting_slots (user_id, weekday, local_time)
    select ${owner.id}, 3, time '00:00' + make_interval(mins => minute)
    from generate_series(1, ${SLOTS_AT_MOST} - (select count(*)::int from posting_slots where user_id = ${owner.id})) as minute`;
  const add = async (userId: string) => {
    const body = { user_id: userId, weekday: 1, local_time: "09:00" };
    const { status, text } = await send("POST", `${env.API_URL}/rest/v1/posting_slots`, {
      headers: strangersHeaders(world),
      body,
    });
    return { status, text };
  };
  const foreign = await add(owner.id);
  assert.deepEqual([foreign.status, JSON.parse(foreign.text).code], [403, "42501"]);
  assert.deepEqual(foreign, await add(crypto.randomUUID()));
  const own = await owner.client.from("posting_slots").insert({ weekday: 1, local_time: "09:00" });
  assert.equal(own.error?.details, "list_is_full");
  const slots = await send("POST", `${env.API_URL}/rest/v1/rpc/next_posting_slots`, {
    headers: strangersHeaders(world),
    body: { p_connection_ids: [owned.channelId] },
  });
  assert.deepEqual([slots.status, slots.text], [200, "[]"]);
}

/** A key that somebody has sent waits for them alone, and no answer repeats it. */
export async function takeKeptKey({ env, owner, stranger }: World) {
  const key = "blotato-owners-secret-key";
  const offered = await callWithKey(env, owner, { api_key: key });
  assert.equal(offered.status, 200, JSON.stringify(offered.body));
  assert.ok(!JSON.stringify(offered.body).includes(key));
  const [account] = offered.body.accounts as { id: string }[];
  const taken = await callWithKey(env, stranger, { account_id: account!.id });
  assert.deepEqual([taken.status, taken.body.code], [422, "api_key_required"]);
  const connected = await callWithKey(env, owner, { account_id: account!.id });
  assert.equal(connected.status, 200, JSON.stringify(connected.body));
  assert.ok(!JSON.stringify(connected.body).includes(key));
}
