import assert from "node:assert/strict";
import type { VideoFormat } from "../../../supabase/functions/_shared/contracts/publish-format.ts";
import { probeVideo } from "../../../supabase/functions/publish/media/probe-video.ts";
import { H264, makeClip } from "./support/make-clip.ts";

const MIB = 1024 * 1024;

/** Probes bytes and tells how much of them was read. */
async function probe(bytes: Uint8Array<ArrayBuffer>) {
  let read = 0;
  let reads = 0;
  const format = await probeVideo({
    sizeBytes: bytes.length,
    read: (start, end) => {
      assert.ok(0 <= start && start < end && end <= bytes.length, `${start}-${end} of ${bytes.length}`);
      read += end - start;
      reads++;
      return Promise.resolve(bytes.slice(start, end));
    },
  });
  assert.ok(read <= 4 * MIB && reads <= 48, `${read} bytes in ${reads} reads`);
  return format;
}

function assertFacts(format: VideoFormat, facts: Partial<VideoFormat>): void {
  assert.deepEqual({ ...format, ...facts }, format);
}

const FAST = ["-movflags", "+faststart"];
const plain = await makeClip({ options: H264 });

Deno.test("an MP4 with its index in front", async () => {
  const bytes = await makeClip({ options: [...H264, ...FAST], seconds: 2, size: "180x320" });
  assertFacts(await probe(bytes), {
    kind: "video",
    container: "MP4",
    video_codec: "H.264",
    video_profile: "Baseline",
    audio_codec: "AAC",
    audio_channels: 1,
    audio_sample_rate: 48_000,
    size_bytes: bytes.length,
    width: 180,
    height: 320,
    rotation: 0,
    fps: 30,
    has_fast_start: true,
  });
});

Deno.test("an MP4 with its index at the end, its length and rate", async () => {
  const format = await probe(plain);
  assertFacts(format, { container: "MP4", has_fast_start: false });
  assert.ok(Math.abs(format.duration_seconds! - 1) < 0.1, String(format.duration_seconds));
  assert.ok(Math.abs(format.bitrate! / (plain.length * 8 / format.duration_seconds!) - 1) < 0.001);
});

Deno.test("a fragmented MP4", async () => {
  const bytes = await makeClip({ options: [...H264, "-movflags", "frag_keyframe+empty_moov"] });
  const format = await probe(bytes);
  assertFacts(format, { container: "MP4", video_codec: "H.264", has_fast_start: true });
  assert.ok(Math.abs(format.fps! - 30) < 1 && Math.abs(format.duration_seconds! - 1) < 0.1);
});

Deno.test("a QuickTime file with HEVC", async () => {
  const hevc = [
    "-c:v",
    "libx265",
    "-preset",
    "ultrafast",
    "-x265-params",
    "log-level=error",
    "-tag:v",
    "hvc1",
  ];
  const bytes = await makeClip({ options: [...hevc, "-c:a", "aac"], extension: "mov" });
  assertFacts(await probe(bytes), { container: "QuickTime", video_codec: "HEVC", video_profile: "Main" });
});

Deno.test("a WebM with VP9 and Opus", async () => {
  const options = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"];
  const format = await probe(await makeClip({ options, extension: "webm" }));
  assertFacts(format, {
    kind: "video",
    container: "WebM",
    video_codec: "VP9",
    audio_codec: "Opus",
    has_fast_start: null,
  });
  assert.ok(Math.abs(format.fps! - 30) < 0.5 && Math.abs(format.duration_seconds! - 1) < 0.1);
});

Deno.test("a Matroska file with FLAC sound", async () => {
  const bytes = await makeClip({ options: [...H264, "-c:a", "flac"], extension: "mkv" });
  assertFacts(await probe(bytes), { container: "Matroska", video_codec: "H.264", audio_codec: "FLAC" });
});

Deno.test("60 frames a second", async () => {
  assertFacts(await probe(await makeClip({ options: H264, fps: 60 })), { fps: 60 });
});

Deno.test("a picture that players turn upright", async () => {
  const bytes = plain.slice();
  const matrix = findBoxes(bytes, "tkhd")[0]! + 44;
  const view = new DataView(bytes.buffer);
  [0, 0x1_0000, 0, 0xffff_0000, 0].forEach((value, index) => view.setUint32(matrix + index * 4, value));
  assertFacts(await probe(bytes), { width: 180, height: 320, rotation: 90 });
});

Deno.test("a wide 4K picture without sound", async () => {
  const bytes = await makeClip({ options: H264, size: "3840x2160", seconds: 0.2, sound: false });
  assertFacts(await probe(bytes), { width: 3840, height: 2160, audio_codec: null, audio_channels: null });
});

Deno.test("an index that says three hours", async () => {
  const bytes = plain.slice();
  for (const type of ["mvhd", "mdhd"]) patchDuration(bytes, type, 3 * 3600);
  assertFacts(await probe(bytes), { duration_seconds: 3 * 3600 });
});

Deno.test("a file whose end is missing", async () => {
  assertFacts(await probe(plain.slice(0, plain.length / 2)), { kind: "damaged", duration_seconds: null });
  const fast = await makeClip({ options: [...H264, ...FAST] });
  assertFacts(await probe(fast.slice(0, 600)), { kind: "damaged" });
});

Deno.test("sound without a picture", async () => {
  const bytes = await makeClip({ picture: false, options: ["-c:a", "aac"], extension: "m4a" });
  assertFacts(await probe(bytes), { kind: "audio", audio_codec: "AAC", video_codec: null });
});

Deno.test("files that are no video", async () => {
  const text = (content: string) => new TextEncoder().encode(content.padEnd(500));
  for (const content of ["%PDF-1.7", "<!DOCTYPE html><p>", '{ "a": 1 }', "\x7fELF"]) {
    assertFacts(await probe(text(content)), { kind: "not_video" });
  }
  assertFacts(await probe(new Uint8Array()), { kind: "not_video", size_bytes: 0 });
});

Deno.test("bytes nobody knows", async () => {
  const noise = new Uint8Array(3 * MIB).map((_, index) => (index * 31 + (index >> 8)) & 0xff);
  assertFacts(await probe(noise), { kind: "unknown", container: null });
  const named = noise.slice();
  named.set(new TextEncoder().encode("\0\0\0\x18ftypmp42"));
  assertFacts(await probe(named), { kind: "unknown" });
  assertFacts(await probe(noise.slice(0, 5)), { kind: "unknown" });
});

Deno.test("an AVI, which only its first bytes tell", async () => {
  const options = ["-c:v", "mpeg4", "-c:a", "mp3"];
  assertFacts(await probe(await makeClip({ options, extension: "avi" })), {
    kind: "video",
    container: "AVI",
  });
});

Deno.test("a codec without a name of ours", async () => {
  const options = ["-c:v", "mpeg4", "-c:a", "aac"];
  assertFacts(await probe(await makeClip({ options })), { kind: "video", video_codec: "MPEG-4" });
});

Deno.test("ten gigabytes with the index behind the picture", async () => {
  const [mdat, moov] = [findBoxes(plain, "mdat")[0]! - 4, findBoxes(plain, "moov")[0]! - 4];
  const head = new Uint8Array(mdat + 16);
  head.set(plain.subarray(0, mdat));
  const view = new DataView(head.buffer);
  view.setUint32(mdat, 1);
  head.set(new TextEncoder().encode("mdat"), mdat + 4);
  view.setBigUint64(mdat + 8, 10n * 1024n ** 3n);
  const tail = plain.subarray(moov);
  const tailAt = mdat + 10 * 1024 ** 3;
  let read = 0;
  const format = await probeVideo({
    sizeBytes: tailAt + tail.length,
    read: (start, end) => {
      read += end - start;
      const bytes = new Uint8Array(end - start);
      for (const [part, at] of [[head, 0], [tail, tailAt]] as const) {
        const from = Math.max(start, at);
        const to = Math.min(end, at + part.length);
        if (from < to) bytes.set(part.subarray(from - at, to - at), from - start);
      }
      return Promise.resolve(bytes);
    },
  });
  assertFacts(format, { kind: "video", video_codec: "H.264", width: 320, has_fast_start: false, fps: 30 });
  assert.ok(read < MIB, `${read} bytes read`);
});

Deno.test("an index of many megabytes is read in a few pages", async () => {
  // A table of 20 MB in front of the others, as a film of hours has it.
  const stbl = findBoxes(plain, "stbl")[0]! - 4;
  const table = new Uint8Array(20 * MIB);
  new DataView(table.buffer).setUint32(0, table.length);
  table.set(new TextEncoder().encode("ctts"), 4);
  const bytes = new Uint8Array(plain.length + table.length);
  bytes.set(plain.subarray(0, stbl + 8));
  bytes.set(table, stbl + 8);
  bytes.set(plain.subarray(stbl + 8), stbl + 8 + table.length);
  const view = new DataView(bytes.buffer);
  for (const type of ["moov", "trak", "mdia", "minf", "stbl"]) {
    const at = findBoxes(plain, type)[0]! - 4;
    view.setUint32(at, view.getUint32(at) + table.length);
  }
  assertFacts(await probe(bytes), {
    kind: "video",
    video_codec: "H.264",
    audio_codec: "AAC",
    width: 320,
    fps: 30,
  });
});

Deno.test("damaged copies of a file, byte by byte", async () => {
  const moov = findBoxes(plain, "moov")[0]! - 4;
  const kinds = new Set<string>();
  for (let round = 0; round < 400; round++) {
    const bytes = plain.slice();
    for (let hit = 0; hit < 6; hit++) {
      const at = moov + (round * 7919 + hit * 104_729) % (bytes.length - moov);
      bytes[at] = [0, 1, 0x7f, 0xff, bytes[at]! ^ 0x55][(round + hit) % 5]!;
    }
    kinds.add((await probe(bytes)).kind);
  }
  assert.ok(kinds.has("video") && kinds.has("damaged"), [...kinds].join());
});

/** Overwrites the duration of every box of a type, version 0. */
function patchDuration(bytes: Uint8Array<ArrayBuffer>, type: string, seconds: number): void {
  const view = new DataView(bytes.buffer);
  for (const at of findBoxes(bytes, type)) view.setUint32(at + 20, view.getUint32(at + 16) * seconds);
}

/** Where the names of boxes of a type stand. */
function findBoxes(bytes: Uint8Array, type: string): number[] {
  const text = new TextDecoder("latin1").decode(bytes);
  return [...text.matchAll(new RegExp(type, "g"))].map(({ index }) => index);
}
