/** How long after its beginning a wait asks again, in ms: soon at first, later seldom, never late by much. */
export function pace(startedAt: number): number {
  return Math.min(Math.max((Date.now() - startedAt) / 10, 25), 500);
}
