import { basename } from "node:path";
import { QuickXorHash } from "../../sandbox/microsoft/quick-xor-hash.ts";
import type { TestAccount } from "../../tests/functions/support/account.ts";
import { callFunction } from "../../tests/functions/support/call-function.ts";
import { completeUpload } from "../../tests/functions/support/upload-video.ts";
import { writePaddedVideo } from "../../tests/support/padded-video.ts";
import type { TestStack } from "../../tests/support/stack.ts";

const FRAGMENT_BYTES = 32 * 320 * 1024;

/** Writes a playable video of that many bytes to `path`, uploads it to the account's OneDrive and returns its id. */
export async function storeVideo(
  env: TestStack["env"],
  account: TestAccount,
  path: string,
  sizeBytes: number,
): Promise<string> {
  await writePaddedVideo(path, sizeBytes, 1, "reel");
  const fingerprint = crypto.getRandomValues(new Uint8Array(32)).toHex();
  const request = { filename: basename(path), size: sizeBytes, mime_type: "video/mp4", fingerprint };
  const session = await callFunction(env, account, "POST", "onedrive/upload-url", { body: request });
  if (session.status !== 200) throw new Error(`Upload refused: ${JSON.stringify(session.body)}`);
  const quickxor = await sendFile(String(session.body.upload_url), path, sizeBytes);
  await Deno.remove(path);
  const { upload_session_id: sessionId } = session.body;
  const { status, body } = await completeUpload(env, account, sessionId, { quickxor });
  if (status !== 200) throw new Error(`Upload not completed: ${JSON.stringify(body)}`);
  return String(body.id);
}

/** Sends the file in fragments and returns its quickXorHash. */
async function sendFile(url: string, path: string, sizeBytes: number): Promise<string> {
  using file = await Deno.open(path);
  const hash = new QuickXorHash();
  for (let start = 0; start < sizeBytes;) {
    const bytes = new Uint8Array(Math.min(FRAGMENT_BYTES, sizeBytes - start));
    for (let at = 0; at < bytes.length;) at += await file.read(bytes.subarray(at)) ?? 0;
    hash.update(bytes);
    const end = start + bytes.length;
    const headers = { "content-range": `bytes ${start}-${end - 1}/${sizeBytes}` };
    const response = await fetch(url, { method: "PUT", headers, body: bytes });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`OneDrive answered ${response.status}.`);
    start = end;
  }
  return hash.digest();
}
