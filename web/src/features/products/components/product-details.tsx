import { Pencil } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Marketplace } from "../../../../../supabase/functions/_shared/contracts/marketplaces.ts";
import { Badge } from "../../../components/ui/badge.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { MARKETPLACE_NAMES } from "../../../lib/marketplace-names.ts";
import type { Product } from "../api/get-product.ts";
import { ProductDetailsDialog } from "./product-details-dialog.tsx";

/** What is known about a product, and the way to change it. */
export function ProductDetails({ product }: { product: Product }) {
  const [isEditing, setEditing] = useState(false);
  return (
    <Card>
      <header className="flex items-center justify-between py-2.5 pr-2.5 pl-4">
        <h2 className="text-base">Details</h2>
        <Button look="quiet" size="sm" aria-label="Edit details" onClick={() => setEditing(true)}>
          <Pencil aria-hidden /> Edit
        </Button>
      </header>
      <dl className="grid gap-3.5 border-t px-4 py-4">
        <Detail name="Video title">{product.video_title}</Detail>
        <Detail name="Brand">{product.brand}</Detail>
        <Detail name="Category">{product.category}</Detail>
        <Detail name="Price">{formatPrice(product)}</Detail>
        <Detail name="Tasks for">
          <span className="flex flex-wrap gap-1">
            {product.enabled_marketplaces.map((each) => (
              <Badge key={each} title={MARKETPLACE_NAMES[each as Marketplace]}>{each}</Badge>
            ))}
          </span>
        </Detail>
        <Detail name="Notes">
          {product.notes && <span className="whitespace-pre-line">{product.notes}</span>}
        </Detail>
      </dl>
      {isEditing && <ProductDetailsDialog product={product} onClose={() => setEditing(false)} />}
    </Card>
  );
}

function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6rem_minmax(0,1fr)] gap-3">
      <dt className="text-ink-faint">{name}</dt>
      <dd className="min-w-0 break-words">{children || <span className="text-ink-faint">–</span>}</dd>
    </div>
  );
}

function formatPrice({ price, currency }: Product): string | null {
  if (price === null) return null;
  return new Intl.NumberFormat("en", { style: "currency", currency }).format(Number(price));
}
