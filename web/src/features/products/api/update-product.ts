import { useMutation, useQueryClient } from "@tanstack/react-query";
import { assertWritten } from "../../../lib/data-failure.ts";
import type { Patch } from "../../../lib/database.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import { type Product, productOptions } from "./get-product.ts";

type ProductPatch = Patch<"sourced_products">;

async function updateProduct(id: string, patch: ProductPatch): Promise<void> {
  assertWritten(await supabase.from("sourced_products").update(patch).eq("id", id));
}

/** Changes a product; the page shows the change at once and takes it back when it is refused. */
export function useUpdateProduct(id: string) {
  const client = useQueryClient();
  const { queryKey } = productOptions(id);
  return useMutation({
    mutationFn: (patch: ProductPatch) => updateProduct(id, patch),
    onMutate: async (patch) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      if (before) client.setQueryData(queryKey, { ...before, ...patch } as Product);
      return { before };
    },
    onError: (_error, _patch, context) => client.setQueryData(queryKey, context?.before),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.products.all });
      void client.invalidateQueries({ queryKey: queryKeys.tasks.all });
    },
  });
}
