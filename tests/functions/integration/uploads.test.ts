import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount, createProduct } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect, createBytes, openUpload, sendBytes } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { createControl } from "../support/sandbox.ts";
import { completeUpload, hashOf } from "../support/upload-video.ts";

const MULTIPLE = 327_680;

const { env, stop } = await startStack({ basePort: PORTS.uploads });
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);
const account = await createAccount(env);
await connect(env, account);

const call = (
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
) => callFunction(env, account, method, path, options);

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

Deno.test("Uploads: a file of several fragments becomes a video", async (t) => {
  const bytes = createBytes(5_000_000, 3);
  const product = await createProduct(account, "B0UPLOAD01");
  const opened = await openUpload(env, account, bytes, { product_id: product, filename: "launch.mp4" });
  const id = opened.body.upload_session_id;
  const url = String(opened.body.upload_url);

  await t.step("the session tells where and how to send", () => {
    assert.equal(opened.status, 200);
    assert.deepEqual(
      [opened.body.next_offset, opened.body.status, opened.body.filename, opened.body.size],
      [0, "active", "launch.mp4", bytes.length],
    );
    assert.equal(Number(opened.body.fragment_size) % MULTIPLE, 0);
    assert.ok(new Date(String(opened.body.expires_at)) > new Date());
  });

  await t.step("the address is stored encrypted before the browser has it", async () => {
    const [row] = await sql`select upload_url from private.onedrive_upload_urls where session_id = ${
      String(id)
    }`;
    assert.ok(!row!.upload_url.includes("http") && !atob(row!.upload_url).includes("http"));
  });

  await t.step("after an interruption OneDrive itself says where to go on", async () => {
    await sendBytes(url, bytes, { to: MULTIPLE * 2, fragment: MULTIPLE });
    const { body } = await call("GET", `onedrive/uploads/${id}`);
    assert.deepEqual([body.next_offset, body.status, body.upload_url], [MULTIPLE * 2, "active", url]);
  });

  await t.step("the browser's hash state is kept and given back", async () => {
    const report = { next_offset: MULTIPLE * 2, hash: { offset: MULTIPLE, state: "AbC+/=:1" } };
    assert.equal((await call("POST", `onedrive/uploads/${id}/progress`, { body: report })).status, 204);
    const { body } = await call("GET", `onedrive/uploads/${id}`);
    assert.deepEqual(body.hash, report.hash);
  });

  await t.step("reports outside the file are refused", async () => {
    for (
      const report of [{ next_offset: bytes.length + 1 }, { next_offset: 1, hash: { offset: 2, state: "x" } }]
    ) {
      const { status, body } = await call("POST", `onedrive/uploads/${id}/progress`, { body: report });
      assert.deepEqual([status, body.code], [422, "offset_out_of_range"]);
    }
  });

  await t.step("completing too early tells the true offset", async () => {
    const body = { quickxor: hashOf(bytes) };
    const answer = await call("POST", `onedrive/uploads/${id}/complete`, { body });
    assert.deepEqual([answer.status, answer.body.code], [409, "upload_incomplete"]);
    assert.deepEqual(answer.body.details, { next_offset: MULTIPLE * 2 });
  });

  await t.step("the finished file is verified and linked", async () => {
    await sendBytes(url, bytes, { from: MULTIPLE * 2, fragment: MULTIPLE * 4 });
    const claim = { quickxor: hashOf(bytes), duration_ms: 12_000, width: 1920, height: 1080 };
    const { status, body } = await completeUpload(env, account, id, claim);
    assert.equal(status, 200);
    assert.deepEqual(
      [
        body.filename,
        body.product_id,
        body.size_bytes,
        body.quickxor_hash,
        body.upload_status,
        body.is_primary,
      ],
      ["launch.mp4", product, bytes.length, claim.quickxor, "complete", true],
    );
    assert.deepEqual([body.duration_ms, body.width, body.height], [12_000, 1920, 1080]);
    assert.equal(body.onedrive_path, "/Cliprelay/launch.mp4");
  });

  await t.step("completing again returns the same video", async () => {
    const again = () => completeUpload(env, account, id, { quickxor: hashOf(bytes) });
    const answers = await Promise.all([again(), again()]);
    assert.deepEqual(answers.map(({ status }) => status), [200, 200]);
    assert.equal(answers[0]!.body.id, answers[1]!.body.id);
  });

  await t.step("the address is forgotten", async () => {
    const rows = await sql`select 1 from private.onedrive_upload_urls where session_id = ${String(id)}`;
    assert.equal(rows.length, 0);
    const { body } = await call("GET", `onedrive/uploads/${id}`);
    assert.deepEqual([body.status, body.upload_url], ["complete", null]);
  });

  await t.step("its Amazon task exists at once", async () => {
    const { body } = await call("GET", "tasks/influencer-tasks?marketplace=US");
    assert.match(JSON.stringify(body.groups), /B0UPLOAD01/);
  });
});

Deno.test("Uploads: a file that differs from the claimed hash is no video", async () => {
  await control.set({ processing_ms: 100 });
  const bytes = createBytes(400_000, 5);
  const { body } = await openUpload(env, account, bytes, { filename: "bad.mp4" });
  await sendBytes(String(body.upload_url), bytes);
  const claim = { quickxor: hashOf(createBytes(400_000, 6)) };
  const answer = await completeUpload(env, account, body.upload_session_id, claim);
  assert.deepEqual([answer.status, answer.body.code], [422, "hash_mismatch"]);
  const again = await completeUpload(env, account, body.upload_session_id, { quickxor: hashOf(bytes) });
  assert.equal(again.body.code, "hash_mismatch");
  const rows = await sql`select 1 from public.product_videos where filename = 'bad.mp4'`;
  assert.equal(rows.length, 0);
});

Deno.test("Uploads: equal names get numbers, also while both are on their way", async () => {
  const bytes = createBytes(330_000, 7);
  const more = { filename: "same: name?.mp4" };
  const [first, second] = await Promise.all([
    openUpload(env, account, bytes, more),
    openUpload(env, account, bytes, more),
  ]);
  const names = [first, second].map(({ body }) => body.filename).sort();
  assert.deepEqual(names, ["same_ name_ (2).mp4", "same_ name_.mp4"]);
  for (const { body } of [first, second]) {
    await sendBytes(String(body.upload_url), bytes);
    const done = await completeUpload(env, account, body.upload_session_id, { quickxor: hashOf(bytes) });
    assert.equal(done.status, 200);
  }
  const third = await openUpload(env, account, bytes, more);
  assert.equal(third.body.filename, "same_ name_ (3).mp4");
});

Deno.test("Uploads: one tab at a time", async (t) => {
  const bytes = createBytes(700_000, 8);
  const [mine, other] = [crypto.randomUUID(), crypto.randomUUID()];
  const { body } = await openUpload(env, account, bytes, { filename: "tabs.mp4" }, { "x-uploader-id": mine });
  const path = `onedrive/uploads/${body.upload_session_id}`;

  await t.step("another tab is told so", async () => {
    const answer = await call("GET", path, { headers: { "x-uploader-id": other } });
    assert.deepEqual([answer.status, answer.body.code], [409, "upload_in_use"]);
  });

  await t.step("a reader without an id is not in the way", async () => {
    assert.equal((await call("GET", path)).status, 200);
  });

  await t.step("and can take over", async () => {
    const answer = await call("GET", `${path}?take_over=true`, { headers: { "x-uploader-id": other } });
    assert.equal(answer.status, 200);
    const report = { body: { next_offset: 0 }, headers: { "x-uploader-id": mine } };
    assert.equal((await call("POST", `${path}/progress`, report)).body.code, "upload_in_use");
  });

  await t.step("a tab that went silent loses its lease", async () => {
    await sql`
      update public.onedrive_upload_sessions set uploader_lease_until = now() - interval '1 second'
      where id = ${String(body.upload_session_id)}`;
    const answer = await call("GET", path, { headers: { "x-uploader-id": mine } });
    assert.equal(answer.status, 200);
  });
});

Deno.test("Uploads: other people's sessions are not there", async () => {
  const bytes = createBytes(330_000, 9);
  const { body } = await openUpload(env, account, bytes, { filename: "private.mp4" });
  const stranger = await createAccount(env);
  await connect(env, stranger);
  const path = `onedrive/uploads/${body.upload_session_id}`;
  const requests: [string, string, unknown?][] = [
    ["GET", path],
    ["POST", `${path}/progress`, { next_offset: 1 }],
    ["POST", `${path}/restart`],
    ["POST", `${path}/complete`, { quickxor: hashOf(bytes) }],
    ["DELETE", path],
  ];
  for (const [method, address, sent] of requests) {
    const answer = await callFunction(env, stranger, method, address, { body: sent });
    assert.deepEqual([method, answer.status, answer.body.code], [method, 404, "upload_not_found"]);
  }
  assert.deepEqual((await callFunction(env, stranger, "GET", "onedrive/uploads")).body, { uploads: [] });
  const product = await createProduct(account, "B0FOREIGN1");
  const foreign = await openUpload(env, stranger, bytes, { product_id: product });
  assert.deepEqual([foreign.status, foreign.body.code], [404, "product_not_found"]);
});

Deno.test("Uploads: giving one up", async () => {
  const bytes = createBytes(700_000, 10);
  const { body } = await openUpload(env, account, bytes, { filename: "no.mp4" });
  const path = `onedrive/uploads/${body.upload_session_id}`;
  await sendBytes(String(body.upload_url), bytes, { to: MULTIPLE });
  assert.equal((await call("DELETE", path)).status, 204);
  assert.equal((await call("DELETE", path)).status, 204);
  assert.equal(await sendBytes(String(body.upload_url), bytes, { from: MULTIPLE }), 404);
  assert.equal((await call("GET", path)).body.status, "canceled");
  assert.equal((await call("POST", `${path}/restart`)).body.code, "upload_not_active");
});

Deno.test("Uploads: a session that OneDrive gave up starts again from zero", async (t) => {
  const bytes = createBytes(1_000_000, 11);
  const { body } = await openUpload(env, account, bytes, { filename: "late.mp4" });
  const path = `onedrive/uploads/${body.upload_session_id}`;
  await sendBytes(String(body.upload_url), bytes, { to: MULTIPLE });
  assert.equal((await call("GET", path)).body.next_offset, MULTIPLE);

  await t.step("its browser is told", async () => {
    await control.set({ upload_url_hard_stop_s: 0 });
    const answer = await call("GET", path);
    await control.set({ upload_url_hard_stop_s: null });
    assert.deepEqual(
      [answer.status, answer.body.status, answer.body.upload_url, answer.body.error_code],
      [200, "expired", null, "upload_expired"],
    );
  });

  await t.step("it stays in the list of unfinished uploads", async () => {
    const { body: list } = await call("GET", "onedrive/uploads");
    assert.match(JSON.stringify(list.uploads), /late\.mp4/);
  });

  await t.step("a new session finishes it", async () => {
    const restarted = await call("POST", `${path}/restart`);
    assert.deepEqual([restarted.status, restarted.body.next_offset, restarted.body.status], [
      200,
      0,
      "active",
    ]);
    assert.notEqual(restarted.body.upload_url, body.upload_url);
    await sendBytes(String(restarted.body.upload_url), bytes);
    const done = await completeUpload(env, account, body.upload_session_id, { quickxor: hashOf(bytes) });
    assert.equal(done.status, 200);
  });
});

Deno.test("Uploads: completing from two places at once makes one video", async () => {
  const bytes = createBytes(500_000, 13);
  const { body } = await openUpload(env, account, bytes, { filename: "twice.mp4" });
  await sendBytes(String(body.upload_url), bytes);
  const complete = () => completeUpload(env, account, body.upload_session_id, { quickxor: hashOf(bytes) });
  const answers = await Promise.all([complete(), complete(), complete(), complete()]);
  assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200, 200]);
  assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1);
});

Deno.test("Uploads: a finished session whose last answer was lost is not expired", async () => {
  const bytes = createBytes(500_000, 12);
  const { body } = await openUpload(env, account, bytes, { filename: "lost.mp4" });
  await sendBytes(String(body.upload_url), bytes);
  const { body: synced } = await call("GET", `onedrive/uploads/${body.upload_session_id}`);
  assert.deepEqual([synced.status, synced.next_offset, synced.upload_url], ["verifying", bytes.length, null]);
  const done = await completeUpload(env, account, body.upload_session_id, { quickxor: hashOf(bytes) });
  assert.equal(done.status, 200);
});
