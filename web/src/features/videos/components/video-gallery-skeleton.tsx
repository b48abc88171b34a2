import { Skeleton } from "../../../components/ui/skeleton.tsx";

export function VideoGallerySkeleton({ amount = 3 }: { amount?: number }) {
  return (
    <div
      aria-busy
      className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,15.5rem),1fr))] gap-4"
    >
      <span className="sr-only">Loading videos</span>
      {Array.from({ length: amount }, (_, card) => (
        <div key={card} className="grid gap-3">
          <Skeleton className="aspect-video rounded-xl" />
          <Skeleton className="h-3.5 w-3/5" />
          <Skeleton className="h-3 w-2/5" />
        </div>
      ))}
    </div>
  );
}
