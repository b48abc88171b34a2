import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { PlatformMark } from "../../../components/platform-mark.tsx";
import { formatTime } from "../../../lib/format-time.ts";
import { nameAccount } from "../../../lib/name-account.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import type { CaptionedVideo } from "../api/caption-facts.ts";
import { isSharedPlan, type PlannedTime } from "../rules/plan-bulk.ts";

interface BulkPlanTableProps {
  videos: readonly CaptionedVideo[];
  accounts: readonly PublishConnection[];
  /** For each video a time by account. */
  plan: readonly PlannedTime[][];
  timeZone: string;
  isLoading: boolean;
}

/** The times of the videos: by account, or once where all accounts have the same ones. */
export function BulkPlanTable({ videos, accounts, plan, timeZone, isLoading }: BulkPlanTableProps) {
  const isShared = accounts.length > 1 && (isLoading || isSharedPlan(plan));
  return (
    <div
      role="group"
      aria-label="Times"
      // With many accounts wider than the dialog: it scrolls by keyboard too.
      tabIndex={0}
      aria-busy={isLoading}
      className="overflow-x-auto rounded-xl ring-1 ring-line ring-inset"
    >
      <table className="w-full text-left">
        <thead>
          <tr className="border-b text-xs text-ink-soft">
            <th scope="col" className="px-3 py-2 font-[550]">Video</th>
            {isShared && (
              <th scope="col" className="px-3 py-2 font-[550] whitespace-nowrap">
                All {accounts.length} accounts
              </th>
            )}
            {!isShared &&
              accounts.map((account) => (
                <th key={account.id} scope="col" className="px-3 py-2 font-[550] whitespace-nowrap">
                  <span className="flex items-center gap-1.5">
                    <PlatformMark platform={account.platform} className="size-4" />
                    <span className="max-w-36 truncate">{nameAccount(account)}</span>
                    <span className="sr-only">on {PLATFORM_NAMES[account.platform]}</span>
                  </span>
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {videos.map((video, index) => (
            <tr key={video.id} className="border-b last:border-0">
              <th scope="row" className="max-w-48 min-w-28 truncate px-3 py-2 font-normal">
                {video.filename}
              </th>
              {plan[index]!.slice(0, isShared ? 1 : undefined).map((time, column) => (
                <td key={accounts[column]!.id} className="tabular px-3 py-2 whitespace-nowrap text-ink-soft">
                  {isLoading ? "…" : describe(time, timeZone)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function describe({ at, isMissing }: PlannedTime, timeZone: string): string {
  if (isMissing) return "–";
  return at === null ? "Now" : formatTime(at, timeZone);
}
