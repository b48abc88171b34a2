/** The pause a service asks for, seconds: a number or an HTTP date (RFC 9110, 10.2.3). Undefined when it names none. */
export function readRetryAfter(response: Response, now = Date.now()): number | undefined {
  const header = response.headers.get("retry-after");
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
