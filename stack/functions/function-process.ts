import { join } from "node:path";
import { findFreePort } from "../processes/ports.ts";
import type { ProcessRegistry } from "../processes/process-registry.ts";
import { spawnProcess } from "../processes/spawn-process.ts";
import type { RunningProcess } from "../processes/spawn-process.ts";
import { waitUntil } from "../processes/wait-until.ts";
import { HOST } from "../settings.ts";
import { FunctionMeter } from "./meter/function-meter.ts";
import { MEMORY_LIMIT_BYTES } from "./meter/limits.ts";
import type { MeterJournal } from "./meter/meter-journal.ts";
import { openProcessUsage } from "./meter/process-usage.ts";

export interface FunctionProcessOptions {
  readonly name: string;
  /** Folder of the function, with index.ts and deno.json. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logPath: string;
  readonly registry: ProcessRegistry;
  readonly journal: MeterJournal;
}

/** One running process of a function. */
export interface FunctionProcess {
  readonly pid: number;
  readonly url: string;
  readonly startedAt: number;
  readonly ended: Promise<Deno.CommandStatus>;
  alive: boolean;
  /** Null where nothing can be measured. */
  readonly meter: FunctionMeter | null;
  /** Requests that wait for their answer. */
  inFlight: number;
  stop(graceMs: number): Promise<void>;
}

const BOOT_TIMEOUT_MS = 60_000;
/** With the heap of a hosted worker V8 collects garbage as early as there; with more it would let it lie. */
const HEAP_LIMIT = `--v8-flags=--max-heap-size=${MEMORY_LIMIT_BYTES / 1024 / 1024}`;

/**
 * Starts a function under the real Deno and waits until it takes connections.
 * @returns null when it ended or hung before that; its log says why
 */
export async function startFunctionProcess(options: FunctionProcessOptions): Promise<FunctionProcess | null> {
  const port = findFreePort();
  const config = join(options.dir, "deno.json");
  const running = await spawnProcess({
    command: Deno.execPath(),
    args: [
      ...["run", "-A", HEAP_LIMIT, "--config", config, "--node-modules-dir=manual"],
      join(options.dir, "index.ts"),
    ],
    env: { ...options.env, DENO_SERVE_ADDRESS: `tcp:${HOST}:${port}` },
    cwd: options.dir,
    logPath: options.logPath,
    stopSignal: "SIGTERM",
  });
  if (!await takesConnections(port, running)) {
    await running.stop(1_000);
    return null;
  }
  const process: FunctionProcess = {
    pid: running.pid,
    url: `http://${HOST}:${port}`,
    startedAt: performance.now(),
    ended: running.ended,
    alive: true,
    meter: startMeter(running, options),
    inFlight: 0,
    stop: (graceMs) => running.stop(graceMs),
  };
  running.ended.then((status) => {
    process.alive = false;
    process.meter?.stop(status);
  });
  return process;
}

/** A process that passes a limit is killed in the middle of whatever it does, as a hosted worker is. */
function startMeter(
  running: RunningProcess,
  { name, journal }: FunctionProcessOptions,
): FunctionMeter | null {
  const usage = openProcessUsage(running.pid);
  if (!usage && Deno.build.os !== "linux") journal.sayUnavailable();
  if (!usage) return null;
  return new FunctionMeter({ name, usage, journal, onLimit: () => running.stop(0) });
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
