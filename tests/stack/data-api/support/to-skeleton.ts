const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?\+00(:00)?/g;

/** A value without what differs from one run of the same statement to the next: ids and times. */
export function toSkeleton(value: unknown): unknown {
  if (typeof value === "string") return value.replace(UUID, "uuid").replace(TIME, "time$2");
  if (Array.isArray(value)) return value.map(toSkeleton);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, toSkeleton(one)]));
}
