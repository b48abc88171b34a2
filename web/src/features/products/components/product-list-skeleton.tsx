import { Card } from "../../../components/ui/card.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";

export function ProductListSkeleton() {
  return (
    <Card className="divide-y" aria-busy>
      <span className="sr-only">Loading products</span>
      {Array.from({ length: 6 }, (_, row) => (
        <div key={row} className="flex items-center gap-3.5 px-4 py-3">
          <Skeleton className="size-11 rounded-lg" />
          <div className="grid grow gap-2">
            <Skeleton className="h-3.5 w-2/5" />
            <Skeleton className="h-3 w-1/5" />
          </div>
          <Skeleton className="h-3.5 w-24 max-md:hidden" />
        </div>
      ))}
    </Card>
  );
}
