import { Copy, ExternalLink, MoreHorizontal, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import type { Marketplace } from "../../../../../supabase/functions/_shared/contracts/marketplaces.ts";
import { ProductThumb } from "../../../components/product-thumb.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { ConfirmDialog } from "../../../components/ui/confirm-dialog.tsx";
import { Menu, MenuItem } from "../../../components/ui/menu.tsx";
import { toAmazonLink } from "../../../../../supabase/functions/_shared/contracts/amazon-link.ts";
import { useDeleteProduct } from "../api/delete-product.ts";
import type { Product } from "../api/get-product.ts";
import { useUpdateProduct } from "../api/update-product.ts";
import { StatusMenu } from "./status-menu.tsx";

/** Title, ASIN and status of a product, and what can be done with it as a whole. */
export function ProductHeading({ product, onDeleted }: { product: Product; onDeleted: () => void }) {
  const [isDeleting, setDeleting] = useState(false);
  const update = useUpdateProduct(product.id);
  const remove = useDeleteProduct();
  const address = toAmazonLink(product.marketplace as Marketplace, product.asin);

  async function copyAsin() {
    await navigator.clipboard.writeText(product.asin);
    toast.success(`${product.asin} copied`);
  }

  return (
    <header className="mb-7 flex flex-wrap items-center justify-between gap-x-6 gap-y-4 sm:flex-nowrap">
      <div className="flex min-w-0 items-center gap-4 max-sm:w-full max-sm:items-start">
        <ProductThumb url={product.image_url} className="size-14 rounded-xl" />
        <div className="min-w-0">
          <h1 className="line-clamp-2 max-w-3xl text-xl leading-7">{product.title}</h1>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft">
            <button
              type="button"
              onClick={copyAsin}
              aria-label={`Copy the ASIN ${product.asin}`}
              className="code group inline-flex items-center gap-1.5 rounded hover:text-ink"
            >
              {product.asin} <Copy aria-hidden className="size-3.5 text-ink-faint group-hover:text-ink" />
            </button>
            <a
              href={address}
              target="_blank"
              rel="noreferrer"
              className="inline-flex items-center gap-1.5 rounded hover:text-ink"
            >
              Amazon {product.marketplace} <ExternalLink aria-hidden className="size-3.5 text-ink-faint" />
              <span className="sr-only">(opens a new tab)</span>
            </a>
          </p>
        </div>
      </div>
      <div className="flex shrink-0 items-center gap-2">
        <StatusMenu
          statusId={product.status_id}
          onChange={(statusId) => update.mutate({ status_id: statusId })}
        />
        <Menu
          trigger={
            <Button look="quiet" size="icon" aria-label="More actions for this product">
              <MoreHorizontal aria-hidden />
            </Button>
          }
        >
          <MenuItem isDestructive onSelect={() => setDeleting(true)}>
            <Trash2 aria-hidden /> Delete product
          </MenuItem>
        </Menu>
      </div>
      <ConfirmDialog
        isOpen={isDeleting}
        onOpenChange={setDeleting}
        title="Delete this product?"
        description={
          <p>
            Its videos stay in your OneDrive and in your library, without a product. Tasks that are still
            pending go; completed ones are kept.
          </p>
        }
        confirmLabel="Delete product"
        isDestructive
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(product.id, { onSuccess: onDeleted })}
      />
    </header>
  );
}
