import { formatTime } from "../../../lib/format-time.ts";
import { toInstant } from "../../../lib/zoned-time.ts";

/**
 * What a typed time means: when it comes, and which of two is taken on the night clocks are set back. Empty for a
 * time that is not there or never comes.
 */
export function describeLocalTime(local: string, timeZone: string, now: Date = new Date()): string {
  if (local === "") return "";
  const time = toInstant(local, timeZone);
  if (time.kind === "never") return "";
  const offset = nameOffset(time.instant, timeZone);
  if (time.kind === "twice") {
    return `Clocks are set back that night, so this time comes twice. It goes out at the first one (${offset}).`;
  }
  return `${capitalize(formatTime(time.instant, timeZone, now))} (${offset})`;
}

const nameOffset = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" })
    .formatToParts(instant)
    .find(({ type }) => type === "timeZoneName")?.value.replace("GMT", "UTC") ?? "";

const capitalize = (text: string) => text[0]!.toUpperCase() + text.slice(1);
