import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ProductThumb } from "../../../components/product-thumb.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { useDebounced } from "../../../lib/use-debounced.ts";
import { productChoicesOptions } from "../api/list-product-choices.ts";

interface ProductPickerDialogProps {
  title: string;
  description?: string;
  onPick: (product: { id: string; title: string }) => void;
  onClose: () => void;
}

/** Finds one product by title, ASIN or brand. */
export function ProductPickerDialog({ title, description, onPick, onClose }: ProductPickerDialogProps) {
  const [search, setSearch] = useState("");
  const { data: products, isPending } = useQuery(productChoicesOptions(useDebounced(search)));
  return (
    <Dialog isOpen onOpenChange={onClose} title={title} description={description}>
      <Input
        type="search"
        aria-label="Search products"
        placeholder="Title, ASIN or brand"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        autoFocus
      />
      <ul aria-label="Products" aria-busy={isPending} className="-mx-2 mt-3 grid min-h-40 content-start">
        {products?.map((product) => (
          <li key={product.id}>
            <button
              type="button"
              onClick={() => onPick(product)}
              className="flex w-full items-center gap-3 rounded-lg px-2 py-2 text-left hover:bg-sunken focus-visible:-outline-offset-2"
            >
              <ProductThumb url={product.image_url} className="size-9" />
              <span className="min-w-0">
                <span className="line-clamp-1 font-[550]">{product.title}</span>
                <span className="block text-xs text-ink-faint">
                  <span className="code">{product.asin}</span> {product.marketplace}
                </span>
              </span>
            </button>
          </li>
        ))}
        {products?.length === 0 && (
          <li className="px-2 py-6 text-center text-ink-soft">No product matches.</li>
        )}
      </ul>
    </Dialog>
  );
}
