import type { TestStack } from "../../tests/support/stack.ts";

const SAMPLE_MS = 50;

export interface FunctionWatch {
  /** Ends watching. Resolves to the most the resident memory was above what it was at first, bytes. */
  stop(): Promise<number>;
}

/** Watches the resident memory of a function's process. Throws at the end when another one took its place. */
export async function watchFunction(stack: TestStack, name: string): Promise<FunctionWatch> {
  const pid = await findPid(stack, name);
  const before = readResidentBytes(pid);
  let peak = before;
  const timer = setInterval(() => peak = Math.max(peak, readResidentBytes(pid)), SAMPLE_MS);
  return {
    async stop() {
      clearInterval(timer);
      if (await findPid(stack, name) !== pid) throw new Error(`The process of ${name} was replaced.`);
      return peak - before;
    },
  };
}

async function findPid(stack: TestStack, name: string): Promise<number> {
  const pid = (await stack.pids())[`functions/${name}`];
  if (pid === undefined) throw new Error(`The function ${name} does not run.`);
  return pid;
}

/** 0 when the process is gone, which `stop` tells. */
function readResidentBytes(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
