import type { ReadBytes } from "./page-reader.ts";

/** A box of an MP4 or QuickTime file; `start` is its first byte, `body` the first after its header. */
interface Box {
  type: string;
  start: number;
  body: number;
  end: number;
}

/** What one `trak` box says; times in units of `timescale` a second. */
export interface MovieTrack {
  handler: string;
  timescale: number;
  duration: number;
  sampleCount: number;
}

/** Where the index of an MP4 or QuickTime file lies and what it says (rule: ISO/IEC 14496-12). */
export interface MovieIndex {
  /** Null: the file has boxes but no index that lies in it whole. */
  moov: { start: number; end: number } | null;
  hasFastStart: boolean;
  isFragmented: boolean;
  /** Seconds. */
  duration: number;
  tracks: MovieTrack[];
  /** Boxes of the index nobody needs to read: tables with an entry per picture, covers, padding. */
  bulk: Box[];
}

const TOP_LEVEL = [
  "ftyp",
  "styp",
  "moov",
  "mdat",
  "free",
  "skip",
  "wide",
  "uuid",
  "pnot",
  "moof",
  "sidx",
  "meta",
  "pdin",
];
const CONTAINERS = ["moov", "trak", "mdia", "minf", "stbl"];
const TABLES = [
  "stsz",
  "stz2",
  "stco",
  "co64",
  "ctts",
  "stss",
  "stts",
  "stsc",
  "sdtp",
  "sbgp",
  "subs",
  "saio",
  "saiz",
];
const EXTRAS = ["udta", "meta", "uuid", "free", "skip"];
const LEAST_BULK_BYTES = 4096;
const MAX_TOP_LEVEL_BOXES = 64;
const MAX_INDEX_BOXES = 1000;

/** Walks the boxes of a file. Null when it does not begin like an MP4 or QuickTime file. */
export async function readMovieIndex(read: ReadBytes, sizeBytes: number): Promise<MovieIndex | null> {
  let hasMedia = false;
  let count = 0;
  for (let at = 0; at < sizeBytes && count < MAX_TOP_LEVEL_BOXES; count++) {
    const box = await readBox(read, at, sizeBytes);
    if (box === null || !TOP_LEVEL.includes(box.type)) break;
    if (box.type === "mdat" || box.type === "moof") hasMedia = true;
    if (box.type === "moov" && box.end <= sizeBytes) return await readIndex(read, box, !hasMedia);
    at = box.end;
  }
  // An `ftyp` alone proves nothing: other files are named so too.
  if (count < 2) return null;
  return { moov: null, hasFastStart: false, isFragmented: false, duration: 0, tracks: [], bulk: [] };
}

async function readIndex(read: ReadBytes, moov: Box, isFirst: boolean): Promise<MovieIndex> {
  const index: MovieIndex = {
    moov: { start: moov.start, end: moov.end },
    hasFastStart: isFirst,
    isFragmented: false,
    duration: 0,
    tracks: [],
    bulk: [],
  };
  let left = MAX_INDEX_BOXES;

  async function walk(parent: Box): Promise<void> {
    for (let at = parent.body; at < parent.end && left > 0; left--) {
      const box = await readBox(read, at, parent.end);
      if (box === null || box.end > parent.end) return;
      await visit(box);
      at = box.end;
    }
  }

  async function visit(box: Box): Promise<void> {
    const track = index.tracks.at(-1);
    const size = box.end - box.start;
    if (box.type === "mvex") index.isFragmented = true;
    if (box.type === "mvhd") {
      const { timescale, duration } = await readTimes(read, box);
      index.duration = timescale > 0 ? duration / timescale : 0;
    }
    if (box.type === "trak") index.tracks.push({ handler: "", timescale: 0, duration: 0, sampleCount: 0 });
    if (track && box.type === "mdhd") Object.assign(track, await readTimes(read, box));
    if (track && box.type === "hdlr" && track.handler === "" && size >= 20) {
      track.handler = readType(await read(box.body, box.body + 12), 8);
    }
    if (track && (box.type === "stsz" || box.type === "stz2") && size >= 20) {
      track.sampleCount = viewOf(await read(box.body, box.body + 12)).getUint32(8);
    }
    const isBulk = size > LEAST_BULK_BYTES && (TABLES.includes(box.type) || EXTRAS.includes(box.type));
    if (isBulk) index.bulk.push(box);
    else if (CONTAINERS.includes(box.type)) await walk(box);
  }

  await walk(moov);
  return index;
}

/** Timescale and duration of an `mvhd` or `mdhd` box; their first fields are the same. */
async function readTimes(read: ReadBytes, box: Box): Promise<{ timescale: number; duration: number }> {
  const length = Math.min(box.end - box.body, 32);
  if (length < 20) return { timescale: 0, duration: 0 };
  const view = viewOf(await read(box.body, box.body + length));
  if (view.getUint8(0) !== 1) return { timescale: view.getUint32(12), duration: known(view.getUint32(16)) };
  if (length < 32) return { timescale: 0, duration: 0 };
  return { timescale: view.getUint32(20), duration: known(Number(view.getBigUint64(24))) };
}

/** All ones means that nobody knows. */
function known(duration: number): number {
  return duration === 0xffff_ffff || duration > Number.MAX_SAFE_INTEGER ? 0 : duration;
}

/** Null for what cannot be a box. The end may lie behind the end of the file. */
async function readBox(read: ReadBytes, start: number, limit: number): Promise<Box | null> {
  if (limit - start < 8) return null;
  const bytes = await read(start, Math.min(start + 16, limit));
  const view = viewOf(bytes);
  const type = readType(bytes, 4);
  const size = view.getUint32(0);
  if (size === 0) return { type, start, body: start + 8, end: limit };
  if (size >= 8) return { type, start, body: start + 8, end: start + size };
  if (size !== 1 || bytes.length < 16) return null;
  const long = Number(view.getBigUint64(8));
  return long < 16 || !Number.isSafeInteger(start + long)
    ? null
    : { type, start, body: start + 16, end: start + long };
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readType(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
