/**
 * Time for the first of `count` pieces of work, milliseconds: an equal share of what is left, so that a drive with
 * years of changes does not keep the others waiting. What one does not use is shared among those after it.
 */
export function shareOfTime(leftMs: number, count: number): number {
  return Math.max(0, leftMs) / Math.max(1, count);
}
