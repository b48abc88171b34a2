import type { StackSettings } from "../settings.ts";
import { startStack } from "../start-stack.ts";
import type { RunningStack } from "../start-stack.ts";

/** What a terminal, a supervisor and a closed window send. */
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const INTERRUPTED_START_MS = 5_000;

/**
 * Starts the stack in the foreground and stays until a signal asks it to stop.
 * @param afterStart runs once everything is up; what it throws stops the stack
 */
export async function runUp(
  settings: StackSettings,
  afterStart: (stack: RunningStack) => void | Promise<void>,
): Promise<void> {
  const interrupted = Promise.withResolvers<void>();
  for (const signal of STOP_SIGNALS) Deno.addSignalListener(signal, () => interrupted.resolve());
  const starting = startStack(settings, (message) => console.log(message));
  const stack = await Promise.race([starting, interrupted.promise.then(() => null)]);
  if (!stack) return await giveUp(starting);
  try {
    await afterStart(stack);
    await interrupted.promise;
  } finally {
    console.log("Stopping …");
    await stack.stop();
  }
}

/** A start that is interrupted gets a moment to finish and stop in order; what is left dies with us. */
async function giveUp(starting: Promise<RunningStack>): Promise<void> {
  console.log("Stopping …");
  const timeout = new Promise<null>((resolve) => setTimeout(() => resolve(null), INTERRUPTED_START_MS));
  const stack = await Promise.race([starting.catch(() => null), timeout]);
  await stack?.stop();
}
