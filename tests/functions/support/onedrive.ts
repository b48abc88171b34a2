import assert from "node:assert/strict";
import type { TestAccount } from "./account.ts";
import { type Answer, callFunction } from "./call-function.ts";
import { followConsent } from "./follow-consent.ts";

type StackEnv = Readonly<Record<string, string>>;

/** Consents at the sandbox as `sandboxAccount` and returns what the finish page gets in its fragment. */
export async function consent(
  env: StackEnv,
  account: TestAccount,
  sandboxAccount: string,
): Promise<URLSearchParams> {
  const { status, body } = await callFunction(env, account, "GET", "onedrive/auth-url");
  assert.equal(status, 200, JSON.stringify(body));
  return await followConsent(String(body.url), sandboxAccount);
}

/** Ends a sign-in as `account`. */
export function finish(
  env: StackEnv,
  account: TestAccount,
  fragment: URLSearchParams,
  more: Record<string, unknown> = {},
): Promise<Answer> {
  const body = { code: fragment.get("code"), state: fragment.get("state"), ...more };
  return callFunction(env, account, "POST", "onedrive/finish", { body });
}

/** Connects a new sandbox account and returns its name. */
export async function connect(env: StackEnv, account: TestAccount, name = `u-${crypto.randomUUID()}`) {
  const { status, body } = await finish(env, account, await consent(env, account, name));
  assert.equal(status, 200, JSON.stringify(body));
  return name;
}

/** Bytes that differ from file to file but are the same for the same seed. */
export function createBytes(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) {
    bytes[index] = (index * 31 + (index >> 8) * seed + seed) & 0xff;
  }
  return bytes;
}

/** Opens an upload for `bytes`. */
export function openUpload(
  env: StackEnv,
  account: TestAccount,
  bytes: Uint8Array,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const body = {
    filename: "clip.mp4",
    size: bytes.length,
    mime_type: "video/mp4",
    fingerprint: randomFingerprint(),
    ...more,
  };
  return callFunction(env, account, "POST", "onedrive/upload-url", { body, headers });
}

/** Sends bytes `from` up to `to` in fragments and returns the last answer's status. */
export async function sendBytes(
  uploadUrl: string,
  bytes: Uint8Array<ArrayBuffer>,
  { from = 0, to = bytes.length, fragment = 320 * 1024 * 4 } = {},
): Promise<number> {
  let status = 0;
  for (let start = from; start < to; start += fragment) {
    const end = Math.min(start + fragment, to);
    const response = await fetch(uploadUrl, {
      method: "PUT",
      headers: { "content-range": `bytes ${start}-${end - 1}/${bytes.length}` },
      body: bytes.slice(start, end),
    });
    await response.body?.cancel();
    status = response.status;
  }
  return status;
}

/** Every upload of a test is another file, unless the test says otherwise. */
function randomFingerprint(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toHex();
}
