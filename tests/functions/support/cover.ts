import type { TestAccount } from "./account.ts";

/** A JPEG as far as anybody looks who asks only for its frame: no two of them are the same. */
export function createJpeg(
  width: number,
  height: number,
  seed = crypto.randomUUID(),
): Uint8Array<ArrayBuffer> {
  const comment = new TextEncoder().encode(seed);
  return new Uint8Array([
    ...[0xff, 0xd8],
    ...[0xff, 0xfe, ...twoBytes(comment.length + 2), ...comment],
    ...[0xff, 0xc0, ...twoBytes(11), 8, ...twoBytes(height), ...twoBytes(width), 1, 1, 0x11, 0],
    ...[0xff, 0xd9],
  ]);
}

/** Stores a cover as the web app does and returns its path, or the refusal. */
export async function storeCover(
  account: TestAccount,
  bytes: Uint8Array<ArrayBuffer>,
  { shape = "tall", type = "image/jpeg", folder = account.id } = {},
): Promise<{ path: string; refusal: string | null }> {
  const path = `${folder}/${crypto.randomUUID()}/${shape}.${type === "image/png" ? "png" : "jpg"}`;
  const { error } = await account.client.storage.from("covers").upload(path, bytes, { contentType: type });
  return { path, refusal: error?.message ?? null };
}

const twoBytes = (value: number) => [value >> 8, value & 0xff];
