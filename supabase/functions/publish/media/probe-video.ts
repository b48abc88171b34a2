import {
  CustomSource,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  Logging,
  LogLevel,
  MATROSKA,
  MP4,
  MPEG_TS,
  QTFF,
  WEBM,
} from "mediabunny";
import type { VideoFormat } from "../../_shared/contracts/publish-format.ts";
import { nameAudioCodec, nameProfile, nameVideoCodec } from "./name-codec.ts";
import { limitSamples } from "./limit-samples.ts";
import { type MovieIndex, readMovieIndex } from "./movie-index.ts";
import { createPageReader, type ReadBytes, ReadLimit } from "./page-reader.ts";
import { sniffFile } from "./sniff-file.ts";
import { withoutBulk } from "./without-bulk.ts";

export type ProbeVideo = typeof probeVideo;

const TIMEOUT_MS = 25_000;
/** A file may claim anything; larger numbers are not taken at their word. */
const MOST = 1e9;
/** Frames looked at where the index does not tell their number. */
const SAMPLED_FRAMES = 40;
const MOVIES = { MP4: true, "QuickTime File Format": true };
const FORMATS: Readonly<Record<string, string>> = {
  "QuickTime File Format": "QuickTime",
  "MPEG Transport Stream": "MPEG-TS",
};

// What it says of damaged files is in the result.
Logging.level = LogLevel.Silent;

const NOTHING: Omit<VideoFormat, "kind" | "size_bytes"> = {
  container: null,
  video_codec: null,
  video_profile: null,
  audio_codec: null,
  audio_channels: null,
  audio_sample_rate: null,
  duration_seconds: null,
  width: null,
  height: null,
  rotation: null,
  fps: null,
  bitrate: null,
  has_fast_start: null,
};

/**
 * What a file says of itself, from at most 4 MiB of it. Never fails for what is in the file: what cannot be read is
 * null, and `kind` says what is wrong. Throws what `read` throws.
 */
export async function probeVideo(file: { sizeBytes: number; read: ReadBytes }): Promise<VideoFormat> {
  const { sizeBytes } = file;
  if (sizeBytes === 0) return { ...NOTHING, kind: "not_video", size_bytes: 0 };
  let failure: unknown = null;
  const read = createPageReader(async (start, end) => {
    try {
      return await file.read(start, end);
    } catch (error) {
      // A parser may take it for the end of the file; it is the reader's trouble, not the file's.
      failure ??= error;
      throw error;
    }
  }, sizeBytes);
  try {
    return await withinTime(describe(read, sizeBytes));
  } catch (error) {
    if (failure !== null) throw failure;
    if (error instanceof ReadLimit) return { ...NOTHING, kind: "unknown", size_bytes: sizeBytes };
    throw error;
  }
}

async function describe(read: ReadBytes, sizeBytes: number): Promise<VideoFormat> {
  const base = { ...NOTHING, size_bytes: sizeBytes };
  const sniffed = sniffFile(await read(0, Math.min(64, sizeBytes)));
  if (sniffed.kind === "video") return { ...base, kind: "video", container: sniffed.container };
  if (sniffed.kind === "not_video") return { ...base, kind: "not_video" };
  const index = await readMovieIndex(read, sizeBytes);
  if (index?.moov === null) return { ...base, kind: "damaged", container: "MP4" };
  const input = openInput(limitSamples(index ? withoutBulk(read, index) : read, sizeBytes), sizeBytes);
  try {
    return await readTracks(input, index, base);
  } catch (error) {
    if (error instanceof ReadLimit) throw error;
    return { ...base, kind: index ? "damaged" : "unknown" };
  } finally {
    input.dispose();
  }
}

function openInput(read: ReadBytes, sizeBytes: number): Input {
  return new Input({
    formats: [MP4, QTFF, WEBM, MATROSKA, MPEG_TS],
    source: new CustomSource({
      getSize: () => sizeBytes,
      read,
      // Whoever waits for the bytes is told; nobody else can do anything about it.
      handleUnhandledError: () => {},
    }),
  });
}

async function readTracks(
  input: Input,
  index: MovieIndex | null,
  base: Omit<VideoFormat, "kind">,
): Promise<VideoFormat> {
  const { name } = await input.getFormat();
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  const container = FORMATS[name] ?? name;
  const track = video ?? audio;
  // The name of an MP4 file without anything of one behind it.
  if (!track) {
    return index || !(name in MOVIES)
      ? { ...base, kind: "damaged", container }
      : { ...base, kind: "unknown" };
  }
  const told = durationOf(index) ??
    (await orNull(() => track.getDurationFromMetadata())) ??
    (await orNull(() => track.computeDuration()));
  // Nothing that was found has no length: it is not known.
  const duration = told !== null && told > 0 ? told : null;
  return {
    ...base,
    kind: video ? "video" : "audio",
    container,
    ...(video ? await describeVideo(video, index) : {}),
    ...(audio ? await describeAudio(audio) : {}),
    duration_seconds: duration === null ? null : round(duration),
    bitrate: duration !== null ? Math.round((base.size_bytes * 8) / duration) : null,
    has_fast_start: index && index.hasFastStart,
  };
}

async function describeVideo(track: InputVideoTrack, index: MovieIndex | null) {
  const parameters = await orNull(() => track.getCodecParameterString());
  const fps = fpsOf(index) ??
    (await orNull(async () => (await track.computePacketStats(SAMPLED_FRAMES)).averagePacketRate));
  return {
    video_codec: nameVideoCodec(await track.getCodec(), await track.getInternalCodecId()),
    video_profile: nameProfile(parameters),
    width: positive(await track.getDisplayWidth()),
    height: positive(await track.getDisplayHeight()),
    rotation: await track.getRotation(),
    fps: fps !== null && Number.isFinite(fps) && fps > 0 ? round(fps) : null,
  };
}

async function describeAudio(track: InputAudioTrack) {
  return {
    audio_codec: nameAudioCodec(await track.getCodec(), await track.getInternalCodecId()),
    audio_channels: positive(await track.getNumberOfChannels()),
    audio_sample_rate: positive(await track.getSampleRate()),
  };
}

/** Seconds; null where the index does not say. */
function durationOf(index: MovieIndex | null): number | null {
  if (index === null) return null;
  const longest = Math.max(index.duration, ...index.tracks.map((track) => secondsOf(track)));
  return longest > 0 ? longest : null;
}

function fpsOf(index: MovieIndex | null): number | null {
  const track = index?.tracks.find(({ handler, sampleCount }) => handler === "vide" && sampleCount > 0);
  return track && secondsOf(track) > 0 ? track.sampleCount / secondsOf(track) : null;
}

function secondsOf({ duration, timescale }: MovieIndex["tracks"][number]): number {
  return timescale > 0 ? duration / timescale : 0;
}

/** A fact that is not worth giving up the others for. */
async function orNull<Fact>(find: () => Promise<Fact | null>): Promise<Fact | null> {
  try {
    return await find();
  } catch {
    return null;
  }
}

async function withinTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ReadLimit()), TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function positive(value: number): number | null {
  return value > 0 && value <= MOST ? Math.round(value) : null;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
