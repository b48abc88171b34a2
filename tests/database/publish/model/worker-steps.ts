import assert from "node:assert/strict";
import type { ClaimedJob } from "../support.ts";
import * as model from "./target-model.ts";
import type { TargetModel } from "./target-model.ts";
import type { Session, World } from "./world.ts";

const NEXT: Record<string, readonly string[]> = {
  prepare: ["upload", "poll", "publish"],
  upload: ["upload", "upload", "poll", "publish", "prepare"],
  poll: ["poll", "publish", "prepare"],
};
/** Shorter than the settle time: a platform answers or gives up before. */
const FLIGHT_MS = 100_000;

/** A worker claims; the model says which jobs it may get. */
export async function claimJobs(world: World, lane: number, limit: number): Promise<Session[]> {
  const leaseSeconds = world.random.pick([60, 120]);
  const claimed = await world.call((tx) =>
    tx<ClaimedJob[]>`select * from public.claim_publish_jobs(${lane}, ${limit}, ${leaseSeconds})`
  );
  assert.ok(claimed.error === undefined);
  const due = world.targets
    .filter(({ job }) => job && model.laneOf(job) === lane && model.isClaimable(job, world.now))
    .sort((a, b) => a.job!.workAt! - b.job!.workAt!);
  assert.equal(claimed.value.length, Math.min(limit, due.length), "as many jobs as are due");
  const sessions = claimed.value.map((row): Session => {
    const target = due.find(({ id }) => id === row.target_id);
    assert.ok(target, `${row.target_id} was not due`);
    const latest = due[claimed.value.length - 1]!.job!.workAt!;
    assert.ok(target.job!.workAt! <= latest + 1, "the longest due come first");
    model.claim(target, row.lease_token, world.now, leaseSeconds);
    assert.deepEqual([row.step, row.revision], [target.job!.step, target.job!.revision]);
    return { target, token: row.lease_token, revision: row.revision, step: row.step, hasBegun: false };
  });
  sessions.sort((a, b) => world.targets.indexOf(a.target) - world.targets.indexOf(b.target));
  world.sessions.push(...sessions);
  return sessions;
}

/** One thing a worker may do with a job in hand, also long after its lease was lost. */
export async function workOn(world: World, session: Session, isCalm = false): Promise<void> {
  const { random } = world;
  const trouble = isCalm ? "none" : random.weighted({ none: 12, retry: 2, park: 2, die: 2, extend: 1 });
  if (trouble === "die") return drop(world, session);
  if (trouble === "extend") return await extend(world, session);
  if (trouble === "retry") return await retry(world, session);
  if (trouble === "park") return await park(world, session);
  if (session.step === "reconcile") await reconcile(world, session);
  else if (session.step === "confirm") await confirm(world, session, isCalm);
  else if (session.step !== "publish") await advance(world, session, random.pick(NEXT[session.step]!));
  else if (session.hasBegun) await endCall(world, session, isCalm);
  else await begin(world, session);
}

function drop(world: World, session: Session): void {
  world.sessions.splice(0, Infinity, ...world.sessions.filter((other) => other !== session));
}

const holds = ({ target, token }: Session): boolean => target.job?.token === token;

async function extend(world: World, session: Session): Promise<void> {
  const { target, token } = session;
  const hasProgress = world.random.chance(0.5);
  const answer = await world.ask<boolean>((tx) =>
    tx`select public.extend_publish_lease(${target.id}, ${token}, 60, ${
      hasProgress ? tx.json({ offset: 1 }) : null
    })`
  );
  assert.deepEqual(answer, { value: holds(session) });
  if (!holds(session)) return;
  target.job!.leaseUntil = world.now + 60_000;
  if (hasProgress) Object.assign(target.job!, { lost: 0, stepAttempts: 0 });
}

async function retry(world: World, session: Session): Promise<void> {
  const { target, token } = session;
  const wait = world.random.pick([null, 2, 400]);
  const answer = await world.ask<string | null>((tx) =>
    tx`select public.retry_publish_job(${target.id}, ${token}, 'platform_error', 'It did not answer.', ${wait})`
  );
  assert.deepEqual(answer, { value: holds(session) ? model.retry(target, world.now, wait) : null });
  drop(world, session);
}

async function park(world: World, session: Session): Promise<void> {
  const { target, token } = session;
  const status = world.random.pick(["failed", "quota_wait", "needs_reauth", "needs_conversion"]);
  const wait = status === "quota_wait" ? world.random.pick([null, 30, 5000]) : null;
  const answer = await world.ask<boolean>((tx) =>
    tx`select public.park_publish_job(
      ${target.id}, ${token}, ${status}, 'parked', 'Somebody has to act.',
      now() + make_interval(secs => ${wait}::float8))`
  );
  assert.deepEqual(answer, { value: holds(session) });
  if (holds(session)) {
    model.park(target, status, world.now, wait === null ? null : world.now + wait * 1000);
  }
  drop(world, session);
}

async function advance(world: World, session: Session, step: string): Promise<void> {
  const { target, token, revision } = session;
  const wait = world.random.pick([0, 0, 3]);
  const answer = await world.ask<boolean>((tx) =>
    tx`select public.advance_publish_job(${target.id}, ${token}, ${revision}, ${step}, '{"at": 1}', ${wait})`
  );
  assert.deepEqual(answer, { value: holds(session) });
  if (holds(session)) model.advance(target, step, world.now, wait);
  drop(world, session);
}

async function begin(world: World, session: Session): Promise<void> {
  const { target, token, revision } = session;
  const may = holds(session) && !target.job!.isCalled;
  const answer = await world.ask<boolean>((tx) =>
    tx`select public.begin_irreversible_call(${target.id}, ${token}, ${revision}, '{"id": "x"}')`
  );
  assert.deepEqual(answer, { value: may });
  if (!may) return drop(world, session);
  assert.ok(target.job!.dueAt <= world.now, `${target.id} would go out early`);
  model.begin(target);
  session.hasBegun = true;
  // From here on the effect may come at any moment, whatever becomes of the worker.
  if (world.random.chance(0.8)) world.flights.push({ target, until: world.now + FLIGHT_MS });
}

async function endCall(world: World, session: Session, isCalm: boolean): Promise<void> {
  const { target } = session;
  const isFlying = world.flights.some((flight) => flight.target === target);
  const outcome = isCalm ? "answered" : world.random.weighted({ answered: 5, doubt: 3 });
  if (outcome === "answered" && isFlying) world.land(target);
  if (outcome === "answered" && !world.isThere(target)) {
    await undo(world, session, world.random.pick(["publish", "upload", "poll", "prepare"]));
  } else if (outcome === "answered") {
    if (world.random.chance(0.5)) await finish(world, session);
    else await advance(world, session, "confirm");
  } else {
    const { token } = session;
    const answer = await world.ask<boolean>((tx) =>
      tx`select public.doubt_irreversible_call(${target.id}, ${token}, '{"id": "x"}', 'timeout', 'No answer.')`
    );
    assert.deepEqual(answer, { value: holds(session) });
    if (holds(session)) model.doubt(target, world.now);
    drop(world, session);
  }
}

/** The worker writes that the call had no effect, then goes on, fails or dies. */
async function undo(world: World, session: Session, step: string, isAbsence = false): Promise<void> {
  const { target, token, revision } = session;
  const mayUndo = holds(session) && target.job!.isCalled;
  const answer = await world.ask<boolean>((tx) =>
    tx`select public.undo_irreversible_call(${target.id}, ${token}, ${step}, '{}', ${isAbsence})`
  );
  const goesOn = mayUndo && model.undo(target, step, world.now);
  assert.deepEqual(answer, { value: goesOn });
  if (goesOn && world.random.chance(0.8)) {
    await advance(world, { target, token, revision, step, hasBegun: false }, step);
  }
  drop(world, session);
}

async function finish(world: World, session: Session): Promise<void> {
  const { target, token } = session;
  const times = world.random.pick([1, 1, 2]);
  for (let i = 0; i < times; i++) {
    const answer = await world.ask<boolean>((tx) =>
      tx`select public.finish_publish_job(${target.id}, ${token}, 'v1', 'https://example.org/v1')`
    );
    assert.deepEqual(answer, { value: holds(session) }, "finishing counts once");
    if (holds(session)) model.end(target, "published");
  }
  drop(world, session);
}

async function confirm(world: World, session: Session, isCalm: boolean): Promise<void> {
  const outcome = isCalm ? "done" : world.random.weighted({ done: 5, going: 4, rejected: 2 });
  if (outcome === "done") await finish(world, session);
  else if (outcome === "going") await advance(world, session, "confirm");
  else await reject(world, session);
}

/** The platform took the post and turns it down afterwards: it is not there any more. */
async function reject(world: World, session: Session): Promise<void> {
  const { target, token } = session;
  const answer = await world.ask<boolean>((tx) =>
    tx`select public.reject_irreversible_call(${target.id}, ${token}, 'rejected', 'Not taken.')`
  );
  assert.deepEqual(answer, { value: holds(session) });
  if (holds(session)) {
    model.reject(target);
    world.posts.delete(target.id);
  }
  drop(world, session);
}

/** The platform says the truth; not finding the post counts once the settle time is over. */
async function reconcile(world: World, session: Session): Promise<void> {
  const { target } = session;
  if (!holds(session)) return await retry(world, session);
  if (world.isThere(target)) return await finish(world, session);
  const [row] = await world.admin<{ is_settled: boolean }[]>`
    select coalesce(settle_until, '-infinity') <= now() as is_settled from private.publish_jobs where target_id = ${target.id}`;
  if (row!.is_settled) {
    world.dropFlights(target);
    await undo(world, session, world.random.pick(["publish", "prepare", "upload"]), true);
  } else {
    const early = await world.ask<boolean>((tx) =>
      tx`select public.undo_irreversible_call(${target.id}, ${session.token}, 'prepare', '{}', true)`
    );
    assert.deepEqual(early, { error: "outcome_still_open" }, "absence proves nothing yet");
    await retry(world, session);
  }
}

export function targetsOf(world: World, postId: string): TargetModel[] {
  return world.targets.filter((target) => target.postId === postId);
}
