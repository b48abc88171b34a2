import { createQuickXorHash, type HashCheckpoint } from "./quick-xor-hash.ts";
import { createSequentialReader } from "./sequential-reader.ts";

/** What a running hash reports: a checkpoint at every limit it was given, or that the file cannot be read. */
export type HashReport =
  | { kind: "checkpoint"; checkpoint: HashCheckpoint }
  | { kind: "unreadable"; message: string };

export interface HashRun {
  /** Lets the hash go on up to `offset` (bytes). */
  allow(offset: number): void;
  stop(): void;
}

/** A far limit is reported on the way too, so that little is hashed twice after the page is gone. */
const REPORT_EVERY_BYTES = 64 * 1024 * 1024;

/**
 * Hashes a file in order, never beyond what was allowed. The upload sets the pace: it allows the fragment that is
 * being sent and the one after it, so the disk is read once for both and the next fragment is already in memory.
 */
export function createHashRun(
  file: Blob,
  from: HashCheckpoint | null,
  report: (report: HashReport) => void,
): HashRun {
  const hash = createQuickXorHash(from);
  const reader = createSequentialReader(file, hash.offset);
  const limits: number[] = [];
  let isRunning = false;
  let isStopped = false;

  async function run(): Promise<void> {
    isRunning = true;
    try {
      while (limits.length > 0 && !isStopped) {
        await hashTo(Math.min(limits[0]!, hash.offset + REPORT_EVERY_BYTES));
        while (limits.length > 0 && limits[0]! <= hash.offset) limits.shift();
        if (!isStopped) report({ kind: "checkpoint", checkpoint: hash.checkpoint() });
      }
    } catch (error) {
      limits.length = 0;
      if (!isStopped) report({ kind: "unreadable", message: String(error) });
    } finally {
      isRunning = false;
    }
  }

  async function hashTo(limit: number): Promise<void> {
    while (hash.offset < limit && !isStopped) {
      hash.update(await reader.read(limit - hash.offset));
    }
  }

  return {
    allow(offset) {
      const limit = Math.min(offset, file.size);
      if (limit <= (limits.at(-1) ?? hash.offset)) return;
      limits.push(limit);
      if (!isRunning) void run();
    },
    stop() {
      isStopped = true;
      void reader.close();
    },
  };
}
