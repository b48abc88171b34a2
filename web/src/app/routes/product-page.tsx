import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { ChevronLeft, ListChecks } from "lucide-react";
import { useState } from "react";
import type { Video } from "../../../../supabase/functions/_shared/contracts/videos.ts";
import { Section } from "../../components/ui/card.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { productOptions } from "../../features/products/api/get-product.ts";
import { ProductDetails } from "../../features/products/components/product-details.tsx";
import { ProductHeading } from "../../features/products/components/product-heading.tsx";
import { ProductPickerDialog } from "../../features/products/components/product-picker-dialog.tsx";
import { TaskGroups } from "../../features/tasks/components/task-groups.tsx";
import { ProductCorrelations } from "./product-correlations.tsx";
import { ProductPosts } from "./product-posts.tsx";
import { ProductPageSkeleton } from "./product-page-skeleton.tsx";
import { ProductVideos } from "./product-videos.tsx";
import { PublishVideo } from "./publish-video.tsx";
import { useLinkVideo } from "./use-link-video.ts";

const route = getRouteApi("/_app/products/$productId");

/** Everything about one product: its videos, tasks, related ASINs and details. */
export function ProductPage() {
  const { productId } = route.useParams();
  const navigate = useNavigate();
  const { linking, setLinking, link } = useLinkVideo();
  const [publishing, setPublishing] = useState<Video | null>(null);
  const { data: product } = useQuery({
    ...productOptions(productId),
    throwOnError: (_e, query) => !query.state.data,
  });
  if (!product) return <ProductPageSkeleton />;

  return (
    <>
      <Link
        to="/products"
        className="-ml-1 mb-4 inline-flex items-center gap-1 rounded pr-1 text-ink-soft hover:text-ink"
      >
        <ChevronLeft aria-hidden className="size-4" /> Products
      </Link>
      <ProductHeading product={product} onDeleted={() => navigate({ to: "/products" })} />
      <div className="grid items-start gap-x-8 gap-y-9 xl:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="grid min-w-0 gap-9">
          <ProductVideos productId={product.id} onLink={setLinking} onPublish={setPublishing} />
          <ProductPosts productId={product.id} />
          <Section title="Amazon tasks">
            <TaskGroups
              filters={{ productId: product.id }}
              shownPerGroup={5}
              empty={
                <EmptyState icon={ListChecks} title="No tasks yet" isCompact>
                  A finished video makes one task for each marketplace, and for each related ASIN you accept.
                </EmptyState>
              }
            />
          </Section>
          <ProductCorrelations product={product} />
        </div>
        <ProductDetails product={product} />
      </div>
      {linking && (
        <ProductPickerDialog
          title="Link to another product"
          description={linking.filename}
          onPick={link}
          onClose={() => setLinking(null)}
        />
      )}
      {publishing && (
        <PublishVideo
          video={publishing}
          title={product.video_title || product.title}
          onClose={() => setPublishing(null)}
        />
      )}
    </>
  );
}
