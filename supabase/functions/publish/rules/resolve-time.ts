import { AppError } from "../../_shared/core/app-error.ts";
import { instantsOfLocalTime, zoneOffsetMs } from "../../_shared/core/time-zone.ts";

/** A little late is on time: the request took its way. */
const PAST_SLACK_MS = 5 * 60_000;
const MAX_AHEAD_MS = 366 * 24 * 3600 * 1000;

/** RFC 3339 with its offset; anything else is what a clock shows somewhere. */
const HAS_OFFSET = /(Z|[+-]\d\d:\d\d)$/i;

/**
 * The instant of an RFC 3339 time, or of a local time in `zone`; of two the earlier. AppError for a zone nobody knows,
 * a local time without zone or in the gap when summer begins, and a time that is over or more than a year away.
 */
export function resolveTime(text: string, zone: string | undefined, now: Date): Date {
  if (zone !== undefined) requireZone(zone, now);
  const instant = HAS_OFFSET.test(text) ? new Date(text) : resolveLocal(text, zone);
  const aheadMs = instant.getTime() - now.getTime();
  if (aheadMs < -PAST_SLACK_MS) throw new AppError("scheduled_in_past");
  if (aheadMs > MAX_AHEAD_MS) throw new AppError("scheduled_too_far");
  return instant;
}

/** True for a local time that clocks of the zone show twice that day. */
export function isAmbiguousTime(text: string, zone: string | undefined): boolean {
  return (
    !HAS_OFFSET.test(text) && zone !== undefined && instantsOfLocalTime(zone, new Date(`${text}Z`)).length > 1
  );
}

function resolveLocal(text: string, zone: string | undefined): Date {
  if (zone === undefined) throw new AppError("time_zone_required");
  const [earlier] = instantsOfLocalTime(zone, new Date(`${text}Z`));
  if (!earlier) throw new AppError("time_does_not_exist");
  return earlier;
}

/** A name: Postgres reads the sign of an offset the other way round, or refuses it. */
function requireZone(zone: string, now: Date): void {
  if (!/^[a-z]/i.test(zone)) throw new AppError("unknown_time_zone");
  try {
    zoneOffsetMs(zone, now);
  } catch {
    throw new AppError("unknown_time_zone");
  }
}
