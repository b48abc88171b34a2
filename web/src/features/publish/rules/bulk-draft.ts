import type { BulkSpread } from "../../../../../supabase/functions/_shared/contracts/publish-bulk.ts";
import { toInstant } from "../../../lib/zoned-time.ts";

export const STEP_UNITS = { minutes: 1, hours: 60, days: 1440 } as const;
export type StepUnit = keyof typeof STEP_UNITS;

/** How the videos of a bulk are spread over time, as filled in. */
export interface SpreadDraft {
  kind: BulkSpread["kind"];
  /** As typed. */
  amount: string;
  unit: StepUnit;
  timeZone: string;
  /** When the first one goes out, `YYYY-MM-DDTHH:MM` in the zone. */
  localTime: string;
}

const MAX_MINUTES = 60 * 24 * 30;

/** Minutes between two videos; null when nothing sensible is typed. */
export function stepMinutes({ amount, unit }: SpreadDraft): number | null {
  const minutes = Number(amount) * STEP_UNITS[unit];
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= MAX_MINUTES ? minutes : null;
}

export type SpreadProblems = Partial<Record<"amount" | "localTime", string>>;

/** What has to change in a spread, as a sentence per field. */
export function checkSpread(spread: SpreadDraft, now: Date = new Date()): SpreadProblems {
  if (spread.kind !== "every") return {};
  const time = spread.localTime === "" ? null : toInstant(spread.localTime, spread.timeZone);
  return {
    ...(stepMinutes(spread) === null && { amount: "Use a whole number, at most 30 days." }),
    ...(time === null && { localTime: "Choose a day and a time." }),
    ...(time?.kind === "never" && {
      localTime: "This time does not exist: clocks are set forward over it that night. Choose another one.",
    }),
    ...(time && time.kind !== "never" && time.instant <= now && {
      localTime: "This time has passed. Choose a later one.",
    }),
  };
}

/** The spread as the request says it; a checked one. */
export function buildSpread(spread: SpreadDraft): BulkSpread {
  if (spread.kind !== "every") return { kind: spread.kind };
  return {
    kind: "every",
    minutes: stepMinutes(spread) ?? 1,
    starting_at: `${spread.localTime}:00`,
    time_zone: spread.timeZone,
  };
}
