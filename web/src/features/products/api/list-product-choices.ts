import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { searchPattern } from "../../../lib/search-pattern.ts";
import { supabase } from "../../../lib/supabase.ts";

async function listProductChoices(search: string) {
  let query = supabase.from("sourced_products").select("id,asin,marketplace,title,image_url");
  if (search.trim()) query = query.or(searchPattern(["title", "asin", "brand"], search));
  return unwrap(await query.order("created_at", { ascending: false }).limit(20));
}

/** The products a video can be linked to: the newest, or those that match. */
export const productChoicesOptions = (search: string) =>
  queryOptions({
    queryKey: queryKeys.products.options(search),
    queryFn: () => listProductChoices(search),
    placeholderData: keepPreviousData,
  });
