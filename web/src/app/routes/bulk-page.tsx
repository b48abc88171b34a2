import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { Badge } from "../../components/ui/badge.tsx";
import { Card, Section } from "../../components/ui/card.tsx";
import { PageHeader } from "../../components/ui/page-header.tsx";
import { Segments } from "../../components/ui/segments.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { connectionsOptions } from "../../features/connections/api/list-connections.ts";
import { profileOptions } from "../../features/profile/api/get-profile.ts";
import { useChangeBulk } from "../../features/publish/api/change-bulk.ts";
import { bulkOptions } from "../../features/publish/api/get-bulk.ts";
import { BulkActions } from "../../features/publish/components/bulk-actions.tsx";
import { BulkItemRow } from "../../features/publish/components/bulk-item-row.tsx";
import { BulkProgress } from "../../features/publish/components/bulk-progress.tsx";
import { BulkSummaryTable } from "../../features/publish/components/bulk-summary-table.tsx";
import { describeBulk } from "../../features/publish/rules/describe-bulk.ts";
import { count } from "../../lib/count.ts";
import { formatWhen } from "../../lib/format-date.ts";
import { isMissing } from "../../lib/is-missing.ts";
import { BackToPosts } from "./back-to-posts.tsx";
import { NotHere } from "./not-here.tsx";

const route = getRouteApi("/_app/bulks/$bulkId");

/** What became of many videos that were published with one action. */
export function BulkPage() {
  const { bulkId } = route.useParams();
  const { data: bulk, error } = useQuery({
    ...bulkOptions(bulkId),
    throwOnError: (failure, query) => !query.state.data && !isMissing(failure),
  });
  const { data: profile } = useQuery({ ...profileOptions, throwOnError: (_e, query) => !query.state.data });
  const { data: accounts = [] } = useQuery(connectionsOptions);
  const change = useChangeBulk();
  const [view, setView] = useState<"all" | "stopped">("all");
  if (isMissing(error)) {
    return (
      <>
        <BackToPosts />
        <NotHere title="There is nothing here" />
      </>
    );
  }
  if (!bulk || !profile) return <Skeleton className="h-96 rounded-xl" />;

  const { label, tone, sentence } = describeBulk(bulk, profile.time_zone);
  const stopped = bulk.items.filter(({ status, targets }) =>
    status === "failed" || targets.some(({ outcome }) => outcome === "failed" || outcome === "needs_user")
  );
  const shown = view === "stopped" ? stopped : bulk.items;
  return (
    <>
      <BackToPosts />
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-3">
            {count(bulk.total, "video")} <Badge tone={tone} className="text-sm">{label}</Badge>
          </span>
        }
        description={`Set up ${formatWhen(bulk.created_at)}.`}
        actions={<BulkActions bulk={bulk} change={change} />}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        <div className="grid gap-2">
          <BulkProgress bulk={bulk} />
          <p role="status" className="text-ink-soft">{sentence}</p>
        </div>
        {bulk.platforms.length > 0 && (
          <Section title="Summary">
            <BulkSummaryTable
              platforms={bulk.platforms}
              accounts={accounts}
              timeZone={profile.time_zone}
            />
          </Section>
        )}
        <Section
          title="Videos"
          note={bulk.total}
          actions={stopped.length > 0 && (
            <Segments
              label="Which videos"
              value={view}
              onChange={setView}
              options={[
                { value: "all", label: "All" },
                { value: "stopped", label: "Need you", note: stopped.length },
              ]}
            />
          )}
        >
          <Card>
            <ul>
              {shown.map((item) => (
                <BulkItemRow
                  key={item.id}
                  item={item}
                  accounts={accounts}
                  timeZone={profile.time_zone}
                  isBusy={change.isPending}
                  onRetry={(allowsDuplicate) =>
                    change.mutate({ kind: "retry", bulkId, itemId: item.id, allowsDuplicate })}
                />
              ))}
            </ul>
          </Card>
        </Section>
      </div>
    </>
  );
}
