import { z } from "zod";
import { LINK_OUTCOMES } from "./onedrive.ts";

export const VIDEO_UPLOAD_STATUSES = ["pending", "uploading", "complete", "failed"] as const;

export const VIDEO_SOURCES = ["upload", "onedrive", "generated"] as const;

/** Why the file of a video cannot be reached: deleted or moved away, or not in the account that is connected. */
export const UNREACHABLE_REASONS = ["missing", "other_account", "disconnected"] as const;

/** A row of product_videos as routes return it. Sizes are bytes, durations milliseconds. */
export const videoSchema = z.object({
  id: z.uuid(),
  product_id: z.uuid().nullable(),
  filename: z.string(),
  onedrive_item_id: z.string().nullable(),
  onedrive_path: z.string().nullable(),
  size_bytes: z.number().int(),
  mime_type: z.string(),
  duration_ms: z.number().int().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  quickxor_hash: z.string().nullable(),
  poster_path: z.string().nullable(),
  upload_status: z.enum(VIDEO_UPLOAD_STATUSES),
  is_primary: z.boolean(),
  source: z.enum(VIDEO_SOURCES),
  unreachable_at: z.string().nullable(),
  unreachable_reason: z.enum(UNREACHABLE_REASONS).nullable(),
  content_changed_at: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

/** GET /videos?product_id=&cursor=&limit= : newest first. */
export const videoListSchema = z.object({
  videos: z.array(videoSchema),
  next_cursor: z.string().nullable(),
});

/** POST /videos/:id/associate : null unlinks. */
export const associateVideoRequestSchema = z.object({ product_id: z.uuid().nullable() });

/** PATCH /videos/:id */
export const updateVideoRequestSchema = z
  .object({ is_primary: z.literal(true).optional(), filename: z.string().trim().min(1).max(255).optional() })
  .strict()
  .refine((body) => Object.keys(body).length > 0, "Nothing to change.");

/** GET /videos/:id/playback : a short-lived address of the bytes, never stored. */
export const playbackSchema = z.object({ url: z.url(), expires_at: z.iso.datetime({ offset: true }) });

/** GET /videos/thumbnails?ids=a,b : short-lived pictures by OneDrive; a video without one is left out. */
export const thumbnailListSchema = z.object({
  thumbnails: z.array(z.object({ video_id: z.uuid(), url: z.url() })),
});

/** POST /onedrive/links */
export const linkAnswerSchema = z.object({
  links: z.array(z.object({ outcome: z.enum(LINK_OUTCOMES), video: videoSchema })),
});

/** POST /videos/:id/queue : "Queue for Amazon" creates or reopens the video's tasks. */
export const queueVideoResponseSchema = z.object({
  created_count: z.number().int(),
  reopened_count: z.number().int(),
});

export type UpdateVideoRequest = z.infer<typeof updateVideoRequestSchema>;
export type Playback = z.infer<typeof playbackSchema>;
export type ThumbnailList = z.infer<typeof thumbnailListSchema>;
export type LinkAnswer = z.infer<typeof linkAnswerSchema>;
export type Video = z.infer<typeof videoSchema>;
export type VideoList = z.infer<typeof videoListSchema>;
