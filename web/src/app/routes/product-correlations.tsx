import { useInfiniteQuery } from "@tanstack/react-query";
import { CornerDownRight } from "lucide-react";
import { CorrelationList } from "../../features/correlations/components/correlation-list.tsx";
import type { Product } from "../../features/products/api/get-product.ts";
import { taskListOptions } from "../../features/tasks/api/list-tasks.ts";

/** The related ASINs of a product, each with the video its tasks show. */
export function ProductCorrelations({ product }: { product: Product }) {
  const { data: tasks } = useInfiniteQuery(taskListOptions({ productId: product.id }));
  const groups = tasks?.pages.flatMap((page) => page.groups) ?? [];

  const renderVideo = (asin: string) => {
    const group = groups.find(({ tasks }) => tasks.some((task) => task.asin === asin));
    if (!group) return null;
    if (!group.video) return "Waits for the first video of this product.";
    const task = group.tasks.find((each) => each.asin === asin);
    return (
      <span className="inline-flex min-w-0 items-center gap-1.5">
        <CornerDownRight aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
        {task?.video_is_inherited ? "inherits" : "shows its own"}
        <span className="truncate font-[550] text-ink">{group.video.filename}</span>
      </span>
    );
  };
  return <CorrelationList productId={product.id} productAsin={product.asin} renderVideo={renderVideo} />;
}
