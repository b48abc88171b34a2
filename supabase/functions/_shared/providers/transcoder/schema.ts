import { z } from "zod";

/** What a file shall become; null leaves it as it is. docs/transcoder.md describes the protocol. */
export interface TranscodeTarget {
  readonly container: "mp4";
  readonly video_codec: "h264";
  readonly audio_codec: "aac";
  /** Pixels as shown; a larger picture is scaled down into this box. */
  readonly max_width: number;
  readonly max_height: number;
  readonly fps: number | null;
  /** Width by height lies between the two afterwards. */
  readonly aspect: {
    readonly mode: "pad" | "crop";
    readonly min_ratio: number | null;
    readonly max_ratio: number | null;
  } | null;
  /** Bits per second of the whole file. */
  readonly max_bitrate: number | null;
  readonly max_duration_seconds: number | null;
}

export const transcoderJobSchema = z.object({
  id: z.string().min(1).max(200),
  status: z.enum(["queued", "running", "done", "failed"]),
  result: z.object({ url: z.url(), size_bytes: z.number().int().positive() }).nullish(),
  error: z.object({ code: z.string().max(100), message: z.string().max(1000) }).nullish(),
});

export const transcoderErrorSchema = z.object({ code: z.string().max(100) });

export type TranscoderJob = z.infer<typeof transcoderJobSchema>;
