import { join } from "node:path";
import { findFreePort } from "../processes/ports.ts";
import type { ProcessRegistry } from "../processes/process-registry.ts";
import { spawnProcess } from "../processes/spawn-process.ts";
import type { RunningProcess } from "../processes/spawn-process.ts";
import { waitUntil } from "../processes/wait-until.ts";
import { HOST } from "../settings.ts";

export interface FunctionProcessOptions {
  readonly name: string;
  /** Folder of the function, with index.ts and deno.json. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logPath: string;
  readonly registry: ProcessRegistry;
}

/** One running process of a function. */
export interface FunctionProcess {
  readonly pid: number;
  readonly url: string;
  readonly startedAt: number;
  readonly ended: Promise<Deno.CommandStatus>;
  /** Requests that wait for their answer. */
  inFlight: number;
  stop(graceMs: number): Promise<void>;
}

const BOOT_TIMEOUT_MS = 15_000;

/**
 * Starts a function under the real Deno and waits until it takes connections.
 * @returns null when it ended or hung before that; its log says why
 */
export async function startFunctionProcess(options: FunctionProcessOptions): Promise<FunctionProcess | null> {
  const port = findFreePort();
  const config = join(options.dir, "deno.json");
  const running = await spawnProcess({
    command: Deno.execPath(),
    args: ["run", "-A", "--config", config, "--node-modules-dir=manual", join(options.dir, "index.ts")],
    env: { ...options.env, DENO_SERVE_ADDRESS: `tcp:${HOST}:${port}` },
    cwd: options.dir,
    logPath: options.logPath,
    stopSignal: "SIGTERM",
  });
  if (!await takesConnections(port, running)) {
    await running.stop(1_000);
    return null;
  }
  return {
    pid: running.pid,
    url: `http://${HOST}:${port}`,
    startedAt: performance.now(),
    ended: running.ended,
    inFlight: 0,
    stop: (graceMs) => running.stop(graceMs),
  };
}

async function takesConnections(port: number, running: RunningProcess): Promise<boolean> {
  let alive = true;
  running.ended.then(() => alive = false);
  const outcome = await waitUntil(async () => {
    if (!alive) return "ended";
    try {
      (await Deno.connect({ hostname: HOST, port })).close();
      return "up";
    } catch (error) {
      if (error instanceof Deno.errors.ConnectionRefused) return null;
      throw error;
    }
  }, { timeoutMs: BOOT_TIMEOUT_MS });
  return outcome === "up" && alive;
}
