/**
 * Reads a `Retry-After` header: seconds, or an HTTP date.
 * @returns milliseconds; null when the header is absent or unreadable (CORS)
 */
export function readRetryAfter(header: string | null | undefined, now: number = Date.now()): number | null {
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
