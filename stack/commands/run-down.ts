import { findRunningStack } from "../processes/stack-lock.ts";
import { endLeftovers } from "../processes/process-registry.ts";
import { waitUntil } from "../processes/wait-until.ts";
import type { StackSettings } from "../settings.ts";
import { StackError } from "../stack-error.ts";

const STOP_TIMEOUT_MS = 40_000;

/**
 * Stops the stack that runs on this data directory, and whatever a killed one left behind.
 * @returns false when none was running
 */
export async function runDown(settings: StackSettings): Promise<boolean> {
  const pid = await findRunningStack(settings.dataDir);
  if (pid === null) {
    await endLeftovers(settings.dataDir);
    return false;
  }
  Deno.kill(pid, "SIGTERM");
  const stopped = await waitUntil(async () => await findRunningStack(settings.dataDir) === null, {
    timeoutMs: STOP_TIMEOUT_MS,
  });
  if (!stopped) {
    throw new StackError(`The stack (process ${pid}) does not stop; end it with \`kill -9 ${pid}\`.`);
  }
  return true;
}
