import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Card } from "../../../components/ui/card.tsx";
import { ProductThumb } from "../../../components/product-thumb.tsx";
import { formatWhen } from "../../../lib/format-date.ts";
import type { ListedProduct } from "../api/list-products.ts";
import { statusListOptions } from "../api/list-statuses.ts";
import { StatusDot } from "./status-dot.tsx";

interface ProductListProps {
  products: readonly ListedProduct[];
  /** What the caller knows about a product's videos. */
  renderVideos: (productId: string) => ReactNode;
}

/** Products as rows; the whole row leads to the product. */
export function ProductList({ products, renderVideos }: ProductListProps) {
  const { data: statuses = [] } = useQuery(statusListOptions);
  const byId = new Map(statuses.map((status) => [status.id, status]));
  return (
    <Card className="overflow-hidden">
      <div
        aria-hidden
        className="hidden grid-cols-[minmax(0,1fr)_10rem_8rem_7rem] gap-4 border-b px-4 py-2 text-xs text-ink-faint md:grid"
      >
        <span>Product</span>
        <span>Status</span>
        <span>Videos</span>
        <span className="text-right">Changed</span>
      </div>
      <ul className="divide-y">
        {products.map((product) => (
          <li
            key={product.id}
            className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 px-4 py-3 hover:bg-sunken/60 md:grid-cols-[minmax(0,1fr)_10rem_8rem_7rem]"
          >
            <div className="flex min-w-0 items-center gap-3.5 max-md:col-span-2">
              <ProductThumb url={product.image_url} />
              <div className="min-w-0">
                <Link
                  to="/products/$productId"
                  params={{ productId: product.id }}
                  className="line-clamp-1 font-[570] after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
                >
                  {product.title}
                </Link>
                <p className="flex min-w-0 items-center gap-2 text-xs text-ink-faint">
                  <span className="code">{product.asin}</span>
                  <span>{product.marketplace}</span>
                  {product.brand && <span className="truncate">{product.brand}</span>}
                </p>
              </div>
            </div>
            <div className="min-w-0 text-ink-soft max-md:text-xs">
              <StatusDot status={byId.get(product.status_id ?? "")} />
            </div>
            <div className="text-ink-soft max-md:justify-self-end max-md:text-xs">
              {renderVideos(product.id)}
            </div>
            <time dateTime={product.updated_at} className="text-right text-xs text-ink-faint max-md:hidden">
              {formatWhen(product.updated_at)}
            </time>
          </li>
        ))}
      </ul>
    </Card>
  );
}
