import { z } from "zod";
import { connectionStatusSchema } from "./connections.ts";
import { coverOffsetSchema, coverPathSchema } from "./covers.ts";

export const PLATFORMS = ["tiktok", "instagram", "youtube", "facebook"] as const;

/** States of a target; the allowed moves are rows of private.publish_moves. */
export const TARGET_STATUSES = [
  "draft",
  "scheduled",
  "preparing",
  "uploading",
  "processing",
  "ready",
  "publishing",
  "published",
  "retry_wait",
  "quota_wait",
  "needs_reauth",
  "needs_conversion",
  "unknown",
  "failed",
  "canceled",
] as const;

/** What the worker does next with a target. */
export const PUBLISH_STEPS = ["prepare", "upload", "poll", "publish", "confirm", "reconcile"] as const;

export const OVERALL_STATUSES = [
  "draft",
  "scheduled",
  "publishing",
  "published",
  "partly_published",
  "failed",
  "canceled",
] as const;

export const platformSchema = z.enum(PLATFORMS);

/** Text of a post on one account; null and absent take the post's. */
const caption = z.string().max(5000);
const hashtags = z.array(z.string().regex(/^#?[\p{L}\p{N}_]{1,100}$/u, "is not a hashtag")).max(30);

/** Rule: YouTube Data API, videos resource. */
export const youtubeOptionsSchema = z
  .object({
    /** Without one the first line of the text is the title, or the file's name. */
    title: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .regex(/^[^<>]*$/, "A title must not contain < or >.")
      .optional(),
    privacy: z.enum(["public", "unlisted", "private"]).default("public"),
    made_for_kids: z.boolean().default(false),
    tags: z.array(z.string().min(1)).max(50).default([]),
    cover: coverPathSchema.optional(),
  })
  .strict();

/** Rule: Instagram Graph API, IG User Media. */
export const instagramOptionsSchema = z
  .object({
    share_to_feed: z.boolean().default(true),
    /** Wins over `cover_offset_ms`. */
    cover: coverPathSchema.optional(),
    cover_offset_ms: coverOffsetSchema.optional(),
    first_comment: z
      .string()
      .trim()
      .min(1)
      .refine((text) => [...text].length <= 2200, "must have at most 2,200 characters")
      .optional(),
  })
  .strict();

/** Rule: Graph API, Page Video Reels. Reels of a Page are public, so nobody chooses who sees them. */
export const facebookOptionsSchema = z
  .object({
    /** Shown above the text where Facebook shows titles; without one there is none. */
    title: z.string().trim().min(1).max(255).optional(),
    cover: coverPathSchema.optional(),
  })
  .strict();

/** Who may see a TikTok post; an account offers some of them (`creator-info`). */
export const TIKTOK_PRIVACY_LEVELS = [
  "PUBLIC_TO_EVERYONE",
  "MUTUAL_FOLLOW_FRIENDS",
  "FOLLOWER_OF_CREATOR",
  "SELF_ONLY",
] as const;

/**
 * Rule: TikTok for Developers, Content Sharing Guidelines: who sees a post and what it discloses is the person's own
 * choice, so neither has a default here.
 */
export const tiktokOptionsSchema = z
  .object({
    privacy_level: z.enum(TIKTOK_PRIVACY_LEVELS),
    disable_comment: z.boolean().default(false),
    disable_duet: z.boolean().default(false),
    disable_stitch: z.boolean().default(false),
    /** Paid partnership with somebody else's brand. */
    brand_content: z.boolean(),
    your_brand: z.boolean(),
    ai_generated: z.boolean(),
    cover_offset_ms: coverOffsetSchema.optional(),
  })
  .strict();

/** An instant (RFC 3339), or without offset the time a clock shows in `time_zone`. */
const postTime = z.iso.datetime({ offset: true, local: true });
const timeZone = z.string().min(1).max(64);

const targetBase = {
  connection_id: z.uuid().optional(),
  caption: caption.optional(),
  hashtags: hashtags.optional(),
  scheduled_for: postTime.optional(),
  time_zone: timeZone.optional(),
};

export const targetRequestSchema = z.discriminatedUnion("platform", [
  z
    .object({ platform: z.literal("youtube"), ...targetBase, options: youtubeOptionsSchema.optional() })
    .strict(),
  z
    .object({ platform: z.literal("instagram"), ...targetBase, options: instagramOptionsSchema.optional() })
    .strict(),
  z
    .object({ platform: z.literal("facebook"), ...targetBase, options: facebookOptionsSchema.optional() })
    .strict(),
  z
    .object({ platform: z.literal("tiktok"), ...targetBase, options: tiktokOptionsSchema })
    .strict(),
]);

/** POST /posts */
export const createPostRequestSchema = z
  .object({
    video_id: z.uuid(),
    caption,
    hashtags: hashtags.optional(),
    scheduled_for: postTime.optional(),
    time_zone: timeZone.optional(),
    draft: z.boolean().optional(),
    allow_duplicate: z.boolean().optional(),
    targets: z.array(targetRequestSchema).min(1).max(20),
  })
  .strict();

/** What was decided for the caller, such as which of two times was taken. */
const noticesSchema = z
  .array(z.object({ path: z.string(), code: z.string(), message: z.string() }))
  .optional();

export const createdPostSchema = z.object({
  published_video_id: z.uuid(),
  targets: z.array(z.object({ id: z.uuid(), platform: platformSchema, status: z.enum(TARGET_STATUSES) })),
  notices: noticesSchema,
});

/** A time to change to; null is at once, whatever the caller's clock shows. */
const newTime = postTime.nullable();

/** PATCH /posts/:id. What is not there stays; a target's null takes the post's. */
export const editPostRequestSchema = z
  .object({
    caption: caption.optional(),
    hashtags: hashtags.optional(),
    scheduled_for: newTime.optional(),
    time_zone: timeZone.optional(),
    allow_duplicate: z.boolean().optional(),
    /** false sends a draft on its way. */
    draft: z.literal(false).optional(),
    targets: z
      .array(
        z
          .object({
            id: z.uuid(),
            caption: caption.nullish(),
            hashtags: hashtags.nullish(),
            options: z.record(z.string(), z.unknown()).optional(),
            scheduled_for: newTime.optional(),
            time_zone: timeZone.optional(),
          })
          .strict(),
      )
      .max(20)
      .optional(),
  })
  .strict();

/** POST /posts/:id/cancel */
export const cancelPostRequestSchema = z.object({ target_id: z.uuid().optional() }).strict();

/** POST /posts/:id/retry: everything that failed or waits, one target, or what has one cause. */
export const retryPostRequestSchema = z
  .object({ target_id: z.uuid().optional(), error_code: z.string().min(1).max(100).optional() })
  .strict();

/** POST /posts/:id/targets/:target/decide */
export const decideTargetRequestSchema = z
  .object({
    decision: z.enum(["it_is_there", "post_again"]),
    platform_url: z
      .url({ protocol: /^https$/ })
      .max(2000)
      .optional(),
  })
  .strict();

/** GET /posts/:id */
export const postSchema = z.object({
  id: z.uuid(),
  overall_status: z.enum(OVERALL_STATUSES),
  targets: z.array(
    z.object({
      id: z.uuid(),
      platform: platformSchema,
      connection_id: z.uuid().nullable(),
      status: z.enum(TARGET_STATUSES),
      scheduled_for: z.string(),
      platform_url: z.string().nullable(),
      error: z.object({ code: z.string(), message: z.string() }).nullable(),
      /** What to know of a post that is there all the same. */
      notice: z.object({ code: z.string(), message: z.string() }).optional(),
      retry_at: z.string().nullable(),
      attempts: z.number().int(),
    }),
  ),
  /** Of the change that this answers. */
  notices: noticesSchema,
});

export const publishConnectionSchema = z.object({
  id: z.uuid(),
  platform: platformSchema,
  /** The sign-in it came by; connecting it again starts the same one. */
  route: z.string(),
  status: connectionStatusSchema,
  account_name: z.string().nullable(),
  account_handle: z.string().nullable(),
  account_picture_url: z.string().nullable(),
  expires_at: z.iso.datetime({ offset: true }).nullable(),
  /** Of an Instagram account: its Facebook Page, where that is connected too. */
  page_connection_id: z.uuid().nullable(),
});

export type Platform = (typeof PLATFORMS)[number];
export type TiktokOptions = z.infer<typeof tiktokOptionsSchema>;
export type TargetStatus = (typeof TARGET_STATUSES)[number];
export type OverallStatus = (typeof OVERALL_STATUSES)[number];
export type PublishStep = (typeof PUBLISH_STEPS)[number];
export type TargetRequest = z.infer<typeof targetRequestSchema>;
export type CreatePostRequest = z.infer<typeof createPostRequestSchema>;
export type EditPostRequest = z.infer<typeof editPostRequestSchema>;
export type RetryPostRequest = z.infer<typeof retryPostRequestSchema>;
export type DecideTargetRequest = z.infer<typeof decideTargetRequestSchema>;
export type CreatedPost = z.infer<typeof createdPostSchema>;
export type Post = z.infer<typeof postSchema>;
export type PublishConnection = z.infer<typeof publishConnectionSchema>;
