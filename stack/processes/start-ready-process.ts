import { StackError } from "../stack-error.ts";
import { spawnProcess } from "./spawn-process.ts";
import type { ProcessOptions, RunningProcess } from "./spawn-process.ts";

export interface ReadyProcess {
  readonly process: RunningProcess;
  /** What the process said when it was ready, for example its addresses. */
  readonly announcement: Readonly<Record<string, unknown>>;
}

const READY_TIMEOUT_MS = 60_000;

/** Starts a process that prints one line of JSON with `"ready": true` once it works, and waits for that line. */
export async function startReadyProcess(name: string, options: ProcessOptions): Promise<ReadyProcess> {
  const announced = Promise.withResolvers<Record<string, unknown> | null>();
  const process = await spawnProcess({
    ...options,
    onLine: (line) => {
      const announcement = parseAnnouncement(line);
      if (announcement) announced.resolve(announcement);
    },
  });
  process.ended.then(() => announced.resolve(null));
  const timer = setTimeout(() => announced.resolve(null), READY_TIMEOUT_MS);
  const announcement = await announced.promise;
  clearTimeout(timer);
  if (announcement) return { process, announcement };
  await process.stop(1_000);
  throw new StackError(`${name} did not start; its last words are in ${options.logPath}.`);
}

function parseAnnouncement(line: string): Record<string, unknown> | null {
  if (!line.startsWith("{")) return null;
  try {
    const value = JSON.parse(line);
    return value.ready === true ? value : null;
  } catch {
    return null;
  }
}
