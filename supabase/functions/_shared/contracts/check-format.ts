import type { PlatformLimits } from "./format-limits.ts";
import type { FormatFinding, FormatRule, FormatVerdict, VideoFormat } from "./publish-format.ts";
import {
  describeBytes,
  describeMeasures,
  describeRange,
  describeSeconds,
  joinNames,
  round,
} from "./format-words.ts";
import type { Platform } from "./publish.ts";

const NAMES: Readonly<Record<Platform, string>> = {
  youtube: "YouTube",
  instagram: "Instagram",
  tiktok: "TikTok",
  facebook: "Facebook",
};
/** Measures are rounded by cameras and containers: 60 frames may be told as 60.02, 3 seconds as 2.99. */
const FPS_SLACK = 0.1;
const SECONDS_SLACK = 0.05;
const RATIO_SLACK = 0.005;
/** Below this a picture is not worth looking at, bits per second. */
const LEAST_BITRATE = 400_000;
const CONVERT = "Have it converted to MP4 with H.264 and AAC.";

/** What of the words of a finding differs from rule to rule. */
interface Complaint {
  rule: FormatRule;
  found: string;
  allowed: string;
  /** What is the matter, without platform and next step. */
  problem: string;
  nextStep: string;
  isConvertible: boolean;
}

/**
 * Compares what a file says of itself with what a platform takes; what is not known is not judged. Worst first. Pure:
 * the same answer in the browser, when composing and before work starts.
 */
export function checkFormat(
  format: VideoFormat,
  platform: Platform,
  limits: PlatformLimits,
): FormatFinding[] {
  const name = NAMES[platform];
  const unreadable = judgeFile(format, name);
  if (unreadable) return [unreadable];
  const findings = [
    ...judgeCodecs(format, limits),
    ...judgeLength(format, limits),
    ...judgePicture(format, limits),
  ].map((complaint) => toFinding(complaint, name, limits));
  const rank = ({ severity, is_convertible }: FormatFinding) =>
    severity === "warns" ? 2 : is_convertible ? 1 : 0;
  return findings.sort((one, other) => rank(one) - rank(other));
}

/** What the findings of a target come to. */
export function toVerdict(findings: readonly FormatFinding[]): FormatVerdict {
  const blocking = findings.filter(({ severity }) => severity === "blocks");
  if (blocking.length === 0) return "fits";
  return blocking.every(({ is_convertible }) => is_convertible) ? "needs_conversion" : "refused";
}

function toFinding(complaint: Complaint, name: string, limits: PlatformLimits): FormatFinding {
  const { rule, found, allowed, isConvertible } = complaint;
  const isAdvice = limits.advice.includes(rule);
  const verb = isAdvice ? "advises" : "takes";
  return {
    rule,
    severity: isAdvice ? "warns" : "blocks",
    message: `${name} ${verb} ${allowed}; ${complaint.problem}. ${complaint.nextStep}`,
    found,
    allowed,
    is_convertible: isConvertible,
  };
}

function judgeFile({ kind }: VideoFormat, name: string): FormatFinding | null {
  const say = (severity: "blocks" | "warns", message: string, found: string): FormatFinding => ({
    rule: "file",
    severity,
    message,
    found,
    allowed: "a video",
    is_convertible: false,
  });
  if (kind === "audio") {
    return say("blocks", "This file has sound but no picture. Choose a video.", "sound only");
  }
  if (kind === "not_video") return say("blocks", "This file is not a video. Choose another one.", "no video");
  if (kind === "damaged") {
    return say(
      "blocks",
      "This file is damaged or not complete: its index is missing. Export it again and replace it in your OneDrive.",
      "damaged",
    );
  }
  if (kind === "unknown") {
    const message = `We cannot read this file, so ${name} decides. If it does not take it, ` +
      "export the video as MP4 with H.264 and AAC.";
    return say("warns", message, "unknown");
  }
  return null;
}

function* judgeCodecs(format: VideoFormat, limits: PlatformLimits): Generator<Complaint> {
  const list = function* (rule: FormatRule, found: string | null, allowed: string[] | null, what: string) {
    if (found === null || allowed === null || allowed.includes(found)) return;
    const problem = `${what} is ${found}`;
    yield { rule, found, allowed: joinNames(allowed), problem, nextStep: CONVERT, isConvertible: true };
  };
  yield* list("container", format.container, limits.containers, "this file");
  yield* list("video_codec", format.video_codec, limits.video_codecs, "the picture of this file");
  yield* list("audio_codec", format.audio_codec, limits.audio_codecs, "the sound of this file");
  const profile = format.video_profile;
  if (profile !== null && limits.refused_profiles.includes(profile)) {
    const problem = `the profile of this file is ${profile}`;
    yield {
      rule: "video_profile",
      found: profile,
      allowed: "4:2:0 colors",
      problem,
      nextStep: CONVERT,
      isConvertible: true,
    };
  }
  yield* atMost(
    "audio_channels",
    format.audio_channels,
    limits.max_audio_channels,
    (value) => `${value} sound channels`,
  );
  yield* atMost(
    "audio_sample_rate",
    format.audio_sample_rate,
    limits.max_audio_sample_rate,
    (value) => `${round(value / 1000)} kHz sound`,
  );
}

function* judgeLength(format: VideoFormat, limits: PlatformLimits): Generator<Complaint> {
  const { duration_seconds: seconds, size_bytes: bytes } = format;
  const { min_duration_seconds: least, max_duration_seconds: most, max_size_bytes: maxBytes } = limits;
  const isShort = seconds !== null && least !== null && seconds < least - SECONDS_SLACK;
  const isLong = seconds !== null && most !== null && seconds > most + SECONDS_SLACK;
  if (isShort || isLong) {
    const found = describeSeconds(seconds);
    const isAdvice = limits.advice.includes("duration");
    yield {
      rule: "duration",
      found,
      allowed: `videos of ${describeRange(least, most, describeSeconds)}`,
      problem: `this one lasts ${found}`,
      nextStep: isShort
        ? "Choose a longer one."
        : isAdvice
        ? "It goes out as an ordinary video; cut it to make it a Short."
        : "Cut it, and replace the file in your OneDrive.",
      isConvertible: false,
    };
  }
  if (maxBytes !== null && bytes > maxBytes) {
    const room = seconds === null || seconds <= 0 ? 0 : (maxBytes * 8) / seconds;
    yield {
      rule: "file_size",
      found: describeBytes(bytes),
      allowed: `files of up to ${describeBytes(maxBytes)}`,
      problem: `this one has ${describeBytes(bytes)}`,
      nextStep: room >= LEAST_BITRATE ? "Have it converted to a smaller file." : "Cut it to make it smaller.",
      isConvertible: room >= LEAST_BITRATE,
    };
  }
  yield* atMost("bitrate", format.bitrate, limits.max_bitrate, (value) => `${round(value / 1e6)} Mbit/s`);
  if (limits.needs_fast_start && format.has_fast_start === false) {
    yield {
      rule: "fast_start",
      found: "index at the end",
      allowed: "files with their index in front",
      problem: "the index of this one is at its end",
      nextStep: "It usually works; export it for the web if it does not.",
      isConvertible: true,
    };
  }
}

function* judgePicture(format: VideoFormat, limits: PlatformLimits): Generator<Complaint> {
  const { width, height, fps } = format;
  if (width !== null && height !== null && width > 0 && height > 0) {
    const isSmall = width < (limits.min_width ?? 0) || height < (limits.min_height ?? 0);
    const isLarge = width > (limits.max_width ?? Infinity) || height > (limits.max_height ?? Infinity);
    const found = `${width} × ${height}`;
    if (isSmall || isLarge) {
      yield {
        rule: "resolution",
        found,
        allowed: `pictures ${describeMeasures(limits)}`,
        problem: `this one is ${found}`,
        nextStep: isSmall ? "Export it larger." : "Have it converted to a smaller picture.",
        isConvertible: !isSmall,
      };
    }
    const ratio = width / height;
    const isOutside = ratio < (limits.min_aspect_ratio ?? 0) - RATIO_SLACK ||
      ratio > (limits.max_aspect_ratio ?? Infinity) + RATIO_SLACK;
    if (isOutside) {
      const isAdvice = limits.advice.includes("aspect_ratio");
      yield {
        rule: "aspect_ratio",
        found,
        allowed: isAdvice ? "square or upright pictures for Shorts" : "pictures of another shape (9:16)",
        problem: `this one is ${found}`,
        nextStep: isAdvice
          ? "It goes out as an ordinary video."
          : "Have it converted: bars fill what is missing.",
        isConvertible: true,
      };
    }
  }
  const isOdd = fps !== null &&
    (fps < (limits.min_fps ?? 0) - FPS_SLACK || fps > (limits.max_fps ?? Infinity) + FPS_SLACK);
  if (isOdd) {
    const describe = (value: number) => `${round(value)} frames a second`;
    yield {
      rule: "frame_rate",
      found: describe(fps),
      allowed: describeRange(limits.min_fps, limits.max_fps, describe),
      problem: `this file has ${round(fps)}`,
      nextStep: "Have it converted to 30 frames a second.",
      isConvertible: true,
    };
  }
}

function* atMost(
  rule: FormatRule,
  found: number | null,
  most: number | null,
  describe: (value: number) => string,
): Generator<Complaint> {
  if (found === null || most === null || found <= most) return;
  const allowed = `up to ${describe(most)}`;
  yield {
    rule,
    found: describe(found),
    allowed,
    problem: `this file has ${describe(found)}`,
    nextStep: CONVERT,
    isConvertible: true,
  };
}
