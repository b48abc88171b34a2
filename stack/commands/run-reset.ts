import type { StackSettings } from "../settings.ts";
import { runDown } from "./run-down.ts";

/** Stops the stack and removes everything it has stored: database, files, keys, logs. */
export async function runReset(settings: StackSettings): Promise<void> {
  await runDown(settings);
  await Deno.remove(settings.dataDir, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
