import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

export interface TaskFilter {
  marketplace?: string;
  status?: string;
  product_id?: string;
  cursor?: string;
  limit?: number;
}

export type TaskPatch = { status?: string; title?: string | null };

export type InfluencerTasks = ReturnType<typeof createInfluencerTasks>;

/** Queries over influencer_tasks, all as the caller. */
export function createInfluencerTasks({ asCaller }: Pick<DatabaseClients, "asCaller">) {
  return {
    /** A page grouped by video with counts, as SQL builds it. */
    async listOwn(callerToken: string, filter: TaskFilter): Promise<unknown> {
      return unwrap(
        await asCaller(callerToken).rpc("list_influencer_tasks", {
          p_marketplace: filter.marketplace,
          p_status: filter.status,
          p_product_id: filter.product_id,
          p_cursor: filter.cursor,
          p_limit: filter.limit,
        }),
      );
    },

    /** Null when the caller has no such task. */
    async updateOwn(callerToken: string, taskId: string, patch: TaskPatch): Promise<unknown> {
      const query = asCaller(callerToken).from("influencer_tasks").update(patch).eq("id", taskId);
      return unwrap(await query.select("*"))[0] ?? null;
    },
  };
}
