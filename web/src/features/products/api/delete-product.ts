import { useMutation, useQueryClient } from "@tanstack/react-query";
import { assertWritten } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

async function deleteProduct(id: string): Promise<void> {
  assertWritten(await supabase.from("sourced_products").delete().eq("id", id));
}

/** Deletes a product; its videos stay and are unlinked, its pending tasks go. */
export function useDeleteProduct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: deleteProduct,
    onSuccess: (_answer, id) => {
      client.removeQueries({ queryKey: queryKeys.products.detail(id) });
      void client.invalidateQueries({ queryKey: queryKeys.products.all });
      void client.invalidateQueries({ queryKey: queryKeys.videos.all });
      void client.invalidateQueries({ queryKey: queryKeys.tasks.all });
      void client.invalidateQueries({ queryKey: queryKeys.overview });
    },
  });
}
