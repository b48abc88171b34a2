import { join } from "node:path";
import { StackError } from "../stack-error.ts";

/** Held by a running stack for as long as it lives; the kernel lets go of it however the process ends. */
export interface StackLock {
  release(): void;
}

/**
 * Takes the lock of a data directory and writes our pid into it.
 * @throws StackError when another stack holds it
 */
export async function takeLock(dataDir: string): Promise<StackLock> {
  const file = await Deno.open(join(dataDir, "stack.lock"), { create: true, read: true, write: true });
  if (!await file.tryLock(true)) {
    file.close();
    await refuseSecond(dataDir);
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

/** @throws StackError when a stack runs on this data directory */
export async function refuseSecond(dataDir: string): Promise<void> {
  const pid = await findRunningStack(dataDir);
  if (pid === null) return;
  throw new StackError(
    `A stack already runs on ${dataDir} (process ${pid}); stop it with \`npm run stack -- down\`.`,
  );
}
