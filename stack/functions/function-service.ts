import type { FunctionLease } from "../gateway/start-gateway.ts";
import { waitUntil } from "../processes/wait-until.ts";
import { startFunctionProcess } from "./function-process.ts";
import type { FunctionProcess, FunctionProcessOptions } from "./function-process.ts";

/** A process that lived this long was healthy: its successor starts at once. */
const HEALTHY_MS = 5_000;
/** A start that fails again and again is tried ever more seldom; a process that dies soon, at most this late. */
const MAX_BOOT_BACK_OFF_MS = 5_000;
const MAX_CRASH_BACK_OFF_MS = 1_000;
/** How long a request waits for a function that is starting. */
const LEASE_TIMEOUT_MS = 10_000;
/** A replaced process finishes the requests it has, then gets this long for work after its answers. */
const BACKGROUND_MS = 2_000;
const DRAIN_TIMEOUT_MS = 30_000;
/** A process that is about to end lets go of its connections this much earlier at most. */
const END_TIMEOUT_MS = 500;

/** Keeps one function running: restarts it after a crash, replaces it without a gap when its code changes. */
export class FunctionService {
  readonly #options: () => Promise<FunctionProcessOptions>;
  readonly #log: (message: string) => void;
  #current: FunctionProcess | null = null;
  #work: Promise<void> = Promise.resolve();
  #startQueued = false;
  #stopped = false;
  /** Starts in a row that failed. */
  #bootFailures = 0;
  /** Processes in a row that died soon after a good start. */
  #quickDeaths = 0;
  /** Whether the person at the keyboard knows that the present code does not start. */
  #complained = false;
  #retired = new Set<Promise<void>>();

  /** @param options asked before each start, so that changed secrets take effect */
  constructor(options: () => Promise<FunctionProcessOptions>, log: (message: string) => void) {
    this.#options = options;
    this.#log = log;
  }

  /** Starts the function, or replaces its process by one with the present code. */
  reload(): void {
    this.#complained = false;
    this.#queueStart();
  }

  /** Settles when no start or replacement is under way. */
  settled(): Promise<void> {
    return this.#work;
  }

  /** See FunctionEndpoint.lease of the gateway. */
  async lease(method: string, path: string): Promise<FunctionLease | null> {
    const running = await waitUntil(() => this.#usable() ?? (this.#hasGivenUp() ? "down" : null), {
      timeoutMs: LEASE_TIMEOUT_MS,
    });
    if (!running || running === "down") return null;
    const { url, meter } = running;
    const invocation = meter?.begin(method, path);
    running.inFlight += 1;
    return {
      url,
      async wasEndedByLimit() {
        await waitUntil(() => !running.alive, { timeoutMs: END_TIMEOUT_MS });
        return meter?.overLimit ?? false;
      },
      release() {
        running.inFlight -= 1;
        if (invocation) meter?.end(invocation);
      },
    };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#current?.stop(3_000);
    await this.#work;
    await Promise.all(this.#retired);
  }

  /** A process that is being ended for what it used takes no more requests. */
  #usable(): FunctionProcess | null {
    return this.#current?.meter?.overLimit ? null : this.#current;
  }

  /** After the second failure in a row requests are refused at once, until a start succeeds. */
  #hasGivenUp(): boolean {
    return this.#stopped || this.#bootFailures > 1;
  }

  /** Starts follow one another; those asked for while one waits are the same. */
  #queueStart(): void {
    if (this.#startQueued) return;
    this.#startQueued = true;
    this.#work = this.#work.then(() => {
      this.#startQueued = false;
      return this.#start();
    }).catch((error) =>
      this.#log(`function start failed: ${error instanceof Error ? error.message : error}`)
    );
  }

  #complain({ name, logPath }: FunctionProcessOptions): void {
    if (this.#complained) return;
    this.#complained = true;
    const kept = this.#current ? "the version before keeps running" : "requests get 503";
    this.#log(`function ${name} does not start, ${kept}; see ${logPath}`);
  }

  async #start(): Promise<void> {
    if (this.#stopped) return;
    const options = await this.#options();
    const started = await startFunctionProcess(options);
    if (!started) {
      this.#bootFailures += 1;
      this.#complain(options);
      if (!this.#current) this.#startLater(Math.min(100 * 2 ** this.#bootFailures, MAX_BOOT_BACK_OFF_MS));
      return;
    }
    if (this.#stopped) return await started.stop(1_000);
    this.#bootFailures = 0;
    this.#complained = false;
    const previous = this.#current;
    this.#current = started;
    options.registry.set(`functions/${options.name}`, started.pid);
    started.ended.then((status) => this.#handleEnd(started, status, options));
    if (previous) this.#retire(previous);
  }

  #handleEnd(
    ended: FunctionProcess,
    { signal }: Deno.CommandStatus,
    { name, registry }: FunctionProcessOptions,
  ): void {
    registry.delete(`functions/${name}`, ended.pid);
    if (this.#current !== ended) return;
    this.#current = null;
    if (this.#stopped) return;
    this.#log(`function ${name} ended; starting it again`);
    // Who was killed did not fail by itself.
    const isHealthy = signal === "SIGKILL" || performance.now() - ended.startedAt >= HEALTHY_MS;
    this.#quickDeaths = isHealthy ? 0 : this.#quickDeaths + 1;
    this.#startLater(Math.min(50 * (2 ** this.#quickDeaths - 1), MAX_CRASH_BACK_OFF_MS));
  }

  #startLater(delayMs: number): void {
    const timer = setTimeout(() => {
      if (!this.#current) this.#queueStart();
    }, delayMs);
    Deno.unrefTimer(timer);
  }

  #retire(process: FunctionProcess): void {
    const retired = (async () => {
      await waitUntil(() => this.#stopped || process.inFlight === 0, { timeoutMs: DRAIN_TIMEOUT_MS });
      await waitUntil(() => this.#stopped, { timeoutMs: BACKGROUND_MS });
      await process.stop(1_000);
    })();
    this.#retired.add(retired);
    retired.finally(() => this.#retired.delete(retired));
  }
}
