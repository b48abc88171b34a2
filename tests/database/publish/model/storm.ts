import assert from "node:assert/strict";
import postgres from "postgres";
import type { Sql } from "../../support/database.ts";
import { claim, type ClaimedJob } from "../support.ts";
import type { Random } from "./random.ts";

/** Shorter than the settle time: a platform answers or gives up before. */
const FLIGHT_MS = 100_000;

/** Many actors at once on one database, and the platform they post to. Nobody knows what the others do. */
export class Storm {
  readonly posts = new Map<string, number>();
  readonly refusals = new Map<string, number>();
  readonly #flights = new Map<string, number>();
  /** Jobs of workers that hang and go on long after their lease. */
  readonly #late: ClaimedJob[] = [];
  #offset = 0;
  #running = 0;
  #pause: Promise<void> | null = null;
  #quiet: (() => void) | null = null;

  constructor(readonly sql: Sql, readonly admin: Sql, readonly random: Random) {}

  get #now(): number {
    return Date.now() + this.#offset;
  }

  /** One thing an actor does; time stands still for it. A refusal with a code of ours is an answer like any other. */
  async act<T>(work: () => Promise<T>): Promise<T | null> {
    while (this.#pause) await this.#pause;
    this.#running++;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof postgres.PostgresError) || !error.code.startsWith("PT")) throw error;
      this.refusals.set(error.detail!, (this.refusals.get(error.detail!) ?? 0) + 1);
      return null;
    } finally {
      this.#running--;
      if (this.#running === 0) this.#quiet?.();
    }
  }

  async passTime(seconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#pause = promise;
    if (this.#running > 0) await new Promise<void>((done) => this.#quiet = done);
    this.#quiet = null;
    const by = this.admin`make_interval(secs => ${seconds})`;
    await this.admin.begin(async (tx) => {
      await tx`
        update private.publish_jobs
        set work_at = work_at - ${by}, due_at = due_at - ${by}, lease_until = lease_until - ${by},
            called_at = called_at - ${by}, settle_until = settle_until - ${by}`;
      await tx`
        update public.publishing_queue set scheduled_for = scheduled_for - ${by}, retry_at = retry_at - ${by}`;
    });
    this.#offset += seconds * 1000;
    this.#pause = null;
    resolve();
  }

  isThere(targetId: string): boolean {
    return this.posts.has(targetId);
  }

  takeOff(targetId: string): void {
    this.#flights.set(targetId, this.#now + FLIGHT_MS);
  }

  /** The effect of a call, if one is still on its way. */
  land(targetId: string): void {
    const until = this.#flights.get(targetId);
    this.#flights.delete(targetId);
    if (until === undefined || until < this.#now) return;
    this.posts.set(targetId, (this.posts.get(targetId) ?? 0) + 1);
    assert.equal(this.posts.get(targetId), 1, `${targetId} is on the platform twice`);
  }

  landSome(): void {
    for (const targetId of [...this.#flights.keys()]) if (this.random.chance(0.3)) this.land(targetId);
  }

  /** Workers that were thought dead go on. */
  async workLate(): Promise<void> {
    const jobs = this.#late.splice(0, this.random.integer(this.#late.length + 1));
    for (const job of jobs) await this.act(() => this.#step(job, false));
  }

  /** A worker takes jobs and does something with each; in calm weather nothing goes wrong. */
  async work(lane: number, isCalm: boolean): Promise<number> {
    const jobs = await this.act(() => claim(this.sql, lane, 4, 60));
    for (const job of jobs!) await this.act(() => this.#step(job, isCalm));
    return jobs!.length;
  }

  async #step(job: ClaimedJob, isCalm: boolean): Promise<void> {
    const { sql, random } = this;
    const trouble = isCalm ? "none" : random.weighted({
      none: 12,
      die: 2,
      hang: 3,
      retry: 2,
      reauth: 1,
      quota: 1,
    });
    if (trouble === "die") return;
    if (trouble === "hang") return void this.#late.push(job);
    if (trouble === "retry") return await this.#retry(job);
    if (trouble === "reauth" || trouble === "quota") {
      const status = trouble === "reauth" ? "needs_reauth" : "quota_wait";
      await sql`select public.park_publish_job(${job.target_id}, ${job.lease_token}, ${status}, 'x', 'x')`;
    } else if (job.step === "publish") await this.#call(job, isCalm);
    else if (job.step === "confirm") await this.#confirm(job, isCalm);
    else if (job.step === "reconcile") await this.#reconcile(job);
    else if (job.step === "prepare") await this.#prepare(job);
    else await this.#advance(job, "publish");
  }

  async #prepare(job: ClaimedJob): Promise<void> {
    await this.sql`
      select public.take_budget('youtube.inserts', 'any', ${job.user_id}, 1, null, ${job.target_id})`;
    await this.#advance(job, this.random.pick(["upload", "publish"]));
  }

  async #call(job: ClaimedJob, isCalm: boolean): Promise<void> {
    const [begun] = await this.sql`select public.begin_irreversible_call(
      ${job.target_id}, ${job.lease_token}, ${job.revision}, '{"id": "x"}') as may`;
    if (!begun!.may) return;
    const hasEffect = isCalm || this.random.chance(0.8);
    if (hasEffect) this.takeOff(job.target_id);
    if (!isCalm && this.random.chance(0.4)) {
      if (this.random.chance(0.5)) return;
      await this
        .sql`select public.doubt_irreversible_call(${job.target_id}, ${job.lease_token}, '{}', 'x', 'x')`;
      return;
    }
    this.land(job.target_id);
    if (!this.isThere(job.target_id)) await this.#undo(job);
    else if (this.random.chance(0.5)) await this.#finish(job);
    else await this.#advance(job, "confirm");
  }

  async #confirm(job: ClaimedJob, isCalm: boolean): Promise<void> {
    if (isCalm || this.random.chance(0.8)) return await this.#finish(job);
    const [row] = await this.sql`
      select public.reject_irreversible_call(${job.target_id}, ${job.lease_token}, 'x', 'x') as may`;
    if (row!.may) this.posts.delete(job.target_id);
  }

  async #reconcile(job: ClaimedJob): Promise<void> {
    if (this.isThere(job.target_id)) return await this.#finish(job);
    const [row] = await this.admin`
      select coalesce(settle_until, '-infinity') <= now() as is_settled from private.publish_jobs
      where target_id = ${job.target_id} and lease_token = ${job.lease_token}`;
    if (row?.is_settled) await this.#undo(job, true);
    else await this.#retry(job);
  }

  async #undo({ target_id, lease_token, revision }: ClaimedJob, isAbsence = false): Promise<void> {
    const [undone] = await this.sql`
      select public.undo_irreversible_call(${target_id}, ${lease_token}, 'publish', '{}', ${isAbsence}) as goes_on`;
    if (!undone!.goes_on) return;
    await this
      .sql`select public.advance_publish_job(${target_id}, ${lease_token}, ${revision}, 'publish', '{}')`;
  }

  async #advance({ target_id, lease_token, revision }: ClaimedJob, step: string): Promise<void> {
    await this
      .sql`select public.advance_publish_job(${target_id}, ${lease_token}, ${revision}, ${step}, '{}')`;
  }

  async #retry({ target_id, lease_token }: ClaimedJob): Promise<void> {
    await this.sql`select public.retry_publish_job(${target_id}, ${lease_token}, 'x', 'x')`;
  }

  async #finish({ target_id, lease_token }: ClaimedJob): Promise<void> {
    await this.sql`select public.finish_publish_job(${target_id}, ${lease_token}, 'v', 'u')`;
  }
}
