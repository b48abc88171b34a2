import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { eventually } from "../../support/eventually.ts";
import { BlotatoUser, TARGET } from "../support/blotato-user.ts";
import { type Json, makeBytes } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import { shareVideoHost } from "../support/share-video-host.ts";
import type { VideoHost } from "../support/video-host.ts";

const BYTES = makeBytes(400_000);

let sandbox: SandboxProcess;
let host: VideoHost;
shareVideoHost(BYTES, (started) => host = started);
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  await sandbox.settings({ service: "blotato", processing_ms: 50 });
});

const readPosts = () => sandbox.control<Json[]>("GET", "/posts");

Deno.test("Blotato fetches the media and puts the post on TikTok", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  const target = { ...TARGET, privacyLevel: "SELF_ONLY", isYourBrand: true, videoCoverTimestamp: 1_500 };
  const body = ann.bodyOf(host.url(), "My kettle", target);
  const created = await ann.call("POST", "/posts", body);
  assert.equal(created.status, 201);
  const { postSubmissionId } = await created.json();
  const { publicUrl } = await ann.waitFor(postSubmissionId, "published");
  const [post, ...more] = await readPosts();
  assert.deepEqual(more, []);
  const { platform, account, caption, bytes, sha256, url } = post!;
  assert.deepEqual([platform, account, caption, bytes], ["tiktok", "ann", "My kettle", BYTES.length]);
  assert.equal(sha256, createHash("sha256").update(BYTES).digest("hex"));
  assert.equal(url, publicUrl);
  const page = await (await fetch(publicUrl)).text();
  for (const words of ["@ann", "Only you", "Promotional content", "AI-generated", "Cover at 1.5 s"]) {
    assert.ok(page.includes(words));
  }
  const source = /<video src="([^"]+)"/.exec(page)![1]!;
  const video = await fetch(new URL(source, publicUrl), { headers: { range: "bytes=0-99" } });
  assert.deepEqual([video.status, (await video.bytes()).length], [206, 100]);
});

Deno.test("Blotato says in-progress of ids it does not know", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  const ben = await BlotatoUser.open(sandbox, "ben");
  const id = await ann.submit(host.url());
  await ann.waitFor(id, "published");
  for (const foreign of [id, crypto.randomUUID()]) {
    assert.deepEqual(await ben.json("GET", `/posts/${foreign}`), {
      postSubmissionId: foreign,
      status: "in-progress",
    });
  }
});

Deno.test("Blotato's list has posts that ended, without account or submission", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  await sandbox.fault({ service: "blotato", method: "POST", kind: "slow_processing", value: 400 });
  const id = await ann.submit(host.url(), "Listed");
  assert.deepEqual(await ann.list(), []);
  await ann.waitFor(id, "published");
  const [entry] = await ann.list("?status=published&status=failed&platform=tiktok");
  const { state, mediaUrls, text } = entry!;
  assert.deepEqual([state.type, mediaUrls, text], ["published", [host.url()], "Listed"]);
  assert.ok(!JSON.stringify(entry).includes(id) && !JSON.stringify(entry).includes(ann.accountId));
  assert.deepEqual(await ann.list("?status=failed"), []);
  assert.deepEqual(
    await ann.list(`?since=${encodeURIComponent(new Date(Date.now() + 60_000).toISOString())}`),
    [],
  );
  await sandbox.settings({ service: "blotato", rehost_media: true });
  const [copied] = await ann.list();
  const copy = await fetch(copied!.mediaUrls[0]);
  assert.deepEqual(await copy.bytes(), BYTES);
});

Deno.test("Blotato's list comes in pages, the newest first", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  for (const text of ["one", "two", "three"]) {
    await ann.waitFor(await ann.submit(host.url(), text), "published");
  }
  const first = await ann.json("GET", "/posts?limit=2");
  const second = await ann.json("GET", `/posts?limit=2&cursor=${first.cursor}`);
  assert.deepEqual([...first.items, ...second.items].map(({ text }) => text), ["three", "two", "one"]);
  assert.equal(second.cursor, undefined);
});

Deno.test("scheduledTime beside the post waits, inside the post is overlooked", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  const scheduledTime = new Date(Date.now() + 3_600_000).toISOString();
  const { postSubmissionId, ...answer } = await ann.json(
    "POST",
    "/posts",
    ann.bodyOf(host.url(), "Later", TARGET, { scheduledTime }),
  );
  assert.equal(answer.scheduledTime, scheduledTime);
  assert.equal((await ann.json("GET", `/posts/${postSubmissionId}`)).status, "scheduled");
  const { items, count } = await ann.json("GET", "/schedules");
  assert.deepEqual([count, items[0].scheduledAt], ["1", scheduledTime]);
  const { schedule } = await ann.json("GET", `/schedules/${items[0].id}`);
  assert.equal(schedule.draft.content.text, "Later");
  assert.equal((await ann.call("DELETE", `/schedules/${items[0].id}`)).status, 204);
  assert.equal((await ann.json("GET", "/schedules")).count, "0");

  const trap = ann.bodyOf(host.url(), "At once");
  Object.assign(trap.post, { scheduledTime });
  const trapped = await ann.json("POST", "/posts", trap);
  await ann.waitFor(trapped.postSubmissionId, "published");
});

Deno.test("a scheduled post goes out at its time", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  const scheduledTime = new Date(Date.now() + 700).toISOString();
  const body = ann.bodyOf(host.url(), "Soon", TARGET, { scheduledTime });
  const { postSubmissionId } = await ann.json("POST", "/posts", body);
  await ann.waitFor(postSubmissionId, "published");
  const [post] = await readPosts();
  assert.ok(post!.created_at >= scheduledTime);
});

Deno.test("a lost answer leaves the post, a status does not", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  await sandbox.fault({ service: "blotato", method: "POST", path: "/v2/posts", kind: "lost_answer" });
  await assert.rejects(ann.call("POST", "/posts", ann.bodyOf(host.url(), "Lost")));
  await eventually("the post is there", async () => (await readPosts()).length === 1);
  await sandbox.fault({ service: "blotato", method: "POST", path: "/v2/posts", kind: "status", value: 500 });
  assert.equal((await ann.call("POST", "/posts", ann.bodyOf(host.url(), "Refused"))).status, 500);
  await ann.waitFor(await ann.submit(host.url(), "After"), "published");
  assert.deepEqual((await readPosts()).map(({ caption }) => caption), ["Lost", "After"]);
});

Deno.test("keys, posts and what is under way survive a restart", async () => {
  const ann = await BlotatoUser.open(sandbox, "ann");
  const ben = await BlotatoUser.open(sandbox, "ben");
  const done = await ann.submit(host.url(), "Before");
  await ann.waitFor(done, "published");
  await sandbox.fault({ service: "blotato", path: "/v2/users/me", kind: "revoke" });
  await (await ben.call("GET", "/users/me")).body?.cancel();
  await sandbox.fault({ service: "blotato", method: "POST", kind: "slow_processing", value: 1_500 });
  const open = await ann.submit(host.url(), "During");

  assert.equal((await sandbox.halt("SIGTERM")).code, 0);
  await sandbox.boot();

  assert.equal((await ann.json("GET", `/posts/${done}`)).status, "published");
  assert.equal((await ben.call("GET", "/users/me")).status, 401);
  await ann.waitFor(open, "published");
  assert.deepEqual((await readPosts()).map(({ caption }) => caption), ["Before", "During"]);
});
