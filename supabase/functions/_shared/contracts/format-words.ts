import type { PlatformLimits } from "./format-limits.ts";

/** A range in words; the unit is named once where both ends have it. */
export function describeRange(
  least: number | null,
  most: number | null,
  describe: (value: number) => string,
): string {
  if (least === null) return `up to ${describe(most!)}`;
  if (most === null) return `at least ${describe(least)}`;
  return `${least === most ? "" : `${withoutUnit(describe(least), describe(most))} to `}${describe(most)}`;
}

/** Least and most pixels in words. */
export function describeMeasures({ min_width, min_height, max_width, max_height }: PlatformLimits): string {
  const least = min_width !== null || min_height !== null
    ? `from ${min_width ?? 1} × ${min_height ?? 1}`
    : "";
  const most = max_width !== null || max_height !== null
    ? `up to ${max_width ?? "any"} wide and ${max_height ?? "any"} high`
    : "";
  return [least, most].filter(Boolean).join(" ");
}

/** Seconds, or minutes and seconds. */
export function describeSeconds(seconds: number): string {
  if (seconds < 120) return round(seconds) === 1 ? "1 second" : `${round(seconds)} seconds`;
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  return rest === 0 ? `${minutes} minutes` : `${minutes} minutes ${rest} second${rest === 1 ? "" : "s"}`;
}

/** Megabytes, or gigabytes. */
export function describeBytes(bytes: number): string {
  const mb = bytes / 1024 / 1024;
  return mb >= 1024 ? `${round(mb / 1024)} GB` : `${round(mb)} MB`;
}

/** Names as a choice. */
export function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** To one decimal. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** "23 frames a second" beside "60 frames a second" is "23". */
function withoutUnit(one: string, other: string): string {
  const unit = (text: string) => text.replace(/^[\d.]+ /, "");
  return unit(one) === unit(other) ? one.slice(0, one.length - unit(one).length - 1) : one;
}
