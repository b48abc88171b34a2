const firstSeen = new WeakMap<object, number>();

/** Milliseconds since an answer was first seen; an equal answer is the same object in the cache. */
export function readQuietTime(answer: object, now: number = Date.now()): number {
  const since = firstSeen.get(answer) ?? now;
  firstSeen.set(answer, since);
  return now - since;
}
