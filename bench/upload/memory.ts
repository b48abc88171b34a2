import type { CDPSession } from "playwright-core";
import type { TestStack } from "../../tests/support/stack.ts";

const SAMPLE_MS = 200;

/** Bytes of the page's heap: JavaScript, DOM and array buffers. Blobs on disk and workers are not in it. */
async function readHeap(session: CDPSession): Promise<number> {
  const usage = await session.send("Runtime.getHeapUsage") as Record<string, number>;
  return usage.usedSize! + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0);
}

/** How many bytes the page's heap grows at most while `work` runs, garbage included, seen five times a second. */
export async function watchHeap(session: CDPSession, work: () => Promise<unknown>): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const before = await readHeap(session);
  let peak = before;
  let isRunning = true;
  const sample = async () => {
    while (isRunning) {
      peak = Math.max(peak, await readHeap(session));
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    }
  };
  const sampling = sample();
  try {
    await work();
  } finally {
    isRunning = false;
    await sampling;
  }
  return peak - before;
}

/** Resident bytes of the stack's processes by name, for example `sandbox`, as /proc knows them. */
export async function readResidentBytes(stack: TestStack): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const [name, pid] of Object.entries(await stack.pids())) {
    const status = await Deno.readTextFile(`/proc/${pid}/status`);
    sizes[name] = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  }
  return sizes;
}
