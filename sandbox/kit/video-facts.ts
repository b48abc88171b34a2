import { findBox, readBoxes, readMovieBox } from "./mp4-box.ts";

/** Facts a video file tells about itself, in milliseconds, pixels and bits per second. */
export interface VideoFacts {
  duration: number;
  width: number;
  height: number;
  bitrate: number;
  frameRate?: number;
  fourCC?: string;
  audioFormat?: string;
  audioChannels?: number;
  audioSamplesPerSecond?: number;
}

const VIDEO_CODECS: Record<string, string> = {
  avc1: "H264",
  avc3: "H264",
  hvc1: "HEVC",
  hev1: "HEVC",
  av01: "AV1",
};
const AUDIO_CODECS: Record<string, string> = { mp4a: "AAC", Opus: "OPUS", "ac-3": "AC3" };

/** What an MP4 or QuickTime file says of itself; null for other files and damaged ones. */
export async function readVideoFacts(path: string): Promise<VideoFacts | null> {
  try {
    const movie = await readMovieBox(path);
    if (movie === null) return null;
    const { size } = await Deno.stat(path);
    return factsOf(movie, size);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function factsOf(movie: DataView, fileSize: number): VideoFacts | null {
  const seconds = readDuration(findBox(movie, "mvhd"));
  const tracks = [...readBoxes(movie)].filter((box) => box.type === "trak").map((box) => box.data);
  const video = tracks.find((track) => handlerOf(track) === "vide");
  if (video === undefined || seconds === null || seconds <= 0) return null;
  const audio = tracks.find((track) => handlerOf(track) === "soun");
  return {
    duration: Math.round(seconds * 1000),
    ...readSize(video),
    bitrate: Math.round(fileSize * 8 / seconds),
    ...readFrameRate(video),
    ...readCodec(video, VIDEO_CODECS, "fourCC"),
    ...(audio === undefined ? {} : readAudio(audio)),
  };
}

/** Duration of an `mvhd` or `mdhd` box in seconds; their first fields are the same. */
function readDuration(header: DataView | null): number | null {
  if (header === null) return null;
  const isLong = header.getUint8(0) === 1;
  const scale = header.getUint32(isLong ? 20 : 12);
  const duration = isLong ? Number(header.getBigUint64(24)) : header.getUint32(16);
  return scale === 0 ? null : duration / scale;
}

function handlerOf(track: DataView): string {
  const handler = findBox(track, "mdia", "hdlr");
  return handler === null ? "" : readType(handler, 8);
}

/** Width and height are 16.16 fixed point at the end of `tkhd`. */
function readSize(track: DataView): { width: number; height: number } {
  const header = findBox(track, "tkhd");
  if (header === null) return { width: 0, height: 0 };
  const at = header.getUint8(0) === 1 ? 88 : 76;
  return { width: header.getUint32(at) >>> 16, height: header.getUint32(at + 4) >>> 16 };
}

function readFrameRate(track: DataView): { frameRate?: number } {
  const seconds = readDuration(findBox(track, "mdia", "mdhd"));
  const times = findBox(track, "mdia", "minf", "stbl", "stts");
  if (times === null || seconds === null || seconds <= 0) return {};
  let frames = 0;
  for (let entry = 0; entry < times.getUint32(4); entry++) frames += times.getUint32(8 + entry * 8);
  return frames === 0 ? {} : { frameRate: Math.round(frames / seconds * 100) / 100 };
}

function readAudio(track: DataView): Partial<VideoFacts> {
  const entry = findBox(track, "mdia", "minf", "stbl", "stsd");
  if (entry === null || entry.byteLength < 44) return {};
  return {
    ...readCodec(track, AUDIO_CODECS, "audioFormat"),
    audioChannels: entry.getUint16(8 + 24),
    audioSamplesPerSecond: entry.getUint32(8 + 32) >>> 16,
  };
}

function readCodec(
  track: DataView,
  names: Record<string, string>,
  field: "fourCC" | "audioFormat",
): Partial<VideoFacts> {
  const description = findBox(track, "mdia", "minf", "stbl", "stsd");
  if (description === null || description.byteLength < 16) return {};
  const code = readType(description, 12);
  return { [field]: names[code] ?? code.trim().toUpperCase() };
}

function readType(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
}
