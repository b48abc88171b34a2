const formatters = new Map<string, Intl.DateTimeFormat>();

/** How far local time is ahead of UTC at an instant, milliseconds. RangeError for a zone that is not known. */
export function zoneOffsetMs(zone: string, instant: Date): number {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formatters.set(zone, formatter);
  }
  const parts = Object.fromEntries(
    formatter.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year, month, day, hour, minute, second } = parts as Record<string, number>;
  const local = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  return local - Math.floor(instant.getTime() / 1000) * 1000;
}

/**
 * The instants at which clocks of a zone show a local time (given as if it were UTC), the earlier first: none in the
 * gap of a change to summer time, two in the hour that is there twice.
 */
export function instantsOfLocalTime(zone: string, local: Date): Date[] {
  const day = 24 * 3600 * 1000;
  const offsets = new Set(
    [-day, 0, day].map((shift) => zoneOffsetMs(zone, new Date(local.getTime() + shift))),
  );
  return [...offsets]
    .map((offset) => new Date(local.getTime() - offset))
    .filter((instant) => instant.getTime() + zoneOffsetMs(zone, instant) === local.getTime())
    .sort((one, other) => one.getTime() - other.getTime());
}

/** The next time a calendar day begins in a zone. */
export function nextMidnight(zone: string, now: Date): Date {
  const local = new Date(now.getTime() + zoneOffsetMs(zone, now));
  const midnight = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + 1));
  return instantsOfLocalTime(zone, midnight)[0] ?? new Date(now.getTime() + 24 * 3600 * 1000);
}
