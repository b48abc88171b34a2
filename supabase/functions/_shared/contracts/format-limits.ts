import { z } from "zod";
import { formatRuleSchema } from "./publish-format.ts";
import type { Platform } from "./publish.ts";

/** Null is no limit. Lists name codecs and containers as VideoFormat does. */
export const platformLimitsSchema = z
  .object({
    containers: z.array(z.string()).nullable(),
    video_codecs: z.array(z.string()).nullable(),
    /** Profiles that are refused, as VideoFormat names them. */
    refused_profiles: z.array(z.string()),
    audio_codecs: z.array(z.string()).nullable(),
    max_audio_channels: z.number().positive().nullable(),
    /** Hz */
    max_audio_sample_rate: z.number().positive().nullable(),
    min_duration_seconds: z.number().nonnegative().nullable(),
    max_duration_seconds: z.number().positive().nullable(),
    max_size_bytes: z.number().positive().nullable(),
    min_width: z.number().positive().nullable(),
    min_height: z.number().positive().nullable(),
    max_width: z.number().positive().nullable(),
    max_height: z.number().positive().nullable(),
    /** Width by height. */
    min_aspect_ratio: z.number().positive().nullable(),
    max_aspect_ratio: z.number().positive().nullable(),
    min_fps: z.number().positive().nullable(),
    max_fps: z.number().positive().nullable(),
    /** Bits per second of the whole file. */
    max_bitrate: z.number().positive().nullable(),
    needs_fast_start: z.boolean(),
    /** Rules that are advice here: the platform takes the file all the same. */
    advice: z.array(formatRuleSchema),
  })
  .strict();

export type PlatformLimits = z.infer<typeof platformLimitsSchema>;

/** Routes to a platform that take something else than the platform itself, as `platform/route`. */
const LIMITED_ROUTES = ["tiktok/blotato"] as const;

/** Rows of private.settings, key `publish.format_limits`, as {platform: {limit: value}}: they win over the table. */
export const limitOverridesSchema = z.partialRecord(
  z.enum(["tiktok", "instagram", "youtube", "facebook", ...LIMITED_ROUTES]),
  platformLimitsSchema.partial(),
);

export type LimitOverrides = z.infer<typeof limitOverridesSchema>;

const MB = 1024 * 1024;
const NO_LIMITS: PlatformLimits = {
  containers: null,
  video_codecs: null,
  refused_profiles: [],
  audio_codecs: null,
  max_audio_channels: null,
  max_audio_sample_rate: null,
  min_duration_seconds: null,
  max_duration_seconds: null,
  max_size_bytes: null,
  min_width: null,
  min_height: null,
  max_width: null,
  max_height: null,
  min_aspect_ratio: null,
  max_aspect_ratio: null,
  min_fps: null,
  max_fps: null,
  max_bitrate: null,
  needs_fast_start: false,
  advice: [],
};
/** Not 4:2:0. */
const WIDE_CHROMA = ["High 4:2:2", "High 4:4:4 Predictive", "CAVLC 4:4:4 Intra", "Range Extensions"];

/** What each platform takes of an uploaded video. */
export const FORMAT_LIMITS: Readonly<Record<Platform, PlatformLimits>> = {
  /** Rule: YouTube Data API videos.insert; YouTube Help, three-minute Shorts (square or vertical, 3 minutes). */
  youtube: {
    ...NO_LIMITS,
    max_duration_seconds: 180,
    max_size_bytes: 256 * 1024 * MB,
    max_aspect_ratio: 1,
    // Longer and wider ones are taken as ordinary videos.
    advice: ["duration", "aspect_ratio"],
  },
  /** Rule: Instagram Platform, IG User Media, Reel specifications. */
  instagram: {
    ...NO_LIMITS,
    containers: ["MP4", "QuickTime"],
    video_codecs: ["H.264", "HEVC"],
    refused_profiles: WIDE_CHROMA,
    audio_codecs: ["AAC"],
    max_audio_channels: 2,
    max_audio_sample_rate: 48_000,
    min_duration_seconds: 3,
    max_duration_seconds: 900,
    max_size_bytes: 300 * MB,
    max_width: 1920,
    min_aspect_ratio: 0.01,
    max_aspect_ratio: 10,
    min_fps: 23,
    max_fps: 60,
    max_bitrate: 25_000_000,
    needs_fast_start: true,
    advice: ["fast_start"],
  },
  /** Rule: TikTok for Developers, Media Transfer Guide, video restrictions. */
  tiktok: {
    ...NO_LIMITS,
    containers: ["MP4", "QuickTime", "WebM"],
    video_codecs: ["H.264", "HEVC", "VP8", "VP9"],
    min_duration_seconds: 3,
    max_duration_seconds: 600,
    max_size_bytes: 4 * 1024 * MB,
    min_width: 360,
    min_height: 360,
    max_width: 4096,
    max_height: 4096,
    min_fps: 23,
    max_fps: 60,
  },
  /** Rule: Graph API, Page Video Reels, specifications. */
  facebook: {
    ...NO_LIMITS,
    video_codecs: ["H.264", "HEVC", "VP9", "AV1"],
    min_duration_seconds: 3,
    max_duration_seconds: 90,
    min_width: 540,
    min_height: 960,
    max_aspect_ratio: 9 / 16 + 0.01,
    min_aspect_ratio: 9 / 16 - 0.01,
    min_fps: 24,
    max_fps: 60,
  },
};

/** What a route takes of what its platform takes. */
const ROUTE_LIMITS: Readonly<Record<(typeof LIMITED_ROUTES)[number], Partial<PlatformLimits>>> = {
  /** Rule: Blotato, media requirements: files by the plan, 400 MB with the smallest one. */
  "tiktok/blotato": { containers: ["MP4", "QuickTime"], max_size_bytes: 1024 * MB },
};

/** The table of a platform, and of the account's route to it, with what an operator changed of both. */
export function limitsOf(
  platform: Platform,
  overrides: LimitOverrides = {},
  route?: string,
): PlatformLimits {
  const limited = LIMITED_ROUTES.find((each) => each === `${platform}/${route}`);
  return {
    ...FORMAT_LIMITS[platform],
    ...overrides[platform],
    ...(limited && { ...ROUTE_LIMITS[limited], ...overrides[limited] }),
  };
}
