/** OneDrive has the hash within seconds as a rule; asking costs one request, so it may be asked often at first. */
const SHORTEST_MS = 150;
const LONGEST_MS = 30_000;
/** Later on, the next question comes after this part of the time already waited. */
const SHARE = 0.1;

/** When a browser should ask again whether OneDrive has the hash of its file, milliseconds from now. */
export function askAgainMs(waitedMs: number): number {
  return Math.round(
    Math.min(Math.max(waitedMs * SHARE, SHORTEST_MS), LONGEST_MS),
  );
}
