import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount, type TestAccount } from "../support/account.ts";
import { connect, createBytes, openUpload } from "../support/onedrive.ts";
import { createControl } from "../support/sandbox.ts";
import { completeUpload, hashOf } from "../support/upload-video.ts";

const UNIT = 327_680;
const { env, stop } = await startStack({ basePort: 26640 });
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);
const account = await createAccount(env);
await connect(env, account);
await control.set({ processing_ms: 1, upload_cors: false });

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});
Deno.test.beforeEach(async () => void await control.clearFaults());

interface Relayed {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}

async function relay(
  id: unknown,
  range: string,
  body: Uint8Array<ArrayBuffer>,
  { as = account, headers = {} }: { as?: TestAccount; headers?: Record<string, string> } = {},
): Promise<Relayed> {
  const response = await fetch(`${env.API_URL}/functions/v1/onedrive/uploads/${id}/fragments`, {
    method: "PUT",
    body,
    headers: {
      authorization: `Bearer ${as.token}`,
      apikey: env.PUBLISHABLE_KEY!,
      "content-type": "application/octet-stream",
      "content-range": range,
      ...headers,
    },
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : {}, headers: response.headers };
}

async function open(bytes: Uint8Array, headers: Record<string, string> = {}): Promise<string> {
  const { status, body } = await openUpload(env, account, bytes, {}, headers);
  assert.equal(status, 200);
  return String(body.upload_session_id);
}

Deno.test("Relay: fragments reach OneDrive and its answers come back as they are", async () => {
  const bytes = createBytes(5 * UNIT + 77, 2);
  const id = await open(bytes);
  const first = await relay(id, `bytes 0-${2 * UNIT - 1}/${bytes.length}`, bytes.slice(0, 2 * UNIT));
  assert.equal(first.status, 202);
  assert.match(String((first.body.nextExpectedRanges as string[])[0]), new RegExp(`^${2 * UNIT}-`));

  const again = await relay(id, `bytes 0-${UNIT - 1}/${bytes.length}`, bytes.slice(0, UNIT));
  assert.equal(again.status, 416);
  assert.equal((again.body.error as { code: string }).code, "invalidRange");

  const rest = `bytes ${2 * UNIT}-${bytes.length - 1}/${bytes.length}`;
  const last = await relay(id, rest, bytes.slice(2 * UNIT));
  assert.equal(last.status, 201);
  const claim = { quickxor: hashOf(bytes), item_id: last.body.id };
  const done = await completeUpload(env, account, id, claim);
  assert.deepEqual([done.status, done.body.quickxor_hash], [200, claim.quickxor]);
});

Deno.test("Relay: OneDrive's throttling comes with its seconds, readable by scripts", async () => {
  const bytes = createBytes(UNIT, 3);
  const id = await open(bytes);
  await control.fault({ method: "PUT", path: "*", kind: "rate_limit", value: 7 });
  const answer = await relay(id, `bytes 0-${UNIT - 1}/${UNIT}`, bytes, {
    headers: { origin: "http://a.test" },
  });
  assert.deepEqual([answer.status, answer.headers.get("retry-after")], [429, "7"]);
  assert.match(answer.headers.get("access-control-expose-headers")!, /retry-after/);
  assert.equal((answer.body.error as { code: string }).code, "activityLimitReached");
});

Deno.test("Relay: a date of OneDrive's to come back at becomes seconds", async () => {
  const bytes = createBytes(UNIT, 3);
  const id = await open(bytes);
  await control.set({ retry_after_style: "date" });
  await control.fault({ method: "PUT", path: "*", kind: "rate_limit", value: 20 });
  const answer = await relay(id, `bytes 0-${UNIT - 1}/${UNIT}`, bytes);
  await control.set({ retry_after_style: null });
  const seconds = Number(answer.headers.get("retry-after"));
  assert.ok(answer.status === 429 && seconds > 10 && seconds <= 20, String(seconds));
});

Deno.test("Relay: a connection that breaks on the way is our failure, and the upload goes on", async () => {
  const bytes = createBytes(UNIT, 4);
  const id = await open(bytes);
  await control.fault({ method: "PUT", path: "*", kind: "drop_after", value: 1000 });
  const range = `bytes 0-${UNIT - 1}/${UNIT}`;
  const cut = await relay(id, range, bytes);
  assert.deepEqual([cut.status, cut.body.code], [502, "provider_failed"]);
  assert.equal((await relay(id, range, bytes)).status, 201);
});

Deno.test("Relay: what does not fit is refused before OneDrive hears of it", async () => {
  const bytes = createBytes(30 * UNIT, 5);
  const id = await open(bytes);
  const total = bytes.length;
  const part = bytes.slice(0, UNIT);
  const cases: [range: string, body: Uint8Array<ArrayBuffer>, status: number, code: string][] = [
    ["bytes 0-9", part, 400, "invalid_request"],
    [`bytes 9-3/${total}`, part, 400, "invalid_request"],
    [`bytes 0-${UNIT - 1}/${total + 1}`, part, 400, "invalid_request"],
    [`bytes 0-${total}/${total}`, part, 400, "invalid_request"],
    [`bytes 0-${UNIT}/${total}`, part, 400, "invalid_request"],
    [`bytes 0-${25 * UNIT - 1}/${total}`, part, 413, "body_too_large"],
    [`bytes 0-${25 * UNIT - 1}/${total}`, bytes.slice(0, 25 * UNIT), 413, "body_too_large"],
  ];
  for (const [range, body, status, code] of cases) {
    const answer = await relay(id, range, body);
    assert.deepEqual([answer.status, answer.body.code], [status, code], range);
  }
  assert.equal((await relay(id, `bytes 0-${24 * UNIT - 1}/${total}`, bytes.slice(0, 24 * UNIT))).status, 202);
});

Deno.test("Relay: only the owner sends, and only the tab that holds the upload", async () => {
  const bytes = createBytes(UNIT, 6);
  const tab = { "x-uploader-id": crypto.randomUUID() };
  const id = await open(bytes, tab);
  const range = `bytes 0-${UNIT - 1}/${UNIT}`;
  const stranger = await relay(id, range, bytes, { as: await createAccount(env) });
  assert.deepEqual([stranger.status, stranger.body.code], [404, "upload_not_found"]);
  const other = await relay(id, range, bytes, { headers: { "x-uploader-id": crypto.randomUUID() } });
  assert.deepEqual([other.status, other.body.code], [409, "upload_in_use"]);
  const nobody = await relay(id, range, bytes, { headers: { authorization: "" } });
  assert.equal(nobody.status, 401);
  assert.equal((await relay(id, range, bytes, { headers: tab })).status, 201);
  const ended = await relay(id, range, bytes, { headers: tab });
  assert.ok([404, 409].includes(ended.status));
});

Deno.test("Relay: somebody who sends too much is asked to wait", async () => {
  const person = await createAccount(env);
  await connect(env, person);
  const bytes = createBytes(UNIT, 9);
  const { body } = await openUpload(env, person, bytes);
  await sql`
    insert into private.rate_limits (subject, route, taken_count)
    values (${person.id}, 'onedrive/fragments', 600)`;
  const answer = await relay(body.upload_session_id, `bytes 0-${UNIT - 1}/${UNIT}`, bytes, { as: person });
  assert.deepEqual([answer.status, answer.body.code], [429, "rate_limited"]);
  assert.ok(Number(answer.headers.get("retry-after")) > 0);
});
