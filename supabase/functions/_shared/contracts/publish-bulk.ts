import { z } from "zod";
import { platformSchema, TARGET_STATUSES, targetRequestSchema } from "./publish.ts";

export const BULK_MAX_VIDEOS = 200;

/** So many videos get their posts within the request; more get theirs in the background. */
export const BULK_AT_ONCE = 10;

export const BULK_ITEM_STATUSES = ["waiting", "made", "failed", "canceled"] as const;

/** How a post of a bulk counts: private.bulk_outcome. */
export const BULK_OUTCOMES = ["published", "failed", "needs_user", "canceled", "waiting"] as const;

const MAX_STEP_MINUTES = 60 * 24 * 30;

/** A day and time, as POST /posts takes it. */
const startTime = z.iso.datetime({ offset: true, local: true });

/** Where every video goes. Texts may have placeholders; when is said for the bulk as a whole. */
const bulkTargetSchema = targetRequestSchema.superRefine((target, context) => {
  for (const field of ["scheduled_for", "time_zone"] as const) {
    if (target[field] !== undefined) {
      context.addIssue({ code: "custom", path: [field], message: "is said by spread for all of them" });
    }
  }
});

const spreadSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("now") }).strict(),
  /** Each account's next free posting slots. */
  z.object({ kind: z.literal("slots"), starting_at: z.iso.datetime({ offset: true }).optional() }).strict(),
  z
    .object({
      kind: z.literal("every"),
      minutes: z.number().int().min(1).max(MAX_STEP_MINUTES),
      starting_at: startTime,
      time_zone: z.string().min(1).max(64),
    })
    .strict(),
]);

/** POST /bulk */
export const createBulkRequestSchema = z
  .object({
    video_ids: z
      .array(z.uuid())
      .min(1)
      .max(BULK_MAX_VIDEOS)
      .refine((ids) => new Set(ids).size === ids.length, "Name each video once."),
    targets: z.array(bulkTargetSchema).min(1).max(20),
    /** With placeholders such as {title}; stands in for the template's. */
    caption: z.string().max(5000).optional(),
    hashtags: z.array(z.string().regex(/^#?[\p{L}\p{N}_]{1,100}$/u, "is not a hashtag")).max(30).optional(),
    template_id: z.uuid().optional(),
    allow_duplicate: z.boolean().optional(),
    spread: spreadSchema,
  })
  .strict();

/** The answer of POST /bulk. */
export const createdBulkSchema = z.object({ id: z.uuid(), total: z.number().int() });

/** POST /bulks/:id/retry: everything that failed, or of one video. */
export const retryBulkRequestSchema = z
  .object({ item_id: z.uuid().optional(), allow_duplicate: z.boolean().optional() })
  .strict();

const problemSchema = z.object({ code: z.string(), message: z.string() }).nullable();

const counts = { total: z.number().int(), waiting: z.number().int(), failed: z.number().int() };

/** A bulk without its videos. */
export const bulkSummarySchema = z.object({
  id: z.uuid(),
  status: z.enum(["making", "running", "finished", "canceled"]),
  total: z.number().int(),
  spread: z.object({ kind: z.enum(["now", "slots", "every"]) }).loose(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
  /** Of the videos: their posts are still to be made, are made, could not be made, or were undone before. */
  videos: z.object({
    waiting: z.number().int(),
    made: z.number().int(),
    failed: z.number().int(),
    canceled: z.number().int(),
  }),
  /** Of the posts on each account, and when they go out. */
  platforms: z.array(
    z.object({
      platform: platformSchema,
      connection_id: z.uuid().nullable(),
      ...counts,
      published: z.number().int(),
      needs_user: z.number().int(),
      canceled: z.number().int(),
      first_at: z.string().nullable(),
      last_at: z.string().nullable(),
    }),
  ),
});

/** GET /bulks/:id */
export const bulkSchema = bulkSummarySchema.extend({
  items: z.array(
    z.object({
      id: z.uuid(),
      video_id: z.uuid().nullable(),
      filename: z.string().nullable(),
      poster_path: z.string().nullable(),
      product_title: z.string().nullable(),
      status: z.enum(BULK_ITEM_STATUSES),
      /** day_is_full: it was moved to the next day or slot with room. */
      note: z.string().nullable(),
      /** Why there is no post. */
      error: problemSchema,
      published_video_id: z.uuid().nullable(),
      targets: z.array(
        z.object({
          id: z.uuid(),
          platform: platformSchema,
          connection_id: z.uuid().nullable(),
          status: z.enum(TARGET_STATUSES),
          outcome: z.enum(BULK_OUTCOMES),
          scheduled_for: z.string(),
          platform_url: z.string().nullable(),
          error: problemSchema,
        }),
      ),
    }),
  ),
  /** Of the undo that this answers: what it canceled, and what had gone out or was going out already. */
  undone: z
    .object({
      videos: z.number().int(),
      targets: z.number().int(),
      published: z.number().int(),
      going_out: z.number().int(),
    })
    .optional(),
});

export type BulkSpread = z.infer<typeof spreadSchema>;
export type CreateBulkRequest = z.infer<typeof createBulkRequestSchema>;
export type CreatedBulk = z.infer<typeof createdBulkSchema>;
export type RetryBulkRequest = z.infer<typeof retryBulkRequestSchema>;
export type BulkSummary = z.infer<typeof bulkSummarySchema>;
export type Bulk = z.infer<typeof bulkSchema>;
