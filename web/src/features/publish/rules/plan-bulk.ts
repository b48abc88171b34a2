import { toInstant } from "../../../lib/zoned-time.ts";
import { type SpreadDraft, stepMinutes } from "./bulk-draft.ts";

/** Free slots of an account: `at` is null where clocks skip the slot. */
export interface FreeSlots {
  connection_id: string;
  slots: readonly { at: string | null; local_at: string; note: string | null }[];
}

export interface PlannedTime {
  /** Null is at once. */
  at: Date | null;
  /** There is no slot left within a year. */
  isMissing?: boolean;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/**
 * When each video goes out on each account: for every video a time by account. Days that are full by then are not
 * known here; a post moves on from one to the next day or slot with room.
 */
export function planBulk(
  spread: SpreadDraft,
  videoCount: number,
  connectionIds: readonly string[],
  freeSlots: readonly FreeSlots[] = [],
): PlannedTime[][] {
  return Array.from({ length: videoCount }, (_, index) => {
    if (spread.kind === "now") return connectionIds.map(() => ({ at: null }));
    if (spread.kind === "every") {
      const at = stepTime(spread, index);
      return connectionIds.map(() => ({ at, isMissing: at === null }));
    }
    return connectionIds.map((id) => {
      const own = freeSlots.find(({ connection_id }) => connection_id === id)?.slots ?? [];
      const slot = own.filter(({ at }) => at !== null)[index];
      return slot ? { at: new Date(slot.at!) } : { at: null, isMissing: true };
    });
  });
}

/** Whole days keep what the clock shows; other steps are time that passes. */
function stepTime(spread: SpreadDraft, index: number): Date | null {
  const minutes = stepMinutes(spread);
  if (minutes === null || spread.localTime === "") return null;
  const start = toInstant(spread.localTime, spread.timeZone);
  if (start.kind === "never") return null;
  const elapsed = new Date(start.instant.getTime() + index * minutes * MINUTE_MS);
  if (minutes % DAY_MINUTES !== 0) return elapsed;
  const local = new Date(Date.parse(`${spread.localTime}Z`) + index * minutes * MINUTE_MS);
  const wall = toInstant(local.toISOString().slice(0, 16), spread.timeZone);
  if (wall.kind !== "never") return wall.instant;
  // Clocks skip it that night: as much later as they skip.
  const dayBefore = new Date(local.getTime() - DAY_MINUTES * MINUTE_MS).toISOString().slice(0, 16);
  const before = toInstant(dayBefore, spread.timeZone);
  return before.kind === "never" ? elapsed : new Date(before.instant.getTime() + DAY_MINUTES * MINUTE_MS);
}

/** Slots that clocks skip within a plan, as local times. */
export const skippedSlots = (freeSlots: readonly FreeSlots[]): string[] => [
  ...new Set(
    freeSlots.flatMap(({ slots }) => slots.filter(({ at }) => at === null).map((each) => each.local_at)),
  ),
];

/** True when every video goes out on all accounts at the same time. */
export const isSharedPlan = (plan: readonly PlannedTime[][]): boolean =>
  plan.every(([first, ...others]) =>
    others.every(({ at, isMissing }) =>
      at?.getTime() === first?.at?.getTime() && isMissing === first?.isMissing
    )
  );
