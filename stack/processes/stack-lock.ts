import { join } from "node:path";

/** Held by a running stack for as long as it lives; the kernel lets go of it however the process ends. */
export interface StackLock {
  release(): void;
}

/** Takes the lock of a data directory and writes our pid into it; null when another stack holds it. */
export async function takeLock(dataDir: string): Promise<StackLock | null> {
  const file = await Deno.open(join(dataDir, "stack.lock"), { create: true, read: true, write: true });
  if (!await file.tryLock(true)) {
    file.close();
    return null;
  }
  await file.truncate();
  await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
  return { release: () => file.close() };
}

/** The pid of the stack that runs on this data directory, or null. */
export async function findRunningStack(dataDir: string): Promise<number | null> {
  try {
    using file = await Deno.open(join(dataDir, "stack.lock"), { read: true, write: true });
    if (await file.tryLock(true)) return null;
    return Number(await Deno.readTextFile(join(dataDir, "stack.lock")));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
