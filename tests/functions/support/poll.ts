/** Calls `read` until it returns something truthy, or throws what it waited for after the deadline. */
export async function poll<Value>(
  waitedFor: string,
  read: () => Promise<Value | null | undefined | false>,
  timeoutMs = 15_000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`Gave up waiting: ${waitedFor}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
