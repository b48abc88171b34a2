import assert from "node:assert/strict";
import { BlotatoUser, refusalOf, TARGET } from "../support/blotato-user.ts";
import { makeBytes } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import { shareVideoHost } from "../support/share-video-host.ts";
import type { VideoHost } from "../support/video-host.ts";

const MB = 1024 * 1024;

let sandbox: SandboxProcess;
let host: VideoHost;
shareVideoHost(makeBytes(100_000), (started) => host = started);
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  await sandbox.settings({ service: "blotato", processing_ms: 20 });
});

function ask(key: string | null, path: string): Promise<Response> {
  const headers = new Headers(key === null ? {} : { "blotato-api-key": key });
  return fetch(`${sandbox.urls.BLOTATO_URL}/v2${path}`, { headers });
}

Deno.test("Blotato knows whom a key belongs to", async () => {
  const me = await (await ask("blotato-ann", "/users/me")).json();
  assert.equal(me.subscriptionStatus, "active");
  assert.equal((await (await ask("blotato-ann:2", "/users/me")).json()).id, me.id);
  const { items } = await (await ask("blotato-ann", "/users/me/accounts")).json();
  assert.deepEqual(items.map(({ platform }: { platform: string }) => platform), ["instagram", "tiktok"]);
  for (const { id } of items) assert.match(id, /^\d+$/);
  const two = await (await ask("blotato-ann+two", "/users/me/accounts?platform=tiktok")).json();
  assert.equal(two.items.length, 2);
});

Deno.test("Blotato refuses missing and wrong keys with 401, plans without API with 403", async () => {
  assert.equal((await refusalOf(ask(null, "/users/me")))[0], 401);
  for (const key of ["ann", "blotato-", "blotato-ann=", "blotato-ANN", "blotato-ann+padded", "blotato-a b"]) {
    assert.deepEqual(await refusalOf(ask(key, "/users/me")), [401, "Invalid API key"], key);
  }
  const padded = await ask("blotato-ann+padded==", "/users/me");
  assert.equal(padded.status, 200);
  await padded.body?.cancel();
  assert.equal((await refusalOf(ask("blotato-ann+trial", "/users/me")))[0], 403);
  const bearer = fetch(`${sandbox.urls.BLOTATO_URL}/v2/users/me`, {
    headers: { authorization: "Bearer blotato-ann" },
  });
  assert.equal((await refusalOf(bearer))[0], 401);
});

Deno.test("a revoked key is over, a newer one of the same user works", async () => {
  await sandbox.fault({ service: "blotato", path: "/v2/users/me", kind: "revoke" });
  assert.equal((await refusalOf(ask("blotato-ann", "/users/me")))[0], 401);
  assert.equal((await refusalOf(ask("blotato-ann", "/users/me")))[0], 401);
  const newer = await ask("blotato-ann:2", "/users/me");
  assert.equal(newer.status, 200);
  await newer.body?.cancel();
});

Deno.test("Blotato refuses what does not fit with 422 and says where", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  const good = ann.bodyOf(host.url());
  const refuse = async (body: unknown) => await refusalOf(ann.call("POST", "/posts", body));
  const withTarget = (change: object) => ann.bodyOf(host.url(), "Hello", { ...TARGET, ...change });
  for (const name of Object.keys(TARGET).slice(1)) {
    const [status, message] = await refuse(withTarget({ [name]: undefined }));
    assert.equal(status, 422);
    assert.ok(message.startsWith(`post.target.${name}: `), message);
  }
  assert.equal((await refuse(withTarget({ privacyLevel: "FRIENDS" })))[0], 422);
  assert.match(
    (await refuse(withTarget({ privacyLevel: "SELF_ONLY", isBrandedContent: true })))[1],
    /Branded/,
  );
  assert.match((await refuse(ann.bodyOf(host.url(), "😀".repeat(1_101))))[1], /2200 characters/);
  const emoji = await ann.call("POST", "/posts", ann.bodyOf(host.url(), "😀".repeat(1_100)));
  assert.equal(emoji.status, 201);
  await emoji.body?.cancel();
  const { post } = good;
  assert.equal((await refuse({ post: { ...post, content: { ...post.content, mediaUrls: [] } } }))[0], 422);
  assert.match(
    (await refuse({ post: { ...post, content: { ...post.content, platform: "youtube" } } }))[1],
    /same/,
  );
  assert.match((await refuse({ post: { ...post, accountId: Number(post.accountId) } }))[1], /must be string/);
  assert.deepEqual(await refuse({ post: { ...post, accountId: "1" } }), [404, "Account not found"]);
  assert.equal((await refuse({ ...good, scheduledTime: "tomorrow" }))[0], 422);
  assert.equal((await refuse(null))[0], 422);
  assert.equal((await refusalOf(ann.call("GET", "/posts?since=yesterday")))[0], 422);
  assert.equal((await refusalOf(ann.call("DELETE", "/posts")))[0], 405);
});

Deno.test("media that is no video or cannot be had fails the post", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  const outcomes = {
    [host.url("page")]: /Unsupported media type/,
    [host.url("no-head")]: /status 405/,
    [host.url("gone-on-get")]: /status 404/,
    [host.url("breaks-always")]: /connection broke/,
    "http://127.0.0.1:9/none.mp4": /did not answer/,
  };
  for (const [url, words] of Object.entries(outcomes)) {
    const { errorMessage } = await ann.waitFor(await ann.submit(url), "failed");
    assert.match(errorMessage, words, url);
  }
  assert.deepEqual(await sandbox.control("GET", "/posts"), []);
});

Deno.test("files have the size of the plan", async () => {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () =>
      new Response(null, { headers: { "content-type": "video/mp4", "content-length": String(401 * MB) } }),
  );
  const url = `http://127.0.0.1:${server.addr.port}/big.mp4`;
  const starter = await BlotatoUser.open(sandbox, "ann+starter");
  const { errorMessage } = await starter.waitFor(await starter.submit(url), "failed");
  assert.match(errorMessage, /too large: your plan allows 400 MB/);
  await server.shutdown();
});

Deno.test("a post can be made to fail with any words", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  await sandbox.settings({ service: "blotato", post_error: "reached_active_user_cap" });
  const { errorMessage } = await ann.waitFor(await ann.submit(host.url()), "failed");
  assert.equal(errorMessage, "reached_active_user_cap");
  const [entry] = await ann.list();
  assert.deepEqual(entry!.state, { type: "failed", errorMessage });
});

Deno.test("calls of a user are counted by kind and minute", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  await sandbox.settings({ service: "blotato", posts_per_minute: 2, polls_per_minute: 1 });
  for (let turn = 0; turn < 2; turn++) await ann.submit(host.url());
  const one = await ann.call("POST", "/posts", ann.bodyOf(host.url()));
  assert.deepEqual([one.status, one.headers.get("retry-after")], [429, null]);
  await one.body?.cancel();
  await ann.json("GET", "/posts/a");
  assert.equal((await refusalOf(ann.call("GET", "/posts/a")))[0], 429);
  const ben = await BlotatoUser.open(sandbox, "ben");
  await ben.submit(host.url());
  await sandbox.fault({ service: "blotato", path: "/v2/posts/*", kind: "rate_limit", value: 7 });
  const told = await ben.call("GET", "/posts/a");
  assert.deepEqual([told.status, told.headers.get("retry-after")], [429, "7"]);
  await told.body?.cancel();
});
