import { join } from "node:path";

/** One time a function came near a limit of the hosted runtime or passed it. */
export interface MeterRecord {
  readonly level: "warning" | "violation";
  readonly limit: "cpu" | "memory";
  readonly function: string;
  /** Null when the function did something long after its last answer. */
  readonly method: string | null;
  readonly route: string | null;
  /** With what starting the process took, if this was its first request. */
  readonly cpuMs: number;
  readonly bootMs: number;
  readonly memoryMb: number;
  /** Requests the process had at that moment, this one among them. */
  readonly inFlight: number;
}

/** The most that requests of one route have used. */
export interface RouteFigures {
  count: number;
  maxCpuMs: number;
  maxMemoryMb: number;
}

/**
 * Keeps what the meters of all functions find: records go to `meter.jsonl` and to the person at the keyboard
 * at once, the highest figures of each route to `meter.json` at the end.
 */
export class MeterJournal {
  readonly #logsDir: string;
  readonly #log: (message: string) => void;
  readonly #figures: Record<string, RouteFigures> = {};
  #saidUnavailable = false;

  constructor(logsDir: string, log: (message: string) => void) {
    this.#logsDir = logsDir;
    this.#log = log;
  }

  record(record: MeterRecord): void {
    const line = JSON.stringify({ at: new Date().toISOString(), ...record });
    Deno.writeTextFileSync(join(this.#logsDir, "meter.jsonl"), `${line}\n`, { append: true });
    this.#log(describe(record));
  }

  /** The figures of a route, to be raised; one more request uses it. */
  count(name: string, route: string): RouteFigures {
    const figures = this.#figures[`${name} ${route}`] ??= { count: 0, maxCpuMs: 0, maxMemoryMb: 0 };
    figures.count += 1;
    return figures;
  }

  /** Says once that nothing is measured here. */
  sayUnavailable(): void {
    if (this.#saidUnavailable) return;
    this.#saidUnavailable = true;
    this.#log(
      "CPU and memory of functions are measured on Linux only; the limits of the hosted runtime are not checked here",
    );
  }

  save(): void {
    const sorted = Object.fromEntries(Object.entries(this.#figures).sort(([a], [b]) => a < b ? -1 : 1));
    Deno.writeTextFileSync(join(this.#logsDir, "meter.json"), JSON.stringify(sorted, null, 2) + "\n");
  }
}

function describe(record: MeterRecord): string {
  const what = [record.function, record.method, record.route].filter(Boolean).join(" ");
  const boot = record.bootMs > 0 ? ` (${record.bootMs} ms of it to start)` : "";
  const used = `${(record.cpuMs / 1000).toFixed(2)} s of CPU${boot} and ${record.memoryMb} MB`;
  const others = record.inFlight > 1 ? ` while ${record.inFlight} requests were running` : "";
  const verdict = record.level === "warning"
    ? "the hosted runtime ends a request at 2 s"
    : "the hosted runtime allows 2 s and 256 MB";
  return `${record.level}: function ${what} took ${used}${others}; ${verdict}`;
}
