import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { count } from "../../../lib/count.ts";
import { nextSlotsOptions } from "../api/next-slots.ts";
import type { CaptionedVideo } from "../api/caption-facts.ts";
import type { SpreadDraft } from "../rules/bulk-draft.ts";
import { planBulk, skippedSlots } from "../rules/plan-bulk.ts";
import { BulkPlanTable } from "./bulk-plan-table.tsx";

const SHOWN = 6;
/** So many at once look like too many. */
const MANY_NOW = 10;

interface BulkPlanProps {
  videos: readonly CaptionedVideo[];
  accounts: readonly PublishConnection[];
  spread: SpreadDraft;
}

/** What goes out when, and what to know before it does. */
export function BulkPlan({ videos, accounts, spread }: BulkPlanProps) {
  const [isWhole, setWhole] = useState(false);
  const ids = accounts.map(({ id }) => id);
  const { data: freeSlots, error } = useQuery({
    ...nextSlotsOptions(ids, videos.length),
    enabled: spread.kind === "slots" && ids.length > 0,
  });
  if (accounts.length === 0) return null;
  const isLoading = spread.kind === "slots" && !freeSlots && !error;
  const plan = planBulk(spread, videos.length, ids, freeSlots);
  const missing = plan.flat().filter(({ isMissing }) => isMissing).length;
  const hasNoSlots = spread.kind === "slots" && freeSlots?.some(({ slots }) => slots.length === 0);
  const skipped = spread.kind === "slots" && freeSlots ? skippedSlots(freeSlots) : [];
  const shown = isWhole ? videos : videos.slice(0, SHOWN);
  return (
    <section aria-label="What goes out when" className="grid gap-3">
      <h3 className="text-sm">
        {count(videos.length * accounts.length, "post")}: what goes out when
      </h3>
      {hasNoSlots && (
        <Notice tone="warning" title="No posting slots">
          At least one of these accounts has none.{" "}
          <Link to="/settings/slots" className="text-link underline">Add slots</Link>, or choose another time.
        </Notice>
      )}
      {!isLoading && !hasNoSlots && spread.kind === "slots" && missing > 0 && (
        <Notice tone="warning" title={`${count(missing, "post")} without a slot`}>
          The slots of the coming year are not enough. Add slots, or choose fewer videos.
        </Notice>
      )}
      {skipped.length > 0 && (
        <Notice tone="info">
          Clocks are set forward over your slot on{" "}
          {skipped.map((at) => at.slice(0, 10)).join(", ")}: it is left out that night.
        </Notice>
      )}
      {spread.kind === "now" && videos.length > MANY_NOW && (
        <Notice tone="info">
          Your followers get all of them in a row. Slots or steps spread them over days.
        </Notice>
      )}
      {error && <Notice tone="danger">Your slots could not be read: {error.message}</Notice>}
      <BulkPlanTable
        videos={shown}
        accounts={accounts}
        plan={plan}
        timeZone={spread.timeZone}
        isLoading={isLoading}
      />
      {videos.length > SHOWN && (
        <Button
          look="link"
          size="inline"
          className="justify-self-start"
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? "Show fewer" : `Show all ${videos.length}`}
        </Button>
      )}
      <p className="text-xs text-ink-faint">
        Where a platform takes no more posts on a day, a post moves to the next day or slot with room.
      </p>
    </section>
  );
}
