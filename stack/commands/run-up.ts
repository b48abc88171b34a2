import type { StackSettings } from "../settings.ts";
import { startStack } from "../start-stack.ts";
import type { RunningStack } from "../start-stack.ts";

/** What a terminal, a supervisor and a closed window send. */
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

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
  const stack = await startStack(settings, (message) => console.log(message));
  try {
    await afterStart(stack);
    await interrupted.promise;
  } finally {
    console.log("Stopping …");
    await stack.stop();
  }
}
