const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const SHORT = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });
const WITH_YEAR = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric" });

/** A past moment in a few words: `just now`, `5 minutes ago`, `yesterday`, `3 Mar`, `3 Mar 2025`. */
export function formatWhen(instant: string, now: Date = new Date()): string {
  const then = new Date(instant);
  const seconds = (now.getTime() - then.getTime()) / 1000;
  if (seconds < 60) return "just now";
  if (seconds < 3600) return RELATIVE.format(-Math.floor(seconds / 60), "minute");
  if (seconds < 86_400) return RELATIVE.format(-Math.floor(seconds / 3600), "hour");
  if (seconds < 7 * 86_400) return RELATIVE.format(-Math.floor(seconds / 86_400), "day");
  return (then.getFullYear() === now.getFullYear() ? SHORT : WITH_YEAR).format(then);
}
