import assert from "node:assert/strict";
import { startStack } from "../../support/stack.ts";
import { createAccount, createProduct } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect, createBytes, openUpload, sendBytes } from "../support/onedrive.ts";
import { putFile } from "../support/put-file.ts";
import { createControl } from "../support/sandbox.ts";
import { completeUpload, hashOf, uploadVideo } from "../support/upload-video.ts";

const { env, stop } = await startStack({ basePort: 26640 });
const control = createControl(env.SANDBOX_URL!);
await control.set({ processing_ms: 1 });

Deno.test.afterAll(() => stop());
Deno.test.beforeEach(async () => void await control.clearFaults());

async function invite(kind: "personal" | "work") {
  const account = await createAccount(env);
  const oneDrive = await connect(env, account, `u-${crypto.randomUUID()}${kind === "work" ? "+work" : ""}`);
  return { account, oneDrive };
}

async function pathsOf(oneDrive: string): Promise<string[]> {
  return (await control.files()).filter((file) => file.account === oneDrive).map(({ path }) => path).sort();
}

for (const kind of ["personal", "work"] as const) {
  Deno.test(`Names: a name taken at the last byte, ${kind} account`, async () => {
    const { account, oneDrive } = await invite(kind);
    const bytes = createBytes(700_000, 6);
    const { body } = await openUpload(env, account, bytes, { filename: "clip.mp4" });
    const id = String(body.upload_session_id);
    await putFile(env, oneDrive, "/Cliprelay/clip.mp4", createBytes(1_000, 99));
    assert.equal(await sendBytes(String(body.upload_url), bytes), 409);
    const { body: synced } = await callFunction(env, account, "GET", `onedrive/uploads/${id}`);

    if (kind === "work") {
      assert.deepEqual([synced.status, synced.error_code], ["expired", "name_taken"]);
      const { body: restarted } = await callFunction(env, account, "POST", `onedrive/uploads/${id}/restart`);
      assert.deepEqual([restarted.next_offset, restarted.filename], [0, "clip (2).mp4"]);
      await sendBytes(String(restarted.upload_url), bytes);
    } else assert.deepEqual([synced.status, synced.filename], ["verifying", "clip (2).mp4"]);

    const done = await completeUpload(env, account, id, { quickxor: hashOf(bytes) });
    assert.deepEqual([done.status, done.body.filename], [200, "clip (2).mp4"]);
    assert.deepEqual(await pathsOf(oneDrive), ["/Cliprelay/clip (2).mp4", "/Cliprelay/clip.mp4"]);
  });
}

Deno.test("Names: an upload whose name is still held on a work account takes the next one", async () => {
  const { account, oneDrive } = await invite("work");
  const bytes = createBytes(400_000, 1);
  const first = await openUpload(env, account, bytes, { filename: "clip.mp4" });
  await control.fault({ method: "DELETE", path: "*", kind: "status", value: 503 });
  assert.equal(
    (await callFunction(env, account, "DELETE", `onedrive/uploads/${first.body.upload_session_id}`)).status,
    204,
  );
  const second = await uploadVideo(env, account, { filename: "clip.mp4" }, bytes);
  assert.equal(second.filename, "clip (2).mp4");
  assert.deepEqual(await pathsOf(oneDrive), ["/Cliprelay/clip (2).mp4"]);
});

Deno.test("Names: a restart on a work account frees the name of the old session first", async () => {
  const { account } = await invite("work");
  const { body } = await openUpload(env, account, createBytes(400_000, 2), { filename: "clip.mp4" });
  const restarted = await callFunction(
    env,
    account,
    "POST",
    `onedrive/uploads/${body.upload_session_id}/restart`,
  );
  assert.deepEqual([restarted.status, restarted.body.filename], [200, "clip.mp4"]);
});

Deno.test("Names: a full drive at the last byte needs no second sending once there is room", async () => {
  const { account, oneDrive } = await invite("personal");
  const bytes = createBytes(700_000, 3);
  const { body } = await openUpload(env, account, bytes, { filename: "full.mp4" });
  const path = `onedrive/uploads/${body.upload_session_id}`;
  await control.set({ drive_quota_bytes: 500_000 });
  assert.equal(await sendBytes(String(body.upload_url), bytes), 507);
  const still = await callFunction(env, account, "GET", path);
  assert.deepEqual([still.status, still.body.code], [422, "quota_exceeded"]);

  await control.set({ drive_quota_bytes: null });
  const synced = await callFunction(env, account, "GET", path);
  assert.deepEqual([synced.body.status, synced.body.next_offset], ["verifying", bytes.length]);
  const done = await completeUpload(env, account, body.upload_session_id, { quickxor: hashOf(bytes) });
  assert.deepEqual([done.status, done.body.filename], [200, "full.mp4"]);
  assert.deepEqual(await pathsOf(oneDrive), ["/Cliprelay/full.mp4"]);
});

Deno.test("Names: a whole session that OneDrive cannot commit tells the true offset", async () => {
  const { account } = await invite("work");
  const bytes = createBytes(700_000, 4);
  const { body } = await openUpload(env, account, bytes, { filename: "full.mp4" });
  const path = `onedrive/uploads/${body.upload_session_id}`;
  await control.set({ drive_quota_bytes: 500_000 });
  assert.equal(await sendBytes(String(body.upload_url), bytes), 507);
  const { body: synced } = await callFunction(env, account, "GET", path);
  assert.deepEqual([synced.status, synced.next_offset], ["active", bytes.length]);
  const early = await callFunction(env, account, "POST", `${path}/complete`, {
    body: { quickxor: hashOf(bytes) },
  });
  assert.deepEqual([early.status, early.body.code], [409, "upload_incomplete"]);
  assert.deepEqual(early.body.details, { next_offset: bytes.length });
  await control.set({ drive_quota_bytes: null });
});

Deno.test("Duplicates: the same file on the same product is asked about, and may be wanted", async () => {
  const { account } = await invite("personal");
  const [product, another] = [
    await createProduct(account, "B0TWICE001"),
    await createProduct(account, "B0TWICE002"),
  ];
  const bytes = createBytes(400_000, 5);
  const fingerprint = "cd".repeat(32);
  const same = { fingerprint, filename: "demo.mp4" };
  const video = await uploadVideo(env, account, { ...same, product_id: product }, bytes);

  const asked = await openUpload(env, account, bytes, { ...same, product_id: product });
  assert.deepEqual([asked.status, asked.body.code], [409, "duplicate_upload"]);
  assert.match(String(asked.body.message), /demo\.mp4/);
  const details = asked.body.details as Record<string, unknown>;
  assert.deepEqual([details.video_id, details.filename], [video.id, "demo.mp4"]);

  const others = [
    { ...same, product_id: another },
    { ...same },
    { ...same, product_id: product, fingerprint: "ef".repeat(32) },
    { ...same, product_id: product, allow_duplicate: true },
  ];
  for (const more of others) assert.equal((await openUpload(env, account, bytes, more)).status, 200);
  const stranger = await invite("personal");
  const theirs = await createProduct(stranger.account, "B0TWICE001");
  assert.equal((await openUpload(env, stranger.account, bytes, { ...same, product_id: theirs })).status, 200);

  assert.equal((await callFunction(env, account, "DELETE", `videos/${video.id}`)).status, 204);
  const again = await openUpload(env, account, bytes, { ...same, product_id: product });
  assert.equal(again.status, 200, "a deleted video is no duplicate");
});
