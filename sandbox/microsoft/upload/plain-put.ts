import { BlobWriter } from "../../kit/blob-writer.ts";
import type { Exchange } from "../../kit/exchange.ts";
import type { Kit } from "../../kit/provider.ts";
import { QuickXorHash } from "../quick-xor-hash.ts";

/** Not part of the real service: the yardstick for upload speed. */
export const PLAIN_PUT_PATH = "/__sandbox/plain-put";

/**
 * Takes a body of any length in one request and does with it what a fragment gets done (to disk, hashed), then
 * forgets it. A benchmark compares a sliced upload with this one, on the same host from the same page.
 */
export async function answerPlainPut(kit: Kit, exchange: Exchange): Promise<Response> {
  const blob = kit.blobs.create();
  const hash = new QuickXorHash();
  try {
    const writer = await BlobWriter.open(kit.blobs.path(blob), 0, (bytes) => hash.update(bytes));
    try {
      await exchange.body.pump((chunk) => writer.write(chunk));
    } finally {
      await writer.close();
    }
    return Response.json({ size: hash.length, quickxor: hash.digest() });
  } finally {
    await kit.blobs.remove(blob);
  }
}
