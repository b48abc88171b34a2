import assert from "node:assert/strict";
import { probeVideo } from "../../../supabase/functions/publish/media/probe-video.ts";
import { H264, makeClip } from "./support/make-clip.ts";

const ALL = 0xffff_ffff;

Deno.test("a fragment that claims four billion samples in twelve bytes", async () => {
  const bytes = await makeClip({ options: [...H264, "-movflags", "frag_keyframe+empty_moov"] });
  const view = new DataView(bytes.buffer);
  const runs = findBoxes(bytes, "trun");
  assert.ok(runs.length > 0);
  for (const at of runs) {
    // No field of a sample's own: nothing has to be in the file for each of them.
    view.setUint32(at + 4, 0);
    view.setUint32(at + 8, ALL);
  }
  const format = await probe(bytes);
  assert.equal(format.kind, "video");
  assert.equal(format.fps, null);
});

Deno.test("tables that claim four billion samples in an index without a length", async () => {
  const bytes = await makeClip({
    options: ["-c:v", "libx264", "-bf", "2", "-pix_fmt", "yuv420p", "-c:a", "aac"],
  });
  const view = new DataView(bytes.buffer);
  assert.ok(findBoxes(bytes, "ctts").length > 0);
  for (const at of findBoxes(bytes, "stts")) view.setUint32(at + 12, ALL);
  for (const at of [...findBoxes(bytes, "mvhd"), ...findBoxes(bytes, "mdhd")]) view.setUint32(at + 20, 0);
  const format = await probe(bytes);
  assert.equal(format.kind, "video");
  assert.equal(format.width, 320);
  assert.equal(format.duration_seconds, null);
});

function probe(bytes: Uint8Array<ArrayBuffer>) {
  return probeVideo({
    sizeBytes: bytes.length,
    read: (start, end) => Promise.resolve(bytes.slice(start, end)),
  });
}

/** Where the names of boxes of a type stand. */
function findBoxes(bytes: Uint8Array, type: string): number[] {
  const text = new TextDecoder("latin1").decode(bytes);
  return [...text.matchAll(new RegExp(type, "g"))].map(({ index }) => index);
}
