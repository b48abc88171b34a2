import { z } from "zod";
import { platformSchema } from "./publish.ts";

/** What is checked of a video before it goes to a platform. */
export const FORMAT_RULES = [
  "file",
  "container",
  "video_codec",
  "video_profile",
  "audio_codec",
  "audio_channels",
  "audio_sample_rate",
  "duration",
  "file_size",
  "resolution",
  "aspect_ratio",
  "frame_rate",
  "bitrate",
  "fast_start",
] as const;

export const formatRuleSchema = z.enum(FORMAT_RULES);

/** What a file says of itself; null is not known. Width and height are as shown, after rotation. */
export const videoFormatSchema = z.object({
  /** `unknown`: no video file we know, `damaged`: one whose index cannot be read, `not_video`: something else. */
  kind: z.enum(["video", "audio", "damaged", "not_video", "unknown"]),
  container: z.string().nullable(),
  video_codec: z.string().nullable(),
  video_profile: z.string().nullable(),
  audio_codec: z.string().nullable(),
  audio_channels: z.number().int().nullable(),
  /** Hz */
  audio_sample_rate: z.number().nullable(),
  duration_seconds: z.number().nullable(),
  size_bytes: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** Degrees clockwise that a player turns the picture. */
  rotation: z.number().int().nullable(),
  fps: z.number().nullable(),
  /** Bits per second of the whole file. */
  bitrate: z.number().nullable(),
  /** The index lies before the picture; null where a container has none. */
  has_fast_start: z.boolean().nullable(),
});

/** `found` and `allowed` are words for a person, such as `VP9` and `H.264 or HEVC`. */
export const formatFindingSchema = z.object({
  rule: formatRuleSchema,
  /** `blocks`: it cannot go out like this; `warns`: it goes out, but look. */
  severity: z.enum(["blocks", "warns"]),
  /** A sentence with the next step. */
  message: z.string(),
  found: z.string().nullable(),
  allowed: z.string().nullable(),
  /** A conversion mends it without losing anything its user would miss. */
  is_convertible: z.boolean(),
});

/** `refused`: no conversion helps. */
export const FORMAT_VERDICTS = ["fits", "needs_conversion", "refused"] as const;

/** POST /posts/check */
export const checkFormatRequestSchema = z
  .object({
    video_id: z.uuid(),
    targets: z
      .array(z.object({ platform: platformSchema, connection_id: z.uuid().optional() }))
      .min(1)
      .max(20),
  })
  .strict();

/** 200 of POST /posts/check; targets in the order asked. */
export const formatCheckSchema = z.object({
  format: videoFormatSchema,
  /** True where a transcoder is set up: what needs a conversion is then converted without its user. */
  converts_by_itself: z.boolean(),
  targets: z.array(
    z.object({
      platform: platformSchema,
      verdict: z.enum(FORMAT_VERDICTS),
      findings: z.array(formatFindingSchema),
    }),
  ),
});

export type FormatRule = z.infer<typeof formatRuleSchema>;
export type VideoFormat = z.infer<typeof videoFormatSchema>;
export type FormatFinding = z.infer<typeof formatFindingSchema>;
export type FormatVerdict = (typeof FORMAT_VERDICTS)[number];
export type CheckFormatRequest = z.infer<typeof checkFormatRequestSchema>;
export type FormatCheck = z.infer<typeof formatCheckSchema>;
