import { join } from "node:path";
import { findRunningStack } from "../processes/stack-lock.ts";
import type { StackSettings } from "../settings.ts";
import { StackError } from "../stack-error.ts";

/** Prints the addresses and keys of the running stack, one NAME=value a line. */
export async function printEnv(settings: StackSettings): Promise<void> {
  const values = await Deno.readTextFile(join(settings.dataDir, "env")).catch(() => null);
  if (!values || await findRunningStack(settings.dataDir) === null) {
    throw new StackError("No stack runs here: start it with `npm start` or `npm run stack -- up`.");
  }
  await Deno.stdout.write(new TextEncoder().encode(values));
}
