import type { Kit } from "../kit/provider.ts";
import type { Job, Target } from "./job.ts";
import { convert } from "./convert.ts";
import { TranscoderFailure } from "./transcoder-failure.ts";

/** Every conversion, and those that are running. */
export class JobStore {
  #kit: Kit;
  #jobs = new Map<string, Job>();
  #running = new Set<AbortController>();

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  /** The job of an idempotency key, begun if there is none. Throws 409 for the same key with another target. */
  begin(idempotencyKey: string, sourceUrl: string, target: Target, processingMs: number): Job {
    const known = [...this.#jobs.values()].find((job) => job.idempotencyKey === idempotencyKey);
    if (known) {
      if (JSON.stringify(known.target) === JSON.stringify(target)) return known;
      throw new TranscoderFailure(409, "idempotency_key_reused", "This key belongs to another target.");
    }
    const { blobs } = this.#kit;
    const job: Job = {
      id: crypto.randomUUID(),
      idempotencyKey,
      sourceUrl,
      target,
      status: "queued",
      error: null,
      source: blobs.create(),
      result: blobs.create(),
      size: null,
      readyAt: this.#kit.now() + processingMs,
    };
    this.#jobs.set(job.id, job);
    this.#start(job);
    return job;
  }

  find(id: string): Job | null {
    return this.#jobs.get(id) ?? null;
  }

  async forget(id: string): Promise<void> {
    const job = this.#jobs.get(id);
    if (!job) return;
    this.#jobs.delete(id);
    for (const blob of [job.source, job.result]) await this.#kit.blobs.remove(blob);
    this.#kit.touch();
  }

  async clear(): Promise<void> {
    for (const abort of this.#running) abort.abort();
    for (const id of [...this.#jobs.keys()]) await this.forget(id);
  }

  snapshot(): Job[] {
    return [...this.#jobs.values()];
  }

  /** Begins anew with what a restart interrupted. */
  restore(jobs: Job[]): void {
    for (const job of jobs) {
      this.#jobs.set(job.id, job);
      if (job.status === "queued" || job.status === "running") this.#start(job);
    }
  }

  blobIds(): string[] {
    return [...this.#jobs.values()].flatMap(({ source, result }) => [source, result]);
  }

  #start(job: Job): void {
    const abort = new AbortController();
    this.#running.add(abort);
    job.status = "running";
    this.#kit.touch();
    void convert(this.#kit, job, abort.signal).finally(() => {
      this.#running.delete(abort);
      this.#kit.touch();
    });
  }
}
