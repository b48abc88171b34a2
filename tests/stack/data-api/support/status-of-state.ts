/** Statuses of database errors for a signed-in caller. Source: PostgREST 14 documentation, "Errors". */
const STATUSES: readonly (readonly [prefix: string, status: number])[] = [
  ["23503", 409],
  ["23505", 409],
  ["25006", 405],
  ["42883", 404],
  ["42P01", 404],
  ["42P17", 500],
  ["42501", 403],
  ["53400", 500],
  ["P0001", 400],
  ["08", 503],
  ["09", 500],
  ["0L", 403],
  ["0P", 403],
  ["25", 500],
  ["28", 403],
  ["2D", 500],
  ["38", 500],
  ["39", 500],
  ["3B", 500],
  ["40", 500],
  ["53", 503],
  ["54", 500],
  ["55", 500],
  ["57", 500],
  ["58", 500],
  ["F0", 500],
  ["HV", 500],
  ["P0", 500],
  ["XX", 500],
];

/** The status PostgREST gives a database error. */
export function statusOfState(state: string): number {
  if (state.startsWith("PT")) return Number(state.slice(2));
  return STATUSES.find(([prefix]) => state.startsWith(prefix))?.[1] ?? 400;
}
