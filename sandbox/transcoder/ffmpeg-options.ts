import type { Target } from "./job.ts";

const AUDIO_BITS = 128_000;
/** An MP4 needs some for itself. */
const CONTAINER_SHARE = 0.97;

/** Options of ffmpeg that make `output` of `input` as the target says. */
export function ffmpegOptions(input: string, output: string, target: Target): string[] {
  return [
    ...["-v", "error", "-nostdin", "-y"],
    // A playlist must not fetch anything.
    ...["-protocol_whitelist", "file", "-i", input],
    ...["-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1"],
    ...(target.max_duration_seconds === null ? [] : ["-t", String(target.max_duration_seconds)]),
    ...["-vf", filters(target).join(",")],
    ...["-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-pix_fmt", "yuv420p", "-crf", "21"],
    ...rateLimit(target.max_bitrate),
    ...["-c:a", "aac", "-b:a", String(AUDIO_BITS), "-ar", "48000", "-ac", "2"],
    ...["-movflags", "+faststart", "-f", "mp4", output],
  ];
}

function filters({ aspect, fps, max_width, max_height }: Target): string[] {
  const shape = aspect === null ? [] : [aspect.mode === "pad" ? pad(aspect) : crop(aspect)];
  const box = `scale=w='min(iw,${max_width})':h='min(ih,${max_height})'` +
    ":force_original_aspect_ratio=decrease:force_divisible_by=2";
  return [...shape, box, "setsar=1", ...(fps === null ? [] : [`fps=${fps}`])];
}

function pad({ min_ratio, max_ratio }: NonNullable<Target["aspect"]>): string {
  const width = min_ratio === null ? "iw" : `max(iw,ih*${min_ratio})`;
  const height = max_ratio === null ? "ih" : `max(ih,iw/${max_ratio})`;
  return `pad=w='2*ceil(${width}/2)':h='2*ceil(${height}/2)':x='(ow-iw)/2':y='(oh-ih)/2'`;
}

function crop({ min_ratio, max_ratio }: NonNullable<Target["aspect"]>): string {
  const width = max_ratio === null ? "iw" : `min(iw,ih*${max_ratio})`;
  const height = min_ratio === null ? "ih" : `min(ih,iw/${min_ratio})`;
  return `crop=w='2*floor(${width}/2)':h='2*floor(${height}/2)'`;
}

function rateLimit(bits: number | null): string[] {
  if (bits === null) return [];
  const rate = Math.max(100_000, Math.floor(bits * CONTAINER_SHARE) - AUDIO_BITS);
  return ["-maxrate", String(rate), "-bufsize", String(rate)];
}
