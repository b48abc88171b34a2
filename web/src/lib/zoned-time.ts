export type ZonedInstant =
  | { kind: "once"; instant: Date }
  /** Clocks are set back over this time: it comes twice, and the earlier one counts. */
  | { kind: "twice"; instant: Date }
  /** Clocks are set forward over this time: it never comes. */
  | { kind: "never" };

const DAY_MS = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * The moment at which a clock in a zone shows a local time.
 * @param local `YYYY-MM-DDTHH:MM`, as a date-and-time input gives it
 */
export function toInstant(local: string, zone: string): ZonedInstant {
  const asUtc = Date.parse(`${local}Z`);
  // Whatever changes the clock around a time, the offsets of the days before and after it are the candidates.
  const offsets = [asUtc - DAY_MS, asUtc + DAY_MS].map((moment) => offsetAt(moment, zone));
  const found = [...new Set(offsets)]
    .map((offset) => asUtc - offset)
    .filter((moment) => toLocal(new Date(moment), zone) === local)
    .toSorted((one, other) => one - other);
  const [first] = found;
  if (first === undefined) return { kind: "never" };
  return { kind: found.length > 1 ? "twice" : "once", instant: new Date(first) };
}

/** What a clock in a zone shows at a moment, as `YYYY-MM-DDTHH:MM`. */
export function toLocal(instant: Date, zone: string): string {
  const parts = Object.fromEntries(
    formatterOf(zone).formatToParts(instant).map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** Milliseconds the clock of a zone is ahead of UTC. */
function offsetAt(moment: number, zone: string): number {
  const minute = Math.floor(moment / 60_000) * 60_000;
  return Date.parse(`${toLocal(new Date(minute), zone)}Z`) - minute;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  formatters.set(zone, made);
  return made;
}
