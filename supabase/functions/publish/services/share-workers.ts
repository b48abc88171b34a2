import type { PublishDeps } from "./deps.ts";
import { runWorker } from "./run-worker.ts";

type Lane = 0 | 1;

/** At once in one process: bytes pass through, but checks and last chunks are held, and a host allows 256 MB. */
const MAX_WORKERS: Readonly<Record<Lane, number>> = { 0: 4, 1: 2 };

/**
 * A worker for each poke, but only so many at once in this process. A poke beyond that is not lost: whoever ends next
 * pokes again, which may reach another process.
 */
export function shareWorkers(deps: PublishDeps): (lane: Lane) => Promise<{ lane: number; jobs: number }> {
  const running: Record<Lane, number> = { 0: 0, 1: 0 };
  const isPokedAgain: Record<Lane, boolean> = { 0: false, 1: false };

  return async function work(lane) {
    if (running[lane] >= MAX_WORKERS[lane]) {
      isPokedAgain[lane] = true;
      return { lane, jobs: 0 };
    }
    running[lane]++;
    try {
      return await runWorker(deps, lane);
    } finally {
      running[lane]--;
      if (isPokedAgain[lane]) {
        isPokedAgain[lane] = false;
        await deps.targets.poke(lane);
      }
    }
  };
}
