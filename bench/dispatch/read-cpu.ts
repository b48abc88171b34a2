const TICK_MS = 10;

/** CPU time so far of the stack below this process, in milliseconds by its parts; empty where there is no /proc. */
export async function readCpu(): Promise<Map<string, number>> {
  if (Deno.build.os !== "linux") return new Map();
  const used = new Map<string, number>();
  const parents = new Map<number, number>();
  const names = new Map<number, { name: string | null; ms: number }>();
  for await (const entry of Deno.readDir("/proc")) {
    const pid = Number(entry.name);
    if (!Number.isInteger(pid)) continue;
    try {
      const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const command = await Deno.readTextFile(`/proc/${pid}/cmdline`);
      parents.set(pid, Number(fields[1]));
      names.set(pid, { name: nameOf(command), ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS });
    } catch (error) {
      // Ended meanwhile.
      if (!(error instanceof Deno.errors.NotFound) && !String(error).includes("No such process")) throw error;
    }
  }
  for (const [pid, { name, ms }] of names) {
    if (name !== null && isBelow(pid)) used.set(name, (used.get(name) ?? 0) + ms);
  }
  return used;

  function isBelow(pid: number): boolean {
    for (let at: number | undefined = pid; at; at = parents.get(at)) {
      if (at === Deno.pid) return true;
    }
    return false;
  }
}

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/functions\/(\w+)\/index\.ts/, "function "],
  [/stack\/(\w+)\/main\.ts/, "stack "],
  [/stack\/main\.ts/, "gateway"],
  [/(sandbox)\/main\.ts/, ""],
  [/postgres/, "Postgres"],
];

/** What a process is, by its command line; null for the measuring process and what is not the stack's. */
function nameOf(command: string): string | null {
  const [known, name] = NAMES.find(([pattern]) => pattern.test(command)) ?? [];
  return known ? name + (known.exec(command)![1] ?? "") : null;
}
