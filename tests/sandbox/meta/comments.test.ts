import assert from "node:assert/strict";
import { graphRefusal, MetaAccount } from "../support/meta-account.ts";
import { approveDialog, FACEBOOK_SCOPES } from "../support/meta-sign-in.ts";
import type { Json } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import { shareVideoHost } from "../support/share-video-host.ts";
import type { VideoHost } from "../support/video-host.ts";

const CLIP = await Deno.readFile(new URL("../../support/fixtures/clip.mp4", import.meta.url));
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const SCOPE = [...FACEBOOK_SCOPES, "instagram_manage_comments"].join(",");

let sandbox: SandboxProcess;
let host: VideoHost;
shareVideoHost(CLIP, (started) => host = started);
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(() => sandbox.settings({ service: "instagram", processing_ms: 1 }));

/** A Reel of an account whose person allowed comments as well. */
async function openReel(name = "ann") {
  await approveDialog(sandbox, "facebook", name, { scope: SCOPE });
  const account = await MetaAccount.connect(sandbox, name);
  return { account, id: await account.post(host.url()) };
}

Deno.test("a comment is below its Reel and on its page, the newest first", async () => {
  const { account, id } = await openReel();
  const { id: first } = await account.graphJson("POST", `/${id}/comments`, { message: "The <first> one" });
  const { id: second } = await account.graphJson("POST", `/${id}/comments?message=Another`);
  assert.notEqual(first, second);
  const { data } = await account.graphJson("GET", `/${id}/comments`);
  assert.deepEqual(data.map((comment: Json) => [comment.id, comment.text]), [
    [second, "Another"],
    [first, "The <first> one"],
  ]);
  const { data: [full], paging } = await account.graphJson(
    "GET",
    `/${id}/comments?fields=username,from{id},timestamp&limit=1`,
  );
  assert.equal(full.username, "ann");
  assert.match(full.timestamp, /\+0000$/);
  assert.ok(paging.next && paging.cursors.after);
  const { comments_count } = await account.graphJson("GET", `/${id}?fields=comments_count`);
  assert.equal(comments_count, 2);
  const [post] = await sandbox.control<Json[]>("GET", "/posts");
  assert.match(await (await fetch(post.url)).text(), /The &lt;first&gt; one/);
});

Deno.test("comments need their own permission, a text and somebody's own Reel", async () => {
  const plain = await MetaAccount.connect(sandbox, "bea");
  const reel = await plain.post(host.url());
  assert.deepEqual(await graphRefusal(plain.graph("POST", `/${reel}/comments`, { message: "Hi" })), [
    403,
    10,
    null,
  ]);
  assert.deepEqual(await graphRefusal(plain.graph("GET", `/${reel}/comments`)), [403, 10, null]);
  const { account, id } = await openReel();
  const post = (body: Json) => graphRefusal(account.graph("POST", `/${id}/comments`, body));
  assert.deepEqual(await post({}), [400, 100, null]);
  assert.deepEqual(await post({ message: " " }), [400, 100, null]);
  assert.deepEqual(await post({ message: "x".repeat(2201) }), [400, 100, null]);
  assert.deepEqual(await post({ message: "Hi", parent: "1" }), [400, 100, null]);
  assert.deepEqual(await graphRefusal(account.graph("POST", `/${reel}/comments`, { message: "Hi" })), [
    400,
    100,
    33,
  ]);
});

Deno.test("a cover is fetched at once and shown as the Reel's poster", async () => {
  const { account } = await openReel();
  const covers = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    (request) =>
      new URL(request.url).pathname === "/gone" ? new Response(null, { status: 404 }) : new Response(JPEG),
  );
  const address = `http://127.0.0.1:${covers.addr.port}`;
  const refused = await graphRefusal(account.requestContainer(host.url(), { cover_url: `${address}/gone` }));
  const id = await account.post(host.url(), { cover_url: `${address}/cover.jpg`, thumb_offset: 500 });
  await covers.shutdown();
  assert.deepEqual(refused, [400, 9004, 2207052]);
  const { thumbnail_url, permalink } = await account.graphJson(
    "GET",
    `/${id}?fields=thumbnail_url,permalink`,
  );
  assert.deepEqual(await (await fetch(thumbnail_url)).bytes(), JPEG);
  assert.match(await (await fetch(permalink)).text(), /poster="\/instagram\/covers\/\d+\.jpg"/);
});

Deno.test("covers and comments are there after a restart", async () => {
  const { account, id } = await openReel();
  await account.graphJson("POST", `/${id}/comments`, { message: "Still here" });
  await sandbox.halt();
  await sandbox.boot();
  const { data } = await account.graphJson("GET", `/${id}/comments`);
  assert.deepEqual(data.map((comment: Json) => comment.text), ["Still here"]);
});
