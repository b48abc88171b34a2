import type { PlatformLimits } from "../../_shared/contracts/format-limits.ts";
import type { FormatFinding, VideoFormat } from "../../_shared/contracts/publish-format.ts";
import type { TranscodeTarget } from "../../_shared/providers/transcoder/schema.ts";

const MAX_SIDE = 1920;
const USUAL_FPS = 30;
/** Of what a platform allows; an encoder does not hit its rate to the bit. */
const RATE_SHARE = 0.85;
/** An encoder asked for quality stays below it by itself, bits per second. */
const NO_LIMIT = 50_000_000;

/**
 * What a file shall become so that a platform takes it. Only what blocks is changed beyond codecs and container: an
 * advice is no reason to put bars around somebody's picture. Platforms that need the same get the same target.
 */
export function chooseRecipe(
  format: VideoFormat,
  limits: PlatformLimits,
  findings: readonly FormatFinding[],
): TranscodeTarget {
  const blocks = (rule: string) =>
    findings.some((finding) => finding.rule === rule && finding.severity === "blocks");
  const seconds = format.duration_seconds;
  const bySize = limits.max_size_bytes !== null && seconds ? (limits.max_size_bytes * 8) / seconds : Infinity;
  const rate = Math.min(limits.max_bitrate ?? Infinity, bySize) * RATE_SHARE;
  return {
    container: "mp4",
    video_codec: "h264",
    audio_codec: "aac",
    max_width: Math.min(limits.max_width ?? MAX_SIDE, MAX_SIDE),
    max_height: Math.min(limits.max_height ?? MAX_SIDE, MAX_SIDE),
    fps: blocks("frame_rate") ? USUAL_FPS : null,
    aspect: blocks("aspect_ratio")
      ? { mode: "pad", min_ratio: limits.min_aspect_ratio, max_ratio: limits.max_aspect_ratio }
      : null,
    max_bitrate: rate < NO_LIMIT ? Math.floor(rate / 1000) * 1000 : null,
    max_duration_seconds: null,
  };
}
