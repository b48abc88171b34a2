/**
 * Reads a `Retry-After` header that carries seconds.
 * @returns milliseconds; null when the header is absent, unreadable (CORS) or a date
 */
export function readRetryAfter(header: string | null | undefined): number | null {
  const seconds = header ? Number(header) : NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
