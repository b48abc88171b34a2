import { Card } from "../../../components/ui/card.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";

export function TaskGroupsSkeleton() {
  return (
    <div aria-busy className="grid gap-4">
      <span className="sr-only">Loading tasks</span>
      {[3, 2].map((rows) => (
        <Card key={rows} className="overflow-hidden">
          <div className="flex items-center gap-3.5 border-b px-4 py-3">
            <Skeleton className="aspect-video w-24" />
            <div className="grid gap-2">
              <Skeleton className="h-3.5 w-44" />
              <Skeleton className="h-3 w-24" />
            </div>
          </div>
          {Array.from(
            { length: rows },
            (_, row) => (
              <div key={row} className="flex items-center gap-3 px-4 py-3.5">
                <Skeleton className="h-6 w-9" />
                <Skeleton className="h-3.5 w-40" />
              </div>
            ),
          )}
        </Card>
      ))}
    </div>
  );
}
