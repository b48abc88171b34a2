import type { Bulk } from "../../../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { PlatformMark } from "../../../components/platform-mark.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { cn } from "../../../lib/cn.ts";
import { formatTime } from "../../../lib/format-time.ts";
import { nameAccount } from "../../../lib/name-account.ts";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import { byPlatform } from "../rules/by-platform.ts";

interface BulkSummaryTableProps {
  platforms: Bulk["platforms"];
  accounts: readonly PublishConnection[];
  timeZone: string;
}

const CELL = "px-3 py-2.5 text-right tabular whitespace-nowrap";

/** How the posts of a bulk stand, account by account. */
export function BulkSummaryTable({ platforms, accounts, timeZone }: BulkSummaryTableProps) {
  const show = (time: string | null) => time === null ? "–" : formatTime(new Date(time), timeZone);
  return (
    // Wider than a phone: it scrolls by keyboard too.
    <Card role="group" aria-label="Posts by account" tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-left">
        <thead>
          <tr className="border-b text-xs text-ink-soft">
            <th scope="col" className="px-4 py-2.5 font-[550]">Account</th>
            {["Published", "To go", "Need you", "Stopped", "First", "Last"].map((name) => (
              <th key={name} scope="col" className={cn(CELL, "font-[550]")}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {platforms.toSorted(byPlatform).map((place) => {
            const account = accounts.find(({ id }) => id === place.connection_id);
            const stopped = place.failed + place.needs_user;
            return (
              <tr key={`${place.platform} ${place.connection_id}`} className="border-b last:border-0">
                <th scope="row" className="px-4 py-2.5 font-[570]">
                  <span className="flex items-center gap-2">
                    <PlatformMark platform={place.platform} className="size-5" />
                    <span className="grid leading-4">
                      <span className="whitespace-nowrap">
                        {account ? nameAccount(account) : PLATFORM_NAMES[place.platform]}
                      </span>
                      {account && (
                        <span className="text-xs font-normal text-ink-faint">
                          {PLATFORM_NAMES[place.platform]}
                        </span>
                      )}
                    </span>
                  </span>
                </th>
                <Amount value={place.published} look="font-[600] text-success" />
                <Amount value={place.waiting} />
                <Amount value={stopped} look="font-[600] text-danger" />
                <Amount value={place.canceled} />
                <td className={cn(CELL, "text-ink-soft")}>{show(place.first_at)}</td>
                <td className={cn(CELL, "text-ink-soft")}>{show(place.last_at)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}

/** A number that steps back where there is nothing to count. */
const Amount = ({ value, look }: { value: number; look?: string }) => (
  <td className={cn(CELL, value > 0 ? look : "text-ink-faint")}>{value}</td>
);
