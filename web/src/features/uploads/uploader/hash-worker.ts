import { createHashRun, type HashReport, type HashRun } from "./hash-run.ts";
import type { HashCheckpoint } from "./quick-xor-hash.ts";

/** What the page sends to the worker: first the file, then limits. */
export type HashOrder =
  | { kind: "start"; file: Blob; from: HashCheckpoint | null }
  | { kind: "allow"; offset: number };

/** The part of a worker's global scope used here; the DOM's types know only the page's. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<HashOrder>) => void) | null;
  postMessage(report: HashReport): void;
}

const scope = globalThis as unknown as WorkerScope;
let run: HashRun | null = null;

scope.onmessage = ({ data }) => {
  if (data.kind === "start") run = createHashRun(data.file, data.from, (report) => scope.postMessage(report));
  else run?.allow(data.offset);
};
