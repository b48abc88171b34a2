import { type LogSink, writeLogLine } from "./log.ts";

/** Starts work that goes on after the answer. `name` says what failed, should it fail. */
export type RunInBackground = (name: string, work: () => Promise<unknown>) => void;

interface EdgeRuntimeGlobal {
  EdgeRuntime?: { waitUntil(work: Promise<unknown>): void };
}

/** Uses EdgeRuntime.waitUntil where it exists; elsewhere the promise keeps running by itself. */
export function createBackground(sink: LogSink): RunInBackground {
  const { EdgeRuntime } = globalThis as EdgeRuntimeGlobal;
  return (name, work) => {
    const finished = work().then(
      (result) => writeLogLine(sink, { background: name, outcome: "ok", result }),
      (error) => writeLogLine(sink, { background: name, outcome: "error", error }),
    );
    EdgeRuntime?.waitUntil(finished);
  };
}
