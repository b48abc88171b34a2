import { z } from "zod";
import { asinSchema, marketplaceSchema } from "./marketplaces.ts";
import { UNREACHABLE_REASONS } from "./videos.ts";

/** Compared with the SQL check constraint of influencer_tasks by a test. */
export const TASK_STATUSES = ["pending", "completed", "skipped"] as const;

export const taskSchema = z.object({
  id: z.uuid(),
  product_id: z.uuid().nullable(),
  marketplace: marketplaceSchema,
  asin: asinSchema,
  search_asin: asinSchema,
  title: z.string().nullable(),
  image_url: z.string().nullable(),
  video_id: z.uuid().nullable(),
  video_is_inherited: z.boolean(),
  inherited_from_task_id: z.uuid().nullable(),
  thumbnail_path: z.string().nullable(),
  status: z.enum(TASK_STATUSES),
  video_changed_at: z.string().nullable(),
  completed_at: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

/** Filters of the task list; `cursor` is opaque, its form is checked in SQL. */
export const taskQuerySchema = z.object({
  marketplace: marketplaceSchema.optional(),
  status: z.enum(TASK_STATUSES).optional(),
  product_id: z.uuid().optional(),
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

/** GET /tasks/influencer-tasks?marketplace=&status=&product_id=&cursor=&limit= with an ETag. */
export const taskListSchema = z.object({
  groups: z.array(
    z.object({
      video: z
        .object({
          id: z.uuid(),
          filename: z.string(),
          duration_ms: z.number().int().nullable(),
          size_bytes: z.number().int(),
          poster_path: z.string().nullable(),
          unreachable_reason: z.enum(UNREACHABLE_REASONS).nullable(),
        })
        .nullable(),
      tasks: z.array(taskSchema),
    }),
  ),
  counts: z.object({
    pending: z.number().int(),
    completed: z.number().int(),
    skipped: z.number().int(),
    by_marketplace: z.record(marketplaceSchema, z.number().int()),
  }),
  next_cursor: z.string().nullable(),
});

/** PATCH /tasks/influencer-tasks/:id */
export const updateTaskRequestSchema = z
  .object({ status: z.enum(TASK_STATUSES).optional(), title: z.string().max(500).nullable().optional() })
  .strict()
  .refine((body) => Object.keys(body).length > 0, "Nothing to change.");

export type TaskQuery = z.infer<typeof taskQuerySchema>;
export type UpdateTaskRequest = z.infer<typeof updateTaskRequestSchema>;
export type Task = z.infer<typeof taskSchema>;
export type TaskList = z.infer<typeof taskListSchema>;
export type TaskStatus = Task["status"];
