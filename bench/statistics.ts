/** The middle value of a list that is not empty. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that a share `rank` (0 to 1) of a list that is not empty does not exceed (nearest rank). */
export function percentile(values: readonly number[], rank: number): number {
  if (values.length === 0) throw new RangeError("There is nothing to take a percentile of.");
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(Math.ceil(rank * sorted.length) - 1, 0)]!;
}

/** Milliseconds that `work` takes. */
export async function measureMs(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
