import { z } from "zod";
import { MARKETPLACES } from "../../../../../supabase/functions/_shared/contracts/marketplaces.ts";
import type { Patch } from "../../../lib/database.ts";
import type { Product } from "./get-product.ts";

const optionalText = (most: number) => z.string().trim().max(most, `Use at most ${most} characters.`);

/** The editable details of a product; empty text stands for nothing. */
export const productFormSchema = z.object({
  title: z.string().trim().min(1, "Give the product a title.").max(500, "Use at most 500 characters."),
  videoTitle: optionalText(500),
  brand: optionalText(200),
  category: optionalText(200),
  price: z.string().trim().regex(/^(\d{1,10}([.,]\d{1,2})?)?$/, "Enter an amount such as 24.99."),
  currency: z.string().trim().toUpperCase().regex(/^[A-Z]{3}$/, "Three letters, such as USD."),
  imageUrl: z.string().trim().regex(/^(https:\/\/.*)?$/, "Enter an address that begins with https://.").max(
    2048,
  ),
  notes: optionalText(20_000),
  enabledMarketplaces: z.array(z.enum(MARKETPLACES)).min(1, "Choose at least one marketplace."),
});

export type ProductForm = z.infer<typeof productFormSchema>;

export function toProductForm(product: Product): ProductForm {
  return {
    title: product.title,
    videoTitle: product.video_title ?? "",
    brand: product.brand ?? "",
    category: product.category ?? "",
    price: product.price === null ? "" : Number(product.price).toFixed(2),
    currency: product.currency,
    imageUrl: product.image_url ?? "",
    notes: product.notes ?? "",
    enabledMarketplaces: MARKETPLACES.filter((each) => product.enabled_marketplaces.includes(each)),
  };
}

export function toProductPatch(form: ProductForm): Patch<"sourced_products"> {
  return {
    title: form.title,
    video_title: form.videoTitle || null,
    brand: form.brand || null,
    category: form.category || null,
    price: form.price ? Number(form.price.replace(",", ".")) : null,
    currency: form.currency,
    image_url: form.imageUrl || null,
    notes: form.notes || null,
    enabled_marketplaces: form.enabledMarketplaces,
  };
}
