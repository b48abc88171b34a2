import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { refuseSecond } from "../processes/stack-lock.ts";
import { waitUntil } from "../processes/wait-until.ts";
import type { StackSettings } from "../settings.ts";
import { StackError } from "../stack-error.ts";

const START_TIMEOUT_MS = 120_000;

/** Starts the stack in the background and returns when it is ready. What it prints goes to logs/stack.log. */
export async function runDetached(settings: StackSettings): Promise<void> {
  await refuseSecond(settings.dataDir);
  const logsDir = join(settings.dataDir, "logs");
  await Deno.mkdir(logsDir, { recursive: true });
  const logPath = join(logsDir, "stack.log");
  const script = fileURLToPath(new URL("../main.ts", import.meta.url));
  const child = new Deno.Command("sh", {
    args: ["-c", 'exec "$@" > "$0" 2>&1', logPath, Deno.execPath(), "run", "-A", script, "up"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
    detached: true,
  }).spawn();
  let alive = true;
  child.status.then(() => alive = false);
  const outcome = await waitUntil(async () => alive ? await isHealthy(settings) : "ended", {
    timeoutMs: START_TIMEOUT_MS,
    everyMs: 50,
  });
  if (outcome === true) return;
  const words = (await Deno.readTextFile(logPath)).trim().split("\n").at(-1);
  throw new StackError(words || `The stack did not start; see ${logPath}.`);
}

async function isHealthy(settings: StackSettings): Promise<boolean> {
  try {
    const response = await fetch(`${settings.apiUrl}/auth/v1/health`);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
