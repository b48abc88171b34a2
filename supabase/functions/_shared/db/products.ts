import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

export type Products = ReturnType<typeof createProducts>;

/** Queries over sourced_products that functions need. */
export function createProducts({ asCaller }: DatabaseClients) {
  return {
    async existsOwn(callerToken: string, productId: string): Promise<boolean> {
      const query = asCaller(callerToken).from("sourced_products").select("id").eq("id", productId);
      return unwrap(await query.limit(1)).length > 0;
    },
  };
}
