import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { CircleCheck, ListChecks } from "lucide-react";
import { Button } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { PageHeader } from "../../components/ui/page-header.tsx";
import { ProductName } from "../../features/products/components/product-name.tsx";
import { TaskFilters } from "../../features/tasks/components/task-filters.tsx";
import { TaskGroups } from "../../features/tasks/components/task-groups.tsx";

const route = getRouteApi("/_app/tasks");

/** What is to be uploaded on Amazon, grouped by video. */
export function TasksPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/tasks" });
  const status = search.status ?? "pending";
  const filters = { status: status === "all" ? undefined : status, marketplace: search.marketplace };

  return (
    <>
      <PageHeader
        title="Tasks"
        description="One task is one upload on Amazon: a video, an ASIN, a marketplace."
      />
      <TaskFilters
        filters={filters}
        onChange={(change) =>
          navigate({
            search: (previous) => ({
              ...previous,
              ...("marketplace" in change &&
                { marketplace: change.marketplace as typeof search.marketplace }),
              ...("status" in change && { status: (change.status ?? "all") as typeof search.status }),
            }),
            replace: true,
          })}
      />
      <h2 className="sr-only">Tasks by video</h2>
      <TaskGroups
        filters={filters}
        renderPlace={(productId) => (
          <Link
            to="/products/$productId"
            params={{ productId }}
            className="rounded text-link hover:underline"
          >
            <ProductName id={productId} />
          </Link>
        )}
        empty={status === "pending"
          ? (
            <EmptyState
              icon={search.marketplace ? ListChecks : CircleCheck}
              title={search.marketplace ? `Nothing waits on Amazon ${search.marketplace}` : "Nothing waits"}
              action={
                <Button asChild>
                  <Link to="/products">Open products</Link>
                </Button>
              }
            >
              A finished video makes its tasks by itself: one for each marketplace of its product and of every
              related ASIN.
            </EmptyState>
          )
          : (
            <EmptyState icon={ListChecks} title="None here">
              Tasks you complete or skip are kept here, and can be opened again.
            </EmptyState>
          )}
      />
    </>
  );
}
