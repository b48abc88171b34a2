import type { ProcessRegistry } from "./process-registry.ts";
import type { RunningProcess } from "./spawn-process.ts";

export interface KeptService {
  /** Stops the service for good. */
  stop(): Promise<void>;
}

interface KeepOptions {
  readonly name: string;
  /** Starts the service and settles when it is ready. */
  readonly start: () => Promise<RunningProcess>;
  readonly stopGraceMs: number;
  readonly registry: ProcessRegistry;
  readonly log: (message: string) => void;
}

const FIRST_BACK_OFF_MS = 200;
const MAX_BACK_OFF_MS = 10_000;

/** Starts a service and starts it again whenever it ends without being asked. Throws if the first start fails. */
export async function keepRunning(options: KeepOptions): Promise<KeptService> {
  let stopping = false;
  let current = await options.start();
  options.registry.set(options.name, current.pid);

  const kept = (async () => {
    while (true) {
      await current.ended;
      options.registry.delete(options.name, current.pid);
      if (stopping) return;
      options.log(`${options.name} ended; starting it again`);
      if (!await restart()) return;
    }
  })();

  async function restart(): Promise<boolean> {
    for (let backOff = FIRST_BACK_OFF_MS; !stopping; backOff = Math.min(backOff * 2, MAX_BACK_OFF_MS)) {
      try {
        current = await options.start();
        options.registry.set(options.name, current.pid);
        if (stopping) await current.stop(options.stopGraceMs);
        return !stopping;
      } catch (error) {
        options.log(`${options.name} does not start: ${error instanceof Error ? error.message : error}`);
        await new Promise((resolve) => setTimeout(resolve, backOff));
      }
    }
    return false;
  }

  return {
    async stop() {
      stopping = true;
      await current.stop(options.stopGraceMs);
      await kept;
    },
  };
}
