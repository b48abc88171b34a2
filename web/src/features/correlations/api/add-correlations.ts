import type { Marketplace } from "../../../../../supabase/functions/_shared/contracts/marketplaces.ts";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { assertWritten } from "../../../lib/data-failure.ts";
import { supabase } from "../../../lib/supabase.ts";
import { useCorrelationChange } from "./use-correlation-change.ts";

interface NewCorrelations {
  asins: string[];
  /** Null stands for every marketplace the product has enabled. */
  marketplace: Marketplace | null;
  isAccepted: boolean;
}

/** Adds ASINs by hand, all or none. Accepted ones make tasks at once. */
export const useAddCorrelations = (productId: string) =>
  useCorrelationChange(productId, async ({ asins, marketplace, isAccepted }: NewCorrelations) => {
    const status = isAccepted ? "accepted" : "candidate";
    const rows = asins.map((asin) => ({ product_id: productId, asin, marketplace, status }));
    const answer = await supabase.from("asin_correlations").insert(rows);
    if (answer.error?.code === "23505") {
      throw new ApiFailure("already_exists", "One of these ASINs is in the list already.", 409);
    }
    assertWritten(answer);
  });
