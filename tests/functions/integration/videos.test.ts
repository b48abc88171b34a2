import assert from "node:assert/strict";
import { startStack } from "../../support/stack.ts";
import { createAccount, createProduct } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect, createBytes } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { createControl } from "../support/sandbox.ts";
import { uploadVideo } from "../support/upload-video.ts";

const { env, stop } = await startStack({ basePort: PORTS.videos });
const control = createControl(env.SANDBOX_URL!);
await control.set({ processing_ms: 100 });
const account = await createAccount(env);
const driveName = await connect(env, account);
const call = (method: string, path: string, body?: unknown) =>
  callFunction(env, account, method, path, { body });
const listFiles = async () =>
  (await control.files()).filter((file) => file.account === driveName).map((file) => file.path);

Deno.test.afterAll(stop);

Deno.test("Videos: listing", async (t) => {
  const product = await createProduct(account, "B0VIDEOS01");
  const ids: string[] = [];
  for (let number = 0; number < 3; number++) {
    ids.unshift((await uploadVideo(env, account, number === 0 ? {} : { product_id: product })).id);
  }

  await t.step("is newest first, in pages without gaps or repeats", async () => {
    const first = await call("GET", "videos?limit=2");
    const second = await call("GET", `videos?limit=2&cursor=${first.body.next_cursor}`);
    const seen = [first, second].flatMap(({ body }) => (body.videos as { id: string }[]).map(({ id }) => id));
    assert.deepEqual(seen, ids);
    assert.equal(second.body.next_cursor, null);
  });

  await t.step("takes a product", async () => {
    const { body } = await call("GET", `videos?product_id=${product}`);
    assert.deepEqual((body.videos as { id: string }[]).map(({ id }) => id), ids.slice(0, 2));
  });

  await t.step("shows nothing to others", async () => {
    const stranger = await createAccount(env);
    const { body } = await callFunction(env, stranger, "GET", "videos");
    assert.deepEqual(body, { videos: [], next_cursor: null });
  });
});

Deno.test("Videos: linking and the primary one", async (t) => {
  const product = await createProduct(account, "B0VIDEOS02");
  const [first, second] = [await uploadVideo(env, account), await uploadVideo(env, account)];
  const isPrimary = async (id: string) => (await call("GET", `videos/${id}`)).body.is_primary;

  await t.step("the first linked one is primary", async () => {
    const linked = await call("POST", `videos/${first.id}/associate`, { product_id: product });
    assert.deepEqual([linked.status, linked.body.product_id], [200, product]);
    await call("POST", `videos/${second.id}/associate`, { product_id: product });
    assert.deepEqual([await isPrimary(first.id), await isPrimary(second.id)], [true, false]);
  });

  await t.step("another takes its place", async () => {
    const changed = await call("PATCH", `videos/${second.id}`, { is_primary: true });
    assert.deepEqual([changed.status, changed.body.is_primary], [200, true]);
    assert.deepEqual([await isPrimary(first.id), await isPrimary(second.id)], [false, true]);
  });

  await t.step("unlinking hands it back", async () => {
    await call("POST", `videos/${second.id}/associate`, { product_id: null });
    assert.deepEqual([await isPrimary(first.id), await isPrimary(second.id)], [true, false]);
  });

  await t.step("a video without product cannot be primary", async () => {
    const { status, body } = await call("PATCH", `videos/${second.id}`, { is_primary: true });
    assert.deepEqual([status, body.code], [422, "video_not_linked"]);
  });

  await t.step("other people's products are not there", async () => {
    const stranger = await createAccount(env);
    const foreign = await createProduct(stranger, "B0VIDEOS03");
    const { status, body } = await call("POST", `videos/${first.id}/associate`, { product_id: foreign });
    assert.deepEqual([status, body.code], [404, "product_not_found"]);
  });

  await t.step("renaming changes the name here", async () => {
    const { body } = await call("PATCH", `videos/${first.id}`, { filename: " Näht 🎬.mp4 " });
    assert.deepEqual([body.filename, body.onedrive_path], ["Näht 🎬.mp4", first.onedrive_path]);
  });

  await t.step("a name with a zero character is refused, not a failure", async () => {
    const { status } = await call("PATCH", `videos/${first.id}`, { filename: "a\u0000b" });
    assert.equal(status, 400);
  });
});

Deno.test("Videos: playing", async (t) => {
  const bytes = createBytes(600_000, 30);
  const video = await uploadVideo(env, account, { filename: "play.mp4" }, bytes);

  await t.step("gives a fresh address of the very bytes, with ranges", async () => {
    const { status, body } = await call("GET", `videos/${video.id}/playback`);
    assert.equal(status, 200);
    assert.ok(new Date(String(body.expires_at)) > new Date());
    const part = await fetch(String(body.url), { headers: { range: "bytes=1000-1999" } });
    assert.equal(part.status, 206);
    assert.deepEqual(new Uint8Array(await part.arrayBuffer()), bytes.slice(1000, 2000));
  });

  await t.step("a file deleted in OneDrive is noticed, and its return too", async () => {
    await control.fault({ method: "GET", path: "/v1.0/me/drive/items/*", kind: "status", value: 404 });
    const gone = await call("GET", `videos/${video.id}/playback`);
    assert.deepEqual([gone.status, gone.body.code], [422, "video_unreachable"]);
    assert.notEqual((await call("GET", `videos/${video.id}`)).body.unreachable_at, null);
    assert.equal((await call("GET", `videos/${video.id}/playback`)).status, 200);
    assert.equal((await call("GET", `videos/${video.id}`)).body.unreachable_at, null);
  });
});

Deno.test("Videos: the poster frame", async (t) => {
  const video = await uploadVideo(env, account, { filename: "poster.mp4" });
  const path = `${account.id}/${video.id}.jpg`;
  const jpeg = new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xd9])], { type: "image/jpeg" });

  await t.step("counts when its object is there", async () => {
    const early = await call("POST", `videos/${video.id}/poster`);
    assert.deepEqual([early.status, early.body.code], [422, "poster_missing"]);
    const stored = await account.client.storage.from("posters").upload(path, jpeg, {
      contentType: "image/jpeg",
    });
    assert.equal(stored.error, null);
    const set = await call("POST", `videos/${video.id}/poster`);
    assert.deepEqual([set.status, set.body.poster_path], [200, path]);
  });

  await t.step("goes with its video", async () => {
    assert.equal((await call("DELETE", `videos/${video.id}`)).status, 204);
    const { data } = await account.client.storage.from("posters").list(account.id);
    assert.ok(!data?.some((object) => path.endsWith(object.name)));
  });
});

Deno.test("Videos: queue for Amazon", async () => {
  const video = await uploadVideo(env, account, { filename: "queue.mp4" });
  const unlinked = await call("POST", `videos/${video.id}/queue`);
  assert.deepEqual([unlinked.status, unlinked.body.code], [422, "video_not_linked"]);
  await account.client.from("profiles").update({ auto_queue_tasks: false }).eq("user_id", account.id);
  const product = await createProduct(account, "B0VIDEOS04");
  await call("POST", `videos/${video.id}/associate`, { product_id: product });
  const queued = await call("POST", `videos/${video.id}/queue`);
  assert.deepEqual([queued.status, queued.body], [200, { created_count: 1, reopened_count: 0 }]);
  assert.deepEqual((await call("POST", `videos/${video.id}/queue`)).body, {
    created_count: 0,
    reopened_count: 0,
  });
});

Deno.test("Videos: deleting", async (t) => {
  await t.step("takes the file along", async () => {
    const video = await uploadVideo(env, account, { filename: "gone.mp4" });
    assert.ok((await listFiles()).includes("/Cliprelay/gone.mp4"));
    assert.equal((await call("DELETE", `videos/${video.id}`)).status, 204);
    assert.ok(!(await listFiles()).includes("/Cliprelay/gone.mp4"));
    assert.equal((await call("GET", `videos/${video.id}`)).status, 404);
    assert.equal((await call("DELETE", `videos/${video.id}`)).body.code, "video_not_found");
  });

  await t.step("or leaves it when asked to", async () => {
    const video = await uploadVideo(env, account, { filename: "kept.mp4" });
    assert.equal((await call("DELETE", `videos/${video.id}?keep_file=true`)).status, 204);
    assert.ok((await listFiles()).includes("/Cliprelay/kept.mp4"));
  });

  await t.step("keeps the video when OneDrive fails", async () => {
    const video = await uploadVideo(env, account, { filename: "stays.mp4" });
    await control.fault({ method: "DELETE", path: "*", kind: "status", value: 500, times: 3 });
    const answer = await call("DELETE", `videos/${video.id}`);
    assert.deepEqual([answer.status, answer.body.code], [502, "provider_failed"]);
    assert.equal((await call("GET", `videos/${video.id}`)).status, 200);
    assert.equal((await call("DELETE", `videos/${video.id}`)).status, 204);
  });

  await t.step("of a disconnected account asks to reconnect or to keep the file", async () => {
    const person = await createAccount(env);
    await connect(env, person);
    const video = await uploadVideo(env, person);
    await callFunction(env, person, "POST", "onedrive/disconnect");
    const answer = await callFunction(env, person, "DELETE", `videos/${video.id}`);
    assert.deepEqual([answer.status, answer.body.code], [424, "reauth_required"]);
    const kept = await callFunction(env, person, "DELETE", `videos/${video.id}?keep_file=true`);
    assert.equal(kept.status, 204);
  });
});

Deno.test("Videos: other people's are not there", async () => {
  const video = await uploadVideo(env, account, { filename: "mine.mp4" });
  const stranger = await createAccount(env);
  await connect(env, stranger);
  const requests: [string, string, unknown?][] = [
    ["GET", ""],
    ["PATCH", "", { filename: "theirs.mp4" }],
    ["POST", "/associate", { product_id: null }],
    ["GET", "/playback"],
    ["POST", "/poster"],
    ["POST", "/queue"],
    ["DELETE", ""],
  ];
  for (const [method, suffix, body] of requests) {
    const answer = await callFunction(env, stranger, method, `videos/${video.id}${suffix}`, { body });
    assert.deepEqual([method, suffix, answer.status, answer.body.code], [
      method,
      suffix,
      404,
      "video_not_found",
    ]);
  }
  assert.equal((await call("GET", `videos/${video.id}`)).body.filename, "mine.mp4");
});
