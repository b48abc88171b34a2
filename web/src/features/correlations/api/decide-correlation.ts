import { assertWritten } from "../../../lib/data-failure.ts";
import { supabase } from "../../../lib/supabase.ts";
import { useCorrelationChange } from "./use-correlation-change.ts";

interface Decision {
  id: string;
  status: "accepted" | "rejected";
}

/** Accepts or rejects a correlation. Accepting makes its tasks. */
export const useDecideCorrelation = (productId: string) =>
  useCorrelationChange(productId, async ({ id, status }: Decision) => {
    assertWritten(await supabase.from("asin_correlations").update({ status }).eq("id", id));
  });
