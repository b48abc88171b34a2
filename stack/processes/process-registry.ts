import { join } from "node:path";
import { waitUntil } from "./wait-until.ts";

/** Marks every process of a stack, so that a later start recognizes what an earlier one left behind. */
export const OWNER_VARIABLE = "STACK_OWNER";

/** The pids of this stack's processes by service name, kept in `pids.json` for tests and for cleaning up. */
export class ProcessRegistry {
  readonly #path: string;
  readonly #pids = new Map<string, number>();

  constructor(dataDir: string) {
    this.#path = join(dataDir, "pids.json");
  }

  set(name: string, pid: number): void {
    this.#pids.set(name, pid);
    this.#write();
  }

  /** Forgets `pid`; a successor under the same name stays. */
  delete(name: string, pid: number): void {
    if (this.#pids.get(name) !== pid) return;
    this.#pids.delete(name);
    this.#write();
  }

  clear(): void {
    this.#pids.clear();
    this.#write();
  }

  #write(): void {
    const temporary = `${this.#path}.new`;
    Deno.writeTextFileSync(temporary, JSON.stringify(Object.fromEntries(this.#pids), null, 2) + "\n");
    Deno.renameSync(temporary, this.#path);
  }
}

/** The pids an earlier start of this data directory wrote down. */
export async function readPids(dataDir: string): Promise<Record<string, number>> {
  try {
    return JSON.parse(await Deno.readTextFile(join(dataDir, "pids.json")));
  } catch {
    return {};
  }
}

/** True when `pid` lives and was started by a stack on this data directory; pids are reused by the system. */
export async function isOurs(pid: number, dataDir: string): Promise<boolean> {
  if (Deno.build.os === "linux") {
    const environment = await Deno.readTextFile(`/proc/${pid}/environ`).catch(() => "");
    return environment.split("\0").includes(`${OWNER_VARIABLE}=${dataDir}`);
  }
  const ps = await new Deno.Command("ps", { args: ["-E", "-o", "command=", "-p", String(pid)] }).output();
  return new TextDecoder().decode(ps.stdout).includes(`${OWNER_VARIABLE}=${dataDir}`);
}

/**
 * Ends what a killed stack left running on this data directory, asking first and killing after 10 s. Other
 * processes are never touched.
 */
export async function endLeftovers(dataDir: string): Promise<void> {
  for (const [name, pid] of Object.entries(await readPids(dataDir))) {
    if (pid === Deno.pid || !await isOurs(pid, dataDir)) continue;
    Deno.kill(pid, name === "postgres" ? "SIGINT" : "SIGTERM");
    const gone = await waitUntil(async () => !await isOurs(pid, dataDir), { timeoutMs: 10_000 });
    if (!gone) Deno.kill(pid, "SIGKILL");
  }
}
