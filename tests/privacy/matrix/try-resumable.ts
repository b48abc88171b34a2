import assert from "node:assert/strict";
import type { Intruder } from "../support/callers.ts";
import { forEachAtOnce } from "../support/for-each-at-once.ts";
import { send } from "../support/send.ts";
import type { Tally } from "../support/tally.ts";
import type { World } from "../support/world.ts";
import { type Bucket, listBucketCallers } from "./try-bucket.ts";

const TUS = { "tus-resumable": "1.0.0" };
const BYTES = new TextEncoder().encode("owners-secret");

/**
 * An upload in parts that its owner has begun: nobody else goes on with it or drops it. Storage tells its offset to
 * whoever has its address, hosted as here; the address holds a random id, and without that there is no answer.
 */
export async function tryResumable(
  world: World,
  bucket: Bucket,
  intruders: Intruder[],
  tally: Tally,
): Promise<void> {
  const { env, owner } = world;
  const { rightful: as, others } = listBucketCallers(world, bucket, intruders);
  const type = bucket.allowed_mime_types?.[0] ?? "application/octet-stream";
  const fields = { bucketName: bucket.id, objectName: `${owner.id}/parts.bin`, contentType: type };
  const metadata = Object.entries(fields).map(([key, value]) => `${key} ${btoa(value)}`).join(",");
  const begun = await send("POST", `${env.API_URL}/storage/v1/upload/resumable`, {
    headers: { ...as, ...TUS, "upload-length": String(BYTES.length), "upload-metadata": metadata },
  });
  assert.equal(begun.status, 201, begun.text);
  const at = new URL(begun.headers.get("location")!, env.API_URL).href;
  const part = { "upload-offset": "0", "content-type": "application/offset+octet-stream" };
  const steps = [
    { title: "guess the address", method: "HEAD", url: withAnotherId(at) },
    { title: "send a part", method: "PATCH", url: at, headers: part, body: BYTES },
    { title: "drop", method: "DELETE", url: at },
  ];
  for (const { title, method, url, headers, body } of steps) {
    const target = `storage: ${bucket.id} resumable: ${title}`;
    // The owner's turn comes last: it ends the upload.
    tally.opened(target);
    await forEachAtOnce(others, async (intruder) => {
      const all = { ...intruder.headers, ...TUS, ...headers };
      const answer = await send(method, url, { headers: all, body });
      assert.ok(answer.status >= 400, `${target} by ${intruder.title}: ${answer.status} ${answer.text}`);
      tally.refused(target, { ...intruder, isSignedIn: false }, answer);
    });
  }
  const offset = await send("HEAD", at, { headers: { ...as, ...TUS } });
  assert.deepEqual(
    [offset.status, offset.headers.get("upload-offset")],
    [200, "0"],
    "nobody sent or dropped it",
  );
  const sent = await send("PATCH", at, { headers: { ...as, ...TUS, ...part }, body: BYTES });
  assert.equal(sent.status, 204, sent.text);
}

/** The address of an upload is base64url of bucket, name and a random id. */
function withAnotherId(at: string): string {
  const place = at.lastIndexOf("/") + 1;
  const known = Uint8Array.fromBase64(at.slice(place), { alphabet: "base64url" });
  const parts = new TextDecoder().decode(known).split("/");
  const guess = new TextEncoder().encode([...parts.slice(0, -1), crypto.randomUUID()].join("/"));
  return at.slice(0, place) + guess.toBase64({ alphabet: "base64url", omitPadding: true });
}
