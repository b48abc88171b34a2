/**
 * Polls `check` until it answers something other than null, false or undefined.
 * @returns that answer, or null when `timeoutMs` has passed first
 */
export async function waitUntil<T>(
  check: () => Promise<T | null | false | undefined> | T | null | false | undefined,
  { timeoutMs, everyMs = 25 }: { timeoutMs: number; everyMs?: number },
): Promise<T | null> {
  const deadline = performance.now() + timeoutMs;
  while (true) {
    const answer = await check();
    if (answer) return answer;
    if (performance.now() >= deadline) return null;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
