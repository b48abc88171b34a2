import { Link } from "@tanstack/react-router";
import { ChevronRight, Layers } from "lucide-react";
import type { BulkSummary } from "../../../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import { Badge } from "../../../components/ui/badge.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { count } from "../../../lib/count.ts";
import { formatWhen } from "../../../lib/format-date.ts";
import { describeBulk } from "../rules/describe-bulk.ts";
import { BulkProgress } from "./bulk-progress.tsx";

/** Bulks as lines that lead to their pages. */
export function BulkList({ bulks, timeZone }: { bulks: readonly BulkSummary[]; timeZone: string }) {
  return (
    <Card>
      <ul aria-label="Videos published together">
        {bulks.map((bulk) => {
          const { label, tone, sentence } = describeBulk(bulk, timeZone);
          return (
            <li key={bulk.id} className="border-b last:border-0">
              <Link
                to="/bulks/$bulkId"
                params={{ bulkId: bulk.id }}
                className="group flex items-center gap-3.5 px-4 py-3 focus-visible:-outline-offset-2"
              >
                <span
                  aria-hidden
                  className="grid size-9 shrink-0 place-items-center rounded-lg bg-spark-soft text-ink"
                >
                  <Layers className="size-4.5" />
                </span>
                <span className="grid min-w-0 grow gap-1">
                  <span className="flex flex-wrap items-center gap-x-2">
                    <span className="font-[600] group-hover:underline">{count(bulk.total, "video")}</span>
                    <Badge tone={tone}>{label}</Badge>
                    <span className="text-xs text-ink-faint">{formatWhen(bulk.created_at)}</span>
                  </span>
                  <BulkProgress bulk={bulk} className="h-1.5 max-w-96" />
                  <span className="text-xs text-ink-soft">{sentence}</span>
                </span>
                <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint" />
              </Link>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
