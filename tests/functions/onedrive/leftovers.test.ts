import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount, createOperator, type TestAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect, createBytes, openUpload, sendBytes } from "../support/onedrive.ts";
import { poll } from "../support/poll.ts";
import { createControl } from "../support/sandbox.ts";
import { completeUpload, hashOf } from "../support/upload-video.ts";

const UNIT = 327_680;
const { env, stop } = await startStack({ basePort: 26640 });
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});
Deno.test.beforeEach(async () => {
  await control.clearFaults();
  await control.set({ processing_ms: 600_000 });
});

/** A new person with a OneDrive of their own. */
async function invite() {
  const account = await createAccount(env);
  return { account, oneDrive: await connect(env, account) };
}

async function pathsOf(oneDrive: string): Promise<string[]> {
  return (await control.files()).filter((file) => file.account === oneDrive).map((file) => file.path);
}

/** Unfinished sessions in the pretend OneDrive itself. */
async function openSessions(oneDrive: string): Promise<number> {
  const response = await fetch(`${env.SANDBOX_URL}/__sandbox/uploads`);
  const uploads: { account: string }[] = await response.json();
  return uploads.filter(({ account }) => account === oneDrive).length;
}

async function countReleased(userId: string): Promise<number> {
  const [row] = await sql`select count(*)::int from private.onedrive_released_urls where user_id = ${userId}`;
  return row!.count;
}

/** Sends a whole file and returns the upload, whose file OneDrive has not hashed yet, with the file's id. */
async function sendWhole(account: TestAccount, bytes: Uint8Array<ArrayBuffer>, filename = "clip.mp4") {
  const { body } = await openUpload(env, account, bytes, { filename });
  const answer = await fetch(String(body.upload_url), {
    method: "PUT",
    headers: { "content-range": `bytes 0-${bytes.length - 1}/${bytes.length}` },
    body: bytes,
  });
  const item: { id: string } = await answer.json();
  return { path: `onedrive/uploads/${body.upload_session_id}`, id: String(body.upload_session_id), item };
}

Deno.test("Leftovers: canceling while OneDrive is being checked removes the file", async () => {
  const { account, oneDrive } = await invite();
  const bytes = createBytes(400_000, 1);
  const { path, item } = await sendWhole(account, bytes);
  const claim = { quickxor: hashOf(bytes), item_id: item.id };
  assert.equal((await callFunction(env, account, "POST", `${path}/complete`, { body: claim })).status, 202);
  assert.deepEqual(await pathsOf(oneDrive), ["/Cliprelay/clip.mp4"]);
  assert.equal((await callFunction(env, account, "DELETE", path)).status, 204);
  assert.deepEqual(await pathsOf(oneDrive), []);
  assert.equal((await callFunction(env, account, "DELETE", path)).status, 204);
});

Deno.test("Leftovers: canceling right after the last byte removes the file by its id alone", async () => {
  const { account, oneDrive } = await invite();
  const { path, item } = await sendWhole(account, createBytes(400_000, 11));
  const foreign = await callFunction(env, account, "DELETE", `${path}?item_id=SOMETHING!ELSE`);
  assert.deepEqual([foreign.status, foreign.body.status], [200, "canceled"]);
  assert.deepEqual(await pathsOf(oneDrive), ["/Cliprelay/clip.mp4"]);

  const other = await sendWhole(account, createBytes(400_000, 12), "other.mp4");
  assert.notEqual(other.item.id, item.id);
  const answer = await callFunction(env, account, "DELETE", `${other.path}?item_id=${other.item.id}`);
  assert.equal(answer.status, 204);
  assert.deepEqual(await pathsOf(oneDrive), ["/Cliprelay/clip.mp4"]);
});

Deno.test("Leftovers: a file that may be another one stays, and its path is told", async () => {
  const { account, oneDrive } = await invite();
  const { path } = await sendWhole(account, createBytes(400_000, 2));
  const claim = { quickxor: hashOf(createBytes(400_000, 3)) };
  assert.equal((await callFunction(env, account, "POST", `${path}/complete`, { body: claim })).status, 202);
  const answer = await callFunction(env, account, "DELETE", path);
  assert.deepEqual([answer.status, answer.body], [200, {
    status: "canceled",
    left: { path: "/Cliprelay/clip.mp4" },
  }]);
  assert.deepEqual(await pathsOf(oneDrive), ["/Cliprelay/clip.mp4"]);
});

Deno.test("Leftovers: a file known by its content is removed without its id", async () => {
  await control.set({ processing_ms: 1 });
  const { account, oneDrive } = await invite();
  const bytes = createBytes(400_000, 4);
  const { path, id } = await sendWhole(account, bytes);
  await sql`
    update public.onedrive_upload_sessions
    set status = 'verifying', claimed_quickxor = ${hashOf(bytes)} where id = ${id}`;
  assert.equal((await callFunction(env, account, "DELETE", path)).status, 204);
  assert.deepEqual(await pathsOf(oneDrive), []);
});

Deno.test("Leftovers: our own wrong file is removed, a foreign one is left, and both are said", async () => {
  await control.set({ processing_ms: 1 });
  const { account, oneDrive } = await invite();
  const wrong = { quickxor: hashOf(createBytes(400_000, 6)) };
  const own = await sendWhole(account, createBytes(400_000, 5), "own.mp4");
  const removed = await completeUpload(env, account, own.id, { ...wrong, item_id: own.item.id });
  assert.deepEqual([removed.status, removed.body.code], [422, "hash_mismatch"]);
  assert.match(String(removed.body.message), /removed/);
  assert.deepEqual(await pathsOf(oneDrive), []);

  const other = await sendWhole(account, createBytes(400_000, 7), "other.mp4");
  const left = await completeUpload(env, account, other.id, { ...wrong, item_id: own.item.id });
  assert.deepEqual([left.status, left.body.code], [422, "hash_mismatch"]);
  assert.match(String(left.body.message), /stays there as \/Cliprelay\/other\.mp4/);
  assert.deepEqual(await pathsOf(oneDrive), ["/Cliprelay/other.mp4"]);
  const restarted = await callFunction(env, account, "POST", `${own.path}/restart`);
  assert.deepEqual([restarted.status, restarted.body.filename], [200, "own.mp4"]);
});

Deno.test("Leftovers: a cancel that OneDrive misses is told again by the sweep", async () => {
  const { account, oneDrive } = await invite();
  const bytes = createBytes(700_000, 8);
  const { body } = await openUpload(env, account, bytes);
  await sendBytes(String(body.upload_url), bytes, { to: UNIT });
  await control.fault({ method: "DELETE", path: "*", kind: "status", value: 503 });
  const path = `onedrive/uploads/${body.upload_session_id}`;
  assert.equal((await callFunction(env, account, "DELETE", path)).status, 204);
  assert.deepEqual([await openSessions(oneDrive), await countReleased(account.id)], [1, 1]);
  await sql`update private.onedrive_released_urls set next_try_at = now() where user_id = ${account.id}`;
  await sql`select private.call_function('onedrive/internal/sweep-uploads')`;
  await poll("the session is dropped", async () => await openSessions(oneDrive) === 0);
  await poll("its address is forgotten", async () => await countReleased(account.id) === 0);
});

Deno.test("Leftovers: disconnecting and deleting an account drop their unfinished uploads", async () => {
  const operator = createOperator(env);
  const endings: [name: string, end: (account: TestAccount) => Promise<unknown>][] = [
    ["disconnect", (account) => callFunction(env, account, "POST", "onedrive/disconnect")],
    ["delete the account", async (account) => {
      const { error } = await operator.auth.admin.deleteUser(account.id);
      assert.equal(error, null);
    }],
  ];
  for (const [name, end] of endings) {
    const { account, oneDrive } = await invite();
    const bytes = createBytes(700_000, 9);
    const { body } = await openUpload(env, account, bytes);
    await sendBytes(String(body.upload_url), bytes, { to: UNIT });
    assert.equal(await openSessions(oneDrive), 1, name);
    await end(account);
    await sql`select private.call_function('onedrive/internal/sweep-uploads')`;
    await poll(`nothing is left after: ${name}`, async () => await openSessions(oneDrive) === 0);
    await poll("no address is kept", async () => await countReleased(account.id) === 0);
  }
});

Deno.test("Leftovers: a finished upload leaves no address to drop", async () => {
  await control.set({ processing_ms: 1 });
  const { account } = await invite();
  const bytes = createBytes(400_000, 10);
  const { id } = await sendWhole(account, bytes);
  assert.equal((await completeUpload(env, account, id, { quickxor: hashOf(bytes) })).status, 200);
  assert.equal(await countReleased(account.id), 0);
});
