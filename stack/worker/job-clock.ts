import { isInterval, nextRun } from "./next-run.ts";

/** The columns of cron.job a run needs. */
export interface Job {
  readonly jobid: string;
  readonly schedule: string;
  readonly command: string;
  readonly username: string;
}

/** Longest delay setTimeout takes is 24.8 days; longer waits are walked in steps of a day. */
const MAX_DELAY_MS = 86_400_000;

/** Starts one job at its times, one run at a time: a run that is due while another goes on starts after it. */
export class JobClock {
  #job: Job;
  readonly #run: (job: Job) => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastStart = new Date();
  #due = 0;
  #running = false;

  constructor(job: Job, run: (job: Job) => Promise<void>) {
    this.#job = job;
    this.#run = run;
    this.#wait();
  }

  /** Takes on what cron.job says now. */
  update(job: Job): void {
    const rescheduled = job.schedule !== this.#job.schedule;
    this.#job = job;
    if (!rescheduled) return;
    this.#lastStart = new Date();
    this.#wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#due = 0;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const at = nextRun(this.#job.schedule, this.#lastStart);
    if (!at) return;
    const delay = Math.max(0, at.getTime() - Date.now());
    this.#timer = delay > MAX_DELAY_MS
      ? setTimeout(() => this.#wait(), MAX_DELAY_MS)
      : setTimeout(() => this.#fire(at), delay);
  }

  #fire(at: Date): void {
    // Times missed while the machine slept are not made up for.
    this.#lastStart = new Date(Math.max(at.getTime(), Date.now() - 1000));
    if (!this.#running || !isInterval(this.#job.schedule)) this.#due += 1;
    this.#wait();
    if (!this.#running) this.#work();
  }

  async #work(): Promise<void> {
    this.#running = true;
    while (this.#due > 0) {
      this.#due -= 1;
      await this.#run(this.#job);
    }
    this.#running = false;
  }
}
