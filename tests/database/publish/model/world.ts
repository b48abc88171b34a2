import assert from "node:assert/strict";
import postgres from "postgres";
import type { Sql, Transaction } from "../../support/database.ts";
import type { Random } from "./random.ts";
import type { TargetModel } from "./target-model.ts";

/** What a worker has in hand; it may have lost its lease without knowing. */
export interface Session {
  readonly target: TargetModel;
  readonly token: string;
  readonly revision: number;
  readonly step: string;
  hasBegun: boolean;
}

/** A call on its way: it may have its effect until then, whatever became of its worker. */
export interface Flight {
  readonly target: TargetModel;
  readonly until: number;
}

export type Outcome<T> = { readonly value: T; readonly error?: undefined } | { readonly error: string };

/** The database, the platform behind it and what the model says of both. */
export class World {
  readonly targets: TargetModel[] = [];
  readonly sessions: Session[] = [];
  readonly flights: Flight[] = [];
  /** Posts on the platform by target: what a person would see there. */
  readonly posts = new Map<string, number>();
  /** Every status a target ever had. */
  readonly visited = new Set<string>();
  /** Database time of the last step, milliseconds. */
  now = 0;
  #passedAt = Date.now();

  constructor(readonly sql: Sql, readonly admin: Sql, readonly random: Random) {}

  /** One call in a transaction of its own, whose time the model then knows; a refusal resolves to its code. */
  async call<T>(work: (tx: Transaction) => Promise<T>): Promise<Outcome<T>> {
    try {
      return await this.sql.begin(async (tx) => {
        const [time] = await tx<{ now: number }[]>`select extract(epoch from now())::float8 * 1000 as now`;
        this.now = time!.now;
        return { value: await work(tx) };
      }) as Outcome<T>;
    } catch (error) {
      if (error instanceof postgres.PostgresError && error.code.startsWith("PT")) {
        return { error: error.detail! };
      }
      throw error;
    }
  }

  /** Calls a function of the engine that answers one value. */
  async ask<T>(work: (tx: Transaction) => Promise<readonly Record<string, unknown>[]>): Promise<Outcome<T>> {
    return await this.call(async (tx) => Object.values((await work(tx))[0]!)[0] as T);
  }

  /**
   * Lets `wanted` seconds pass since it was called last: every time the engine wrote lies that much further back. What
   * the steps in between took is part of it, so that a run does not depend on the speed of the machine.
   */
  async passTime(wanted: number): Promise<void> {
    const seconds = Math.max(0, wanted - (Date.now() - this.#passedAt) / 1000);
    this.#passedAt = Date.now();
    await this.admin.begin(async (tx) => {
      const by = tx`make_interval(secs => ${seconds})`;
      await tx`
        update private.publish_jobs
        set work_at = work_at - ${by}, due_at = due_at - ${by}, lease_until = lease_until - ${by},
            called_at = called_at - ${by}, settle_until = settle_until - ${by}`;
      await tx`
        update public.publishing_queue
        set scheduled_for = scheduled_for - ${by}, retry_at = retry_at - ${by}, called_at = called_at - ${by},
            published_at = published_at - ${by}`;
    });
    for (const target of this.targets) {
      target.scheduledFor -= seconds * 1000;
      if (!target.job) continue;
      target.job.dueAt -= seconds * 1000;
      if (target.job.workAt !== null) target.job.workAt -= seconds * 1000;
      if (target.job.leaseUntil !== null) target.job.leaseUntil -= seconds * 1000;
    }
    const flying = this.flights.map((flight) => ({ ...flight, until: flight.until - seconds * 1000 }));
    this.flights.splice(0, Infinity, ...flying.filter(({ until }) => until > this.now));
  }

  /** The effect of an irreversible call. */
  land(target: TargetModel): void {
    assert.ok(target.job?.isCalled, `${target.id} has an effect without a call on record`);
    const count = (this.posts.get(target.id) ?? 0) + 1;
    this.posts.set(target.id, count);
    assert.equal(count, 1, `${target.id} is on the platform ${count} times`);
    this.dropFlights(target);
  }

  dropFlights(target: TargetModel): void {
    this.flights.splice(0, Infinity, ...this.flights.filter((flight) => flight.target !== target));
  }

  isThere(target: TargetModel): boolean {
    return (this.posts.get(target.id) ?? 0) > 0;
  }

  /** The database equals the model, and the engine's own check finds nothing. */
  async compare(): Promise<void> {
    const rows = await this.admin<Record<string, unknown>[]>`
      select target.id, target.status, extract(epoch from target.scheduled_for)::float8 * 1000 as scheduled_for,
        job.target_id is not null as has_job, job.step, job.is_waiting, job.lease_token, job.lost_leases,
        job.step_attempts, job.revision, job.called_at is not null as is_called, job.doubts, job.is_account_new,
        extract(epoch from job.due_at)::float8 * 1000 as due_at,
        extract(epoch from job.work_at)::float8 * 1000 as work_at,
        extract(epoch from job.lease_until)::float8 * 1000 as lease_until
      from public.publishing_queue as target
      left join private.publish_jobs as job on job.target_id = target.id`;
    const seen = Object.fromEntries(rows.map((row) => [row.id, describeRow(row)]));
    const expected = Object.fromEntries(this.targets.map((target) => [target.id, describeModel(target)]));
    assert.deepEqual(seen, expected);
    for (const target of this.targets) this.visited.add(target.status);
    const stuck = await this.admin`
      select * from private.find_stuck_targets() where problem not like 'due for ten minutes%'`;
    assert.deepEqual([...stuck], []);
  }
}

/** Microseconds got lost on the way to JavaScript. */
const round = (time: unknown): number | null => time === null ? null : Math.round(Number(time) / 10);

function describeRow(row: Record<string, unknown>): unknown {
  return {
    status: row.status,
    scheduledFor: round(row.scheduled_for),
    job: row.has_job && {
      step: row.step,
      dueAt: round(row.due_at),
      workAt: round(row.work_at),
      isWaiting: row.is_waiting,
      token: row.lease_token,
      leaseUntil: round(row.lease_until),
      lost: row.lost_leases,
      stepAttempts: row.step_attempts,
      revision: row.revision,
      isCalled: row.is_called,
      doubts: row.doubts,
      isAccountNew: row.is_account_new,
    },
  };
}

function describeModel({ status, scheduledFor, job }: TargetModel): unknown {
  return {
    status,
    scheduledFor: round(scheduledFor),
    job: job !== null && {
      ...job,
      dueAt: round(job.dueAt),
      workAt: round(job.workAt),
      leaseUntil: round(job.leaseUntil),
    },
  };
}
