import { assertWritten } from "../../../lib/data-failure.ts";
import { supabase } from "../../../lib/supabase.ts";
import { useCorrelationChange } from "./use-correlation-change.ts";

export const useDeleteCorrelation = (productId: string) =>
  useCorrelationChange(productId, async (id: string) => {
    assertWritten(await supabase.from("asin_correlations").delete().eq("id", id));
  });
