import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "../../../lib/data-failure.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

let batch: Promise<Map<string, string>> | null = null;
let wanted = new Set<string>();

/** A product's title. The names a page asks for at once are read in one request. */
export const productNameOptions = (id: string) =>
  queryOptions({
    queryKey: queryKeys.products.name(id),
    queryFn: async () => (await joinBatch(id)).get(id) ?? "A product",
    staleTime: 5 * 60_000,
  });

function joinBatch(id: string): Promise<Map<string, string>> {
  wanted.add(id);
  batch ??= new Promise((resolve) => setTimeout(() => resolve(readBatch()), 10));
  return batch;
}

async function readBatch(): Promise<Map<string, string>> {
  const ids = [...wanted];
  wanted = new Set();
  batch = null;
  const products = unwrap(await supabase.from("sourced_products").select("id,title").in("id", ids));
  return new Map(products.map(({ id, title }) => [id, title]));
}
