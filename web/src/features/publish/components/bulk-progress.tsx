import type { BulkSummary } from "../../../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import { cn } from "../../../lib/cn.ts";
import { countBulk } from "../rules/describe-bulk.ts";

const PARTS = [
  { key: "published", look: "bg-success" },
  { key: "stopped", look: "bg-danger" },
  { key: "canceled", look: "bg-ink-faint" },
] as const;

/** How much of a bulk has ended, and how. */
export function BulkProgress({ bulk, className }: { bulk: BulkSummary; className?: string }) {
  const counts = countBulk(bulk);
  const ended = counts.total - counts.waiting;
  return (
    <div
      role="progressbar"
      aria-label="Posts that have ended"
      aria-valuemin={0}
      aria-valuemax={counts.total}
      aria-valuenow={ended}
      aria-valuetext={`${ended} of ${counts.total}`}
      className={cn("flex h-2 w-full gap-0.5 overflow-hidden rounded-full bg-line", className)}
    >
      {PARTS.filter(({ key }) => counts[key] > 0).map(({ key, look }) => (
        <div
          key={key}
          className={cn("h-full transition-[width] duration-500 ease-out", look)}
          style={{ width: `${(counts[key] / Math.max(counts.total, 1)) * 100}%` }}
        />
      ))}
    </div>
  );
}
