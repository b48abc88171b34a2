import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "../../../lib/data-failure.ts";
import type { Row } from "../../../lib/database.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export type Correlation = Row<"asin_correlations">;

async function listCorrelations(productId: string): Promise<Correlation[]> {
  return unwrap(
    await supabase.from("asin_correlations").select("*").eq("product_id", productId).order("id", {
      ascending: true,
    }),
  );
}

export const correlationListOptions = (productId: string) =>
  queryOptions({ queryKey: queryKeys.correlations(productId), queryFn: () => listCorrelations(productId) });
