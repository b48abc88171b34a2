import { z } from "zod";
import { marketplaceSchema } from "../_shared/contracts/marketplaces.ts";
import { TASK_STATUSES } from "../_shared/contracts/tasks.ts";

/** Filters of the task list. The cursor is opaque; SQL checks its form. */
export const taskQuerySchema = z.object({
  marketplace: marketplaceSchema.optional(),
  status: z.enum(TASK_STATUSES).optional(),
  product_id: z.uuid().optional(),
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

export type TaskQuery = z.infer<typeof taskQuerySchema>;
