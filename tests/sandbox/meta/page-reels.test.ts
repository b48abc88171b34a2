import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { graphRefusal, putBytes, uploadRefusal } from "../support/meta-account.ts";
import { MetaPage } from "../support/meta-page.ts";
import { type Json, makeBytes } from "../support/microsoft-account.ts";
import { SandboxProcess } from "../support/sandbox-process.ts";
import { VideoHost } from "../support/video-host.ts";

const BYTES = makeBytes(1_500_000);
const fixture = (name: string) =>
  Deno.readFile(new URL(`../../support/fixtures/${name}.mp4`, import.meta.url));

let sandbox: SandboxProcess;
let page: MetaPage;
Deno.test.beforeAll(async () => void (sandbox = await SandboxProcess.start()));
Deno.test.afterAll(() => sandbox.stop());
Deno.test.beforeEach(async () => {
  await sandbox.reset();
  await sandbox.settings({ service: "meta", processing_ms: 30 });
  page = await MetaPage.connect(sandbox, "ann");
});

/** Uploads a whole file and waits until it is processed. */
async function upload(bytes = BYTES, wanted = "ready"): Promise<string> {
  const { id, url } = await page.start();
  const answer = await putBytes(url, page.token, bytes, 0, bytes.length);
  assert.equal((await answer.json()).success, true);
  await page.waitFor(id, wanted);
  return id;
}

const posts = () => sandbox.control<Json[]>("GET", "/posts");

Deno.test("a Reel goes up, is finished, and is seen once its publishing phase says so", async () => {
  const { id, url } = await page.start();
  assert.equal(url, `${sandbox.urls.META_UPLOAD_URL}/video-upload/v26.0/${id}`);
  assert.deepEqual(await page.statusOf(id), {
    video_status: "uploading",
    uploading_phase: { status: "not_started", bytes_transfered: 0 },
    processing_phase: { status: "not_started" },
    publishing_phase: { status: "not_started" },
  });
  await (await putBytes(url, page.token, BYTES, 0, BYTES.length)).body?.cancel();
  await page.waitFor(id, "ready");
  await sandbox.settings({ service: "meta", processing_ms: 400 });
  const answer = await page.finish(id, { title: "Lamp" });
  assert.deepEqual([answer.status, await answer.json()], [200, { success: true }]);
  assert.deepEqual((await page.statusOf(id)).publishing_phase, { status: "in_progress" });
  assert.deepEqual(await posts(), []);
  const done = await page.waitFor(id, "published");
  assert.equal(done.publishing_phase.status, "completed");
  assert.ok(Math.abs(done.publishing_phase.publish_time - Date.now() / 1000) < 30);
  const [post] = await posts();
  assert.deepEqual(
    [post.platform, post.account, post.id, post.caption, post.bytes, post.sha256],
    ["facebook", "ann", id, "Lamp\n\nA lamp", BYTES.length, createHash("sha256").update(BYTES).digest("hex")],
  );
  const html = await (await fetch(post.url)).text();
  const source = sandbox.urls.SANDBOX_URL + /<video src="([^"]+)"/.exec(html)![1]!;
  assert.deepEqual(await (await fetch(source)).bytes(), BYTES);
  const link = await (await page.graph("GET", `/${id}?fields=permalink_url`)).json();
  assert.equal(link.permalink_url, `/reel/${id}/`);
});

Deno.test("an interrupted upload goes on at bytes_transfered, whichever way it is spelt", async () => {
  for (const [spelling, name] of [["guide", "bytes_transfered"], ["seen", "bytes_transferred"]] as const) {
    await sandbox.settings({ service: "meta", status_spelling: spelling });
    const { id, url } = await page.start();
    const part = putBytes(url, page.token, BYTES.slice(0, 400_000), 0, BYTES.length);
    assert.deepEqual(await uploadRefusal(part), [400, "PartialRequestError", true]);
    const { uploading_phase } = await page.statusOf(id);
    assert.deepEqual([uploading_phase.status, uploading_phase[name]], ["in_progress", 400_000]);
    const wrong = putBytes(url, page.token, BYTES.slice(5), 5, BYTES.length);
    assert.deepEqual(await uploadRefusal(wrong), [412, "OffsetInvalidError", true]);
    const rest = await putBytes(url, page.token, BYTES.slice(400_000), 400_000, BYTES.length);
    assert.equal(rest.status, 200);
    await page.waitFor(id, "ready");
  }
});

Deno.test("a hosted Reel is pulled instead", async () => {
  const host = new VideoHost(BYTES);
  try {
    const { id, url } = await page.start();
    const headers = { authorization: `OAuth ${page.token}`, file_url: host.url() };
    assert.equal((await (await fetch(url, { method: "POST", headers })).json()).success, true);
    await page.waitFor(id, "ready");
    assert.equal((await page.finish(id)).status, 200);
    await page.waitFor(id, "published");
  } finally {
    await host.stop();
  }
});

Deno.test("only the Page's own token uploads and publishes", async () => {
  const { id, url } = await page.start();
  const other = await MetaPage.connect(sandbox, "ben");
  const start = { upload_phase: "start" };
  assert.deepEqual(
    await graphRefusal(page.graph("POST", `/${page.id}/video_reels`, start, page.userToken)),
    [403, 210, null],
  );
  assert.deepEqual(await graphRefusal(other.graph("POST", `/${page.id}/video_reels`, start)), [400, 100, 33]);
  assert.deepEqual(await graphRefusal(other.graph("GET", `/${id}?fields=status`)), [400, 100, 33]);
  for (const token of [page.userToken, other.token]) {
    const [status] = await uploadRefusal(putBytes(url, token, BYTES, 0, BYTES.length));
    assert.equal(status, 400);
  }
  const weak = await MetaPage.connect(sandbox, "cleo", "pages_show_list,pages_read_engagement");
  assert.deepEqual(await graphRefusal(weak.graph("POST", `/${weak.id}/video_reels`, start)), [
    403,
    200,
    null,
  ]);
  const analyst = await MetaPage.connect(sandbox, "dan+analyst");
  const refused = analyst.graph("POST", `/${analyst.id}/video_reels`, start);
  assert.deepEqual(await graphRefusal(refused), [403, 200, null]);
});

Deno.test("what is wrong with a file is told by its number", async () => {
  const small = await fixture("reel");
  const id = await upload(small, "error");
  const { processing_phase } = await page.statusOf(id);
  assert.deepEqual([processing_phase.status, processing_phase.error.code], ["error", 1363127]);
  assert.deepEqual(await graphRefusal(page.finish(id)), [400, 6000, 1363127]);
  const slow = await upload(await fixture("clip"), "error");
  assert.equal((await page.statusOf(slow)).processing_phase.error.code, 1363129);
  await upload(await fixture("upright"));
  await sandbox.settings({ service: "meta", reel_failure_code: 1363128, status_spelling: "seen" });
  const long = await upload(BYTES, "error");
  assert.equal((await page.statusOf(long)).processing_phase.errors[0].code, 1363128);
});

Deno.test("a finish phase is checked", async () => {
  const id = await upload();
  const soon = String(Math.floor(Date.now() / 1000) + 60);
  const wrong: [what: string, changes: Record<string, string>, code: number][] = [
    ["no video", { video_id: "" }, 100],
    ["another video", { video_id: "13000000000000000" }, 100],
    ["no state", { video_state: "" }, 100],
    ["odd state", { video_state: "LATER" }, 100],
    ["odd phase", { upload_phase: "complete" }, 100],
    ["too soon", { video_state: "SCHEDULED", scheduled_publish_time: soon }, 100],
    ["time without state", { scheduled_publish_time: soon }, 100],
    ["unknown parameter", { privacy: "SELF" }, 100],
    ["long title", { title: "x".repeat(256) }, 100],
  ];
  for (const [what, changes, code] of wrong) {
    assert.equal((await graphRefusal(page.finish(id, changes)))[1], code, what);
  }
  const { id: empty } = await page.start();
  assert.deepEqual(await graphRefusal(page.finish(empty)), [400, 6000, 1363045]);
  assert.equal((await page.finish(id)).status, 200);
  assert.deepEqual(await graphRefusal(page.finish(id)), [400, 100, null]);
  await page.waitFor(id, "published");
  assert.equal((await posts()).length, 1);
});

Deno.test("a Page has its day's number of Reels, rolling", async () => {
  await sandbox.settings({ service: "meta", reels_per_day: 1 });
  assert.equal((await page.finish(await upload())).status, 200);
  const second = await upload();
  assert.deepEqual(await graphRefusal(page.finish(second)), [400, 32, null]);
  assert.equal((await page.finish(second, { video_state: "DRAFT" })).status, 200);
  const other = await MetaPage.connect(sandbox, "eve");
  assert.equal(
    (await other.graph("POST", `/${other.id}/video_reels`, { upload_phase: "start" })).status,
    200,
  );
});

Deno.test("publishing fails when it is told to, and drafts are not seen", async () => {
  const draft = await upload();
  await page.finish(draft, { video_state: "DRAFT" });
  assert.equal((await page.statusOf(draft)).publishing_phase.publish_status, "draft");
  await sandbox.settings({ service: "meta", fail_publishing: true });
  const id = await upload();
  assert.equal((await page.finish(id)).status, 200);
  const status = await page.waitFor(id, "error");
  assert.equal(status.publishing_phase.error.code, 1363008);
  assert.deepEqual(await posts(), []);
});

Deno.test("a video that is processed only when it is finished waits as upload_complete", async () => {
  await sandbox.settings({ service: "meta", process_on_finish: true });
  const id = await upload(BYTES, "upload_complete");
  assert.equal((await page.finish(id)).status, 200);
  await page.waitFor(id, "published");
});

Deno.test("the answer to a finish is lost, and the Reel is there", async () => {
  const id = await upload();
  await sandbox.fault({ service: "meta", method: "POST", path: "/*/video_reels", kind: "lost_answer" });
  await assert.rejects(page.finish(id));
  await page.waitFor(id, "published");
  assert.equal((await posts()).length, 1);
});

Deno.test("a cover is set and shown", async () => {
  const id = await upload();
  await (await page.finish(id)).body?.cancel();
  await page.waitFor(id, "published");
  const send = (bytes: Uint8Array<ArrayBuffer>) => {
    const form = new FormData();
    form.set("source", new Blob([bytes], { type: "image/jpeg" }), "cover.jpg");
    form.set("is_preferred", "true");
    return fetch(`${sandbox.urls.META_GRAPH_URL}/v26.0/${id}/thumbnails`, {
      method: "POST",
      headers: { authorization: `Bearer ${page.token}` },
      body: form,
    });
  };
  const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
  assert.deepEqual(await graphRefusal(send(jpeg)), [403, 10, null], "covers need a permission of their own");
  await MetaPage.connect(sandbox, "ann", "pages_show_list,pages_manage_engagement");
  assert.deepEqual(await graphRefusal(send(new TextEncoder().encode("no picture"))), [400, 100, null]);
  assert.deepEqual(await (await send(jpeg)).json(), { success: true });
  const { picture } = await (await page.graph("GET", `/${id}?fields=picture`)).json();
  assert.deepEqual(await (await fetch(picture)).bytes(), jpeg);
});

Deno.test("videos, covers and counts survive a restart, and a reset forgets them", async () => {
  const id = await upload();
  await (await page.finish(id)).body?.cancel();
  await page.waitFor(id, "published");
  await sandbox.halt();
  await sandbox.boot();
  assert.equal((await page.statusOf(id)).publishing_phase.publish_status, "published");
  assert.equal((await fetch((await posts())[0].url)).status, 200);
  await sandbox.reset();
  assert.deepEqual(await posts(), []);
});
