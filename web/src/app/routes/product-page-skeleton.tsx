import { Skeleton } from "../../components/ui/skeleton.tsx";

export function ProductPageSkeleton() {
  return (
    <div aria-busy>
      <span className="sr-only">Loading the product</span>
      <div className="mb-8 flex items-center gap-4 pt-9">
        <Skeleton className="size-14 rounded-xl" />
        <div className="grid grow gap-2">
          <Skeleton className="h-5 w-1/2" />
          <Skeleton className="h-3.5 w-40" />
        </div>
      </div>
      <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_19rem]">
        <Skeleton className="h-80 rounded-xl" />
        <Skeleton className="h-64 rounded-xl" />
      </div>
    </div>
  );
}
