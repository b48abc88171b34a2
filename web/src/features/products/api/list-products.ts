import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { unwrap } from "../../../lib/data-failure.ts";
import { type ProductFilters, queryKeys } from "../../../lib/query-keys.ts";
import { searchPattern } from "../../../lib/search-pattern.ts";
import { supabase } from "../../../lib/supabase.ts";

const PAGE_SIZE = 50;
const COLUMNS = "id,asin,marketplace,title,image_url,brand,status_id,enabled_marketplaces,updated_at";

async function listProducts({ search, statusId }: ProductFilters, offset: number, signal: AbortSignal) {
  let query = supabase.from("sourced_products").select(COLUMNS);
  if (statusId) query = query.eq("status_id", statusId);
  if (search?.trim()) query = query.or(searchPattern(["title", "asin", "brand"], search));
  const page = query
    .order("created_at", { ascending: false })
    .order("id", { ascending: false })
    .range(offset, offset + PAGE_SIZE - 1);
  return unwrap(await page.abortSignal(signal));
}

export type ListedProduct = Awaited<ReturnType<typeof listProducts>>[number];

/** Products, newest first, fifty at a time. */
export const productListOptions = (filters: ProductFilters) =>
  infiniteQueryOptions({
    queryKey: queryKeys.products.list(filters),
    queryFn: ({ pageParam, signal }) => listProducts(filters, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (lastPage, pages) => lastPage.length < PAGE_SIZE ? undefined : pages.length * PAGE_SIZE,
    placeholderData: keepPreviousData,
  });
