import { queryOptions } from "@tanstack/react-query";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { assertWritten } from "../../../lib/data-failure.ts";
import type { Row } from "../../../lib/database.ts";
import { queryKeys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export type Product = Row<"sourced_products">;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function getProduct(id: string, signal: AbortSignal): Promise<Product> {
  if (!UUID.test(id)) throw notFound();
  const answer = await supabase.from("sourced_products").select("*").eq("id", id).abortSignal(signal)
    .maybeSingle();
  assertWritten(answer);
  if (!answer.data) throw notFound();
  return answer.data;
}

function notFound(): ApiFailure {
  return new ApiFailure("not_found", "This product is not here anymore.", 404);
}

export const productOptions = (id: string) =>
  queryOptions({ queryKey: queryKeys.products.detail(id), queryFn: ({ signal }) => getProduct(id, signal) });
