import { useQuery } from "@tanstack/react-query";
import { productNameOptions } from "../api/get-product-name.ts";

/** The title of a product known by its id. */
export function ProductName({ id }: { id: string }) {
  const { data } = useQuery(productNameOptions(id));
  return data ?? "…";
}
