import { createHashRun, type HashReport, type HashRun } from "./hash-run.ts";
import type { HashOrder } from "./hash-worker.ts";
import { createQuickXorHash, type HashCheckpoint } from "./quick-xor-hash.ts";

/** Hashes one file beside its upload. */
export interface FileHasher {
  /** Why the file cannot be hashed; null while all is well. */
  readonly failure: Error | null;
  /** Lets the hash run up to `offset` (bytes); returns at once. */
  allow(offset: number): void;
  /** The newest checkpoint at or below `offset`; forgets those before it. */
  checkpointAt(offset: number): HashCheckpoint | null;
  /** Hashes to the end. Rejects with NotReadableError when the file cannot be read any more. */
  digest(): Promise<string>;
  dispose(): void;
}

export type CreateFileHasher = (file: Blob, from: HashCheckpoint | null) => FileHasher;

/**
 * Hashes in a worker of its own, so that the page stays responsive. Where no worker can be started (an old browser,
 * a strict policy) the page hashes itself, from the last checkpoint on.
 * @param openWorker throws where there are no workers
 */
export function createFileHasher(
  file: Blob,
  from: HashCheckpoint | null,
  openWorker: () => Worker = openHashWorker,
): FileHasher {
  let checkpoints: HashCheckpoint[] = from ? [from] : [];
  let failure: Error | null = null;
  let limit = 0;
  let settle: () => void = () => {};
  let run = startWorker() ?? startHere();

  function receive(report: HashReport): void {
    if (report.kind === "checkpoint") checkpoints.push(report.checkpoint);
    else failure = new DOMException(report.message, "NotReadableError");
    settle();
  }

  function startWorker(): HashRun | null {
    try {
      const worker = openWorker();
      const order = (message: HashOrder) => worker.postMessage(message);
      worker.onmessage = ({ data }: MessageEvent<HashReport>) => receive(data);
      worker.onerror = (event) => {
        event.preventDefault();
        worker.terminate();
        run = startHere();
        run.allow(limit);
      };
      order({ kind: "start", file, from });
      return { allow: (offset) => order({ kind: "allow", offset }), stop: () => worker.terminate() };
    } catch {
      return null;
    }
  }

  function startHere(): HashRun {
    return createHashRun(file, checkpoints.at(-1) ?? null, receive);
  }

  function allow(offset: number): void {
    if (offset <= limit) return;
    limit = offset;
    run.allow(offset);
  }

  return {
    get failure() {
      return failure;
    },
    allow,
    checkpointAt(offset) {
      const best = checkpoints.findLast((checkpoint) => checkpoint.offset <= offset) ?? null;
      if (best) checkpoints = checkpoints.filter((checkpoint) => checkpoint.offset >= best.offset);
      return best;
    },
    async digest() {
      allow(file.size);
      for (;;) {
        if (failure) throw failure;
        const last = checkpoints.at(-1);
        if (last?.offset === file.size) return createQuickXorHash(last).digest();
        await new Promise<void>((resolve) => settle = resolve);
      }
    },
    dispose: () => run.stop(),
  };
}

function openHashWorker(): Worker {
  return new Worker(new URL("./hash-worker.ts", import.meta.url), { type: "module" });
}
