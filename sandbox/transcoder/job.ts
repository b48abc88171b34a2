import { z } from "zod";

const pixels = z.number().int().min(16).max(8192);
const ratio = z.number().positive().max(100).nullable();

/** Target of POST /jobs. */
export const targetSchema = z.strictObject({
  container: z.literal("mp4"),
  video_codec: z.literal("h264"),
  audio_codec: z.literal("aac"),
  max_width: pixels,
  max_height: pixels,
  fps: z.number().positive().max(240).nullable(),
  aspect: z.strictObject({ mode: z.enum(["pad", "crop"]), min_ratio: ratio, max_ratio: ratio }).nullable(),
  max_bitrate: z.number().int().min(200_000).nullable(),
  max_duration_seconds: z.number().positive().nullable(),
});

/** Body of POST /jobs. */
export const jobRequestSchema = z.strictObject({
  source_url: z.url({ protocol: /^https?$/ }).max(8000),
  target: targetSchema,
});

export type Target = z.infer<typeof targetSchema>;

/** A conversion. Blobs hold its source while it runs and its result afterwards. */
export interface Job {
  id: string;
  idempotencyKey: string;
  sourceUrl: string;
  target: Target;
  status: "queued" | "running" | "done" | "failed";
  error: { code: string; message: string } | null;
  source: string;
  result: string;
  /** Bytes of the result. */
  size: number | null;
  /** Milliseconds since 1970; not done before it. */
  readyAt: number;
}
