import { z } from "zod";
import {
  platformSchema,
  TARGET_STATUSES,
} from "../../../../../supabase/functions/_shared/contracts/publish.ts";

/** Which posts are shown: all, or those that one question is about. */
export const POST_VIEWS = ["all", "attention", "planned", "published", "drafts", "canceled"] as const;

const targetSchema = z.object({
  id: z.uuid(),
  platform: platformSchema,
  connection_id: z.uuid().nullable(),
  status: z.enum(TARGET_STATUSES),
  scheduled_for: z.string(),
  time_zone: z.string().nullable(),
  /** Null takes the post's. */
  caption: z.string().nullable(),
  hashtags: z.array(z.string()).nullable(),
  options: z.record(z.string(), z.unknown()),
  platform_url: z.string().nullable(),
  published_at: z.string().nullable(),
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
  retry_at: z.string().nullable(),
  attempts: z.number().int(),
}).transform(({ error_code, error_message, ...target }) => {
  const said = error_code === null ? null : { code: error_code, message: error_message ?? "" };
  const isThere = target.status === "published";
  // What is said of a post that is there is worth knowing, and no error.
  return { ...target, error: isThere ? null : said, notice: isThere && said ? said : undefined };
});

const listedPostSchema = z.object({
  id: z.uuid(),
  video_id: z.uuid().nullable(),
  product_id: z.uuid().nullable(),
  filename: z.string().nullable(),
  poster_path: z.string().nullable(),
  duration_ms: z.number().nullable(),
  product_title: z.string().nullable(),
  caption: z.string(),
  hashtags: z.array(z.string()),
  created_at: z.string(),
  targets: z.array(targetSchema),
});

/** What public.list_posts answers. */
export const postPageSchema = z.object({
  posts: z.array(listedPostSchema),
  counts: z.record(z.enum(POST_VIEWS), z.number().int()),
  next_cursor: z.string().nullable(),
});

export type PostView = (typeof POST_VIEWS)[number];
export type ListedPost = z.infer<typeof listedPostSchema>;
export type ListedTarget = ListedPost["targets"][number];
export type PostPage = z.infer<typeof postPageSchema>;
