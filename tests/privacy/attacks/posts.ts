import assert from "node:assert/strict";
import { callFunction } from "../../functions/support/call-function.ts";
import { connectPlatform, consentTo, finishPublish } from "../../functions/support/publish.ts";
import { hashOwnersRows } from "../support/owners-rows.ts";
import type { World } from "../support/world.ts";

const WAYS: readonly [platform: string, route?: string][] = [
  ["youtube"],
  ["instagram", "facebook_login"],
  ["instagram", "instagram_login"],
];

/** A URL started by one person and consented by another attaches nothing, to neither of them. */
export async function mixPlatformSignIns(world: World) {
  const { env, sql, owner, stranger } = world;
  const readAccounts = () =>
    sql`
    select c.user_id, c.platform, c.account_id, c.status, t.access_token, t.refresh_token
    from oauth_connections c left join private.oauth_tokens t on t.connection_id = c.id order by c.id`;
  const before = await readAccounts();
  for (const [platform, route] of WAYS) {
    const body = route === undefined ? undefined : { route };
    for (const [starter, other] of [[owner, stranger], [stranger, owner]] as const) {
      const started = await consentTo(env, starter, platform, "somebody", body);
      const answer = await finishPublish(env, other, platform, started);
      assert.deepEqual(
        [answer.status, answer.body.code],
        [403, "oauth_state_foreign"],
        `${platform} ${route}`,
      );
      const own = await consentTo(env, other, platform, "somebody-else", body);
      const made = { code: "made-up", state: own.get("state")! };
      const mixed = await finishPublish(env, other, platform, new URLSearchParams(made));
      assert.ok(mixed.status >= 400 && mixed.status < 500, JSON.stringify(mixed.body));
      const nobodys = await callFunction(env, null, "POST", `publish/connections/${platform}/finish`, {
        body: { code: started.get("code"), state: started.get("state") },
      });
      assert.equal(nobodys.status, 401);
    }
  }
  assert.deepEqual([...await readAccounts()], [...before]);
}

/** One channel that two people connect is two rows with tokens of their own; leaving one leaves the other. */
export async function shareChannel({ env, sql, owner, stranger }: World) {
  const [first, second] = [
    await connectPlatform(env, owner, "youtube", "shared-channel"),
    await connectPlatform(env, stranger, "youtube", "shared-channel"),
  ];
  assert.notEqual(first.id, second.id);
  const readTokens = () => sql`select * from private.oauth_tokens where connection_id = ${first.id}`;
  const before = await readTokens();
  const answer = await callFunction(env, stranger, "DELETE", `publish/connections/${second.id}`);
  assert.equal(answer.status, 204);
  assert.deepEqual([...await readTokens()], [...before]);
}

/** Posts of one's own do not reach a video, an account, a post or a target of somebody else. */
export async function pointPostsAtForeignRows(world: World) {
  const { env, stranger, owned, strangersOwn } = world;
  const before = await hashOwnersRows(world);
  const own = `posts/${strangersOwn.postId}`;
  const post = (videoId: string, channelId: string) => ({
    video_id: videoId,
    caption: "Mine",
    targets: [{ platform: "youtube", connection_id: channelId }],
  });
  const { videoId, channelId, openPostId } = strangersOwn;
  const tries: [string, string, (id: string) => [path: string, body?: unknown]][] = [
    ["POST", owned.videoId, (id) => ["posts", post(id, channelId)]],
    ["POST", owned.videoId, (id) => ["posts", { ...post(id, channelId), draft: true }]],
    ["POST", owned.channelId, (id) => ["posts", post(videoId, id)]],
    ["POST", owned.channelId, (id) => ["posts", { ...post(videoId, id), draft: true }]],
    ["PATCH", owned.targetId, (id) => [own, { targets: [{ id, caption: "Mine" }] }]],
    ["POST", owned.targetId, (id) => [`${own}/cancel`, { target_id: id }]],
    ["POST", owned.targetId, (id) => [`${own}/retry`, { target_id: id }]],
    ["POST", owned.openTargetId, (id) => [
      `posts/${openPostId}/targets/${id}/decide`,
      { decision: "post_again" },
    ]],
    ["POST", owned.openPostId, (id) => [
      `posts/${id}/targets/${strangersOwn.openTargetId}/decide`,
      { decision: "post_again" },
    ]],
  ];
  for (const [method, foreignId, write] of tries) {
    const ask = async (id: string) => {
      const [path, body] = write(id);
      const { status, body: answer } = await callFunction(env, stranger, method, `publish/${path}`, { body });
      return { status, code: answer.code, message: answer.message };
    };
    const foreign = await ask(foreignId);
    const [path] = write("…");
    assert.equal(foreign.status, 404, `${method} ${path}: ${JSON.stringify(foreign)}`);
    assert.deepEqual(
      foreign,
      await ask(crypto.randomUUID()),
      `${method} ${path} tells a foreign id from none`,
    );
  }
  assert.deepEqual(await hashOwnersRows(world), before);
}

/** An Idempotency-Key is its user's: the owner's key makes the stranger's own post, or nothing. */
export async function replayIdempotencyKey(world: World) {
  const { env, sql, owner, stranger, owned, strangersOwn } = world;
  const [{ key } = { key: "" }] = await sql`
    select key from private.idempotency_keys where user_id = ${owner.id} limit 1`;
  const { status, body } = await callFunction(env, stranger, "POST", "publish/posts", {
    headers: { "idempotency-key": String(key) },
    body: {
      video_id: strangersOwn.videoId,
      caption: "Under the key of somebody else",
      draft: true,
      targets: [{ platform: "youtube", connection_id: strangersOwn.channelId }],
    },
  });
  assert.equal(status, 201, JSON.stringify(body));
  assert.ok(![owned.postId, owned.openPostId].includes(String(body.published_video_id)));
  const [row] = await sql`select user_id from published_videos where id = ${String(body.published_video_id)}`;
  assert.equal(row!.user_id, stranger.id);
}
