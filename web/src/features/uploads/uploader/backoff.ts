/**
 * How long to wait before attempt number `failures` + 1, milliseconds: doubles from `minMs` to `maxMs`, spread over
 * the upper half so that many browsers do not come back at the same moment.
 * @param failures failures in a row, from 1
 * @param random 0 to 1
 */
export function backoffMs(
  failures: number,
  random: number,
  { minMs, maxMs }: { minMs: number; maxMs: number },
) {
  const full = Math.min(maxMs, minMs * 2 ** Math.min(failures, 32));
  return Math.max(minMs, full / 2 + random * full / 2);
}
