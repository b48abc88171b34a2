import { BACKGROUND_LIMIT_MS, CPU_LIMIT_MS, CPU_WARNING_MS, MEMORY_LIMIT_BYTES } from "./limits.ts";
import type { MeterJournal, MeterRecord, RouteFigures } from "./meter-journal.ts";
import type { ProcessUsage } from "./process-usage.ts";

export interface FunctionMeterOptions {
  readonly name: string;
  readonly usage: ProcessUsage;
  readonly journal: MeterJournal;
  /** Called once, when a request has used more than a hosted worker would give it. */
  readonly onLimit: () => void;
}

/** A request in the hands of a function. */
export interface Invocation {
  readonly method: string;
  /** The path with ids replaced. */
  readonly route: string;
  /** What starting the process took, for its first request. */
  readonly bootMs: number;
  /** Without `bootMs`. */
  cpuMs: number;
  peakBytes: number;
  warned: boolean;
  endedAt: number;
  /** The highest of its route. */
  readonly figures: RouteFigures;
}

const EVERY_MS = 100;
const BYTES_PER_MB = 1024 * 1024;
const ID = /(?<=\/)([0-9a-f]{8}-[0-9a-f-]{27}|\d+)(?=\/|$)/g;

/**
 * Measures what each request of one function process uses, against the limits of the hosted runtime.
 *
 * CPU time is that of the whole process, so slightly more than hosted, where only the thread of the worker
 * counts. What is used between two readings is divided equally among the requests in flight; with none in
 * flight, it belongs to the one that was answered last: that is its background work. The first request of a
 * process pays for its start, as hosted. Memory is the peak of the process: hosted, it is the limit of a worker
 * too, which however has fewer requests at once.
 *
 * A request costs four reads and writes of /proc, about 30 µs.
 */
export class FunctionMeter {
  readonly #options: FunctionMeterOptions;
  readonly #active = new Set<Invocation>();
  readonly #timer: ReturnType<typeof setInterval>;
  #last: Invocation | null = null;
  #unpaidBootMs: number;
  #readCpuMs: number;
  #overLimit = false;

  /** Starts measuring; what the process has used up to now is the cost of starting it. */
  constructor(options: FunctionMeterOptions) {
    this.#options = options;
    this.#readCpuMs = this.#unpaidBootMs = options.usage.readCpuMs() ?? 0;
    const peakBytes = options.usage.readPeakBytes() ?? 0;
    raise(options.journal.count(options.name, "boot"), { cpuMs: this.#readCpuMs, peakBytes });
    this.#timer = setInterval(() => this.#read(), EVERY_MS);
    Deno.unrefTimer(this.#timer);
  }

  /** True from the moment a limit was passed. */
  get overLimit(): boolean {
    return this.#overLimit;
  }

  begin(method: string, path: string): Invocation {
    this.#read();
    if (this.#active.size === 0) this.#options.usage.resetPeak();
    const route = path.replace(ID, ":id");
    const figures = this.#options.journal.count(this.#options.name, `${method} ${route}`);
    const bootMs = this.#unpaidBootMs;
    this.#unpaidBootMs = 0;
    const invocation = { method, route, bootMs, cpuMs: 0, peakBytes: 0, warned: false, endedAt: 0, figures };
    this.#active.add(invocation);
    return invocation;
  }

  /** The request is answered; what it does from now on still counts for it. */
  end(invocation: Invocation): void {
    this.#read();
    invocation.endedAt = performance.now();
    this.#active.delete(invocation);
    this.#last = invocation;
  }

  /** The process is gone. V8 ends it with a trap when the heap is full, which can be faster than a reading. */
  stop(status: Deno.CommandStatus): void {
    clearInterval(this.#timer);
    if (/^SIG(TRAP|ABRT|ILL)$/.test(status.signal ?? "")) this.#pass("memory", this.#charged()[0] ?? null);
  }

  /** Who pays for what the process does at this moment. */
  #charged(): Invocation[] {
    if (this.#active.size > 0) return [...this.#active];
    const isLate = !this.#last || performance.now() - this.#last.endedAt > BACKGROUND_LIMIT_MS;
    return isLate ? [] : [this.#last!];
  }

  #read(): void {
    const charged = this.#charged();
    const cpuMs = this.#options.usage.readCpuMs();
    const peakBytes = charged.length > 0 ? this.#options.usage.readPeakBytes() : null;
    if (cpuMs === null) return;
    const share = (cpuMs - this.#readCpuMs) / Math.max(charged.length, 1);
    this.#readCpuMs = cpuMs;
    for (const invocation of charged) {
      invocation.cpuMs += share;
      invocation.peakBytes = Math.max(invocation.peakBytes, peakBytes ?? 0);
      raise(invocation.figures, invocation);
      this.#check(invocation);
    }
  }

  #check(invocation: Invocation): void {
    const cpuMs = invocation.bootMs + invocation.cpuMs;
    if (cpuMs >= CPU_LIMIT_MS) return this.#pass("cpu", invocation);
    if (invocation.peakBytes >= MEMORY_LIMIT_BYTES) return this.#pass("memory", invocation);
    if (cpuMs < CPU_WARNING_MS || invocation.warned) return;
    invocation.warned = true;
    this.#record("warning", "cpu", invocation);
  }

  #pass(limit: MeterRecord["limit"], invocation: Invocation | null): void {
    if (this.#overLimit) return;
    this.#overLimit = true;
    this.#record("violation", limit, invocation);
    this.#options.onLimit();
  }

  #record(level: MeterRecord["level"], limit: MeterRecord["limit"], invocation: Invocation | null): void {
    const { method = null, route = null, bootMs = 0, cpuMs = 0, peakBytes = 0 } = invocation ?? {};
    this.#options.journal.record({
      level,
      limit,
      function: this.#options.name,
      method,
      route,
      cpuMs: Math.round(bootMs + cpuMs),
      bootMs,
      memoryMb: toMb(peakBytes),
      inFlight: this.#active.size,
    });
  }
}

function raise(figures: RouteFigures, { cpuMs, peakBytes }: Pick<Invocation, "cpuMs" | "peakBytes">): void {
  figures.maxCpuMs = Math.max(figures.maxCpuMs, Math.round(cpuMs));
  figures.maxMemoryMb = Math.max(figures.maxMemoryMb, toMb(peakBytes));
}

function toMb(bytes: number): number {
  return Math.round(bytes / BYTES_PER_MB);
}
