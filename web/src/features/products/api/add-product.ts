import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import {
  MARKETPLACES,
  marketplaceSchema,
} from "../../../../../supabase/functions/_shared/contracts/marketplaces.ts";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { unwrap } from "../../../lib/data-failure.ts";
import { readAsin } from "../../../lib/parse-asins.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** The form of a new product. `asin` takes a product's Amazon address as well. */
export const newProductSchema = z.object({
  asin: z.string()
    .transform((text) => readAsin(text) ?? "")
    .refine((asin) => asin !== "", "Enter the ten letters and digits of the ASIN, or the product's address."),
  marketplace: marketplaceSchema,
  title: z.string().trim().min(1, "Give the product a title.").max(500, "Use at most 500 characters."),
  brand: z.string().trim().max(200, "Use at most 200 characters."),
  enabledMarketplaces: z.array(z.enum(MARKETPLACES)).min(1, "Choose at least one marketplace."),
});

export type NewProduct = z.infer<typeof newProductSchema>;

async function addProduct(form: NewProduct): Promise<{ id: string }> {
  const answer = await supabase
    .from("sourced_products")
    .insert({
      asin: form.asin,
      marketplace: form.marketplace,
      title: form.title,
      brand: form.brand || null,
      enabled_marketplaces: form.enabledMarketplaces,
    })
    .select("id")
    .single();
  if (answer.error?.code === "23505") {
    throw new ApiFailure(
      "already_exists",
      `You have ${form.asin} for Amazon ${form.marketplace} already.`,
      409,
    );
  }
  return unwrap(answer);
}

/** Adds a product; its status and missing values come from the database's defaults. */
export function useAddProduct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: addProduct,
    meta: { quiet: true },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: queryKeys.products.all });
      void client.invalidateQueries({ queryKey: queryKeys.overview });
    },
  });
}
