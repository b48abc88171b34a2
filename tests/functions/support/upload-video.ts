import { QuickXorHash } from "../../../sandbox/microsoft/quick-xor-hash.ts";
import type { TestAccount } from "./account.ts";
import { type Answer, callFunction } from "./call-function.ts";
import { createBytes, openUpload, sendBytes } from "./onedrive.ts";
import { poll } from "./poll.ts";

type StackEnv = Readonly<Record<string, string>>;

/** quickXorHash of bytes, base64. */
export function hashOf(bytes: Uint8Array): string {
  const hash = new QuickXorHash();
  hash.update(bytes);
  return hash.digest();
}

/** Asks to complete an upload until the answer is not "ask again". */
export function completeUpload(
  env: StackEnv,
  account: TestAccount,
  sessionId: unknown,
  body: Record<string, unknown>,
): Promise<Answer> {
  return poll("the upload is verified", async () => {
    const answer = await callFunction(env, account, "POST", `onedrive/uploads/${sessionId}/complete`, {
      body,
    });
    return answer.status !== 202 && answer;
  });
}

/** Uploads a small file and returns its video. */
export async function uploadVideo(
  env: StackEnv,
  account: TestAccount,
  more: Record<string, unknown> = {},
  bytes = createBytes(700_000),
) {
  const opened = await openUpload(env, account, bytes, more);
  if (opened.status !== 200) throw new Error(`Upload refused: ${JSON.stringify(opened.body)}`);
  await sendBytes(String(opened.body.upload_url), bytes);
  const claim = { quickxor: hashOf(bytes) };
  const { status, body } = await completeUpload(env, account, opened.body.upload_session_id, claim);
  if (status !== 200) throw new Error(`Upload not completed: ${JSON.stringify(body)}`);
  return body as Record<string, unknown> & { id: string; filename: string; onedrive_path: string };
}
