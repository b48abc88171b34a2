import { pace } from "../../support/pace.ts";

/** Calls `read` until it returns something truthy, or throws what it waited for after the deadline. */
export async function poll<Value>(
  waitedFor: string,
  read: () => Promise<Value | null | undefined | false>,
  timeoutMs = 30_000,
): Promise<Value> {
  const startedAt = Date.now();
  for (;;) {
    const value = await read();
    if (value) return value;
    if (Date.now() > startedAt + timeoutMs) throw new Error(`Gave up waiting: ${waitedFor}`);
    await new Promise((resolve) => setTimeout(resolve, pace(startedAt)));
  }
}
