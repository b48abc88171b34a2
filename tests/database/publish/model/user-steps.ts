import assert from "node:assert/strict";
import { createPost, type Publisher } from "../support.ts";
import * as model from "./target-model.ts";
import type { TargetModel } from "./target-model.ts";
import { targetsOf } from "./worker-steps.ts";
import type { World } from "./world.ts";

const HOUR = 3600;
const WAITING = ["failed", "retry_wait", "quota_wait", "needs_reauth", "needs_conversion"];

export async function create(
  world: World,
  publisher: Publisher,
  connectionIds: readonly string[],
): Promise<void> {
  const { random } = world;
  const draft = random.chance(0.2);
  const seconds = random.pick([null, null, 300, 1200, 2 * HOUR, 3 * 24 * HOUR]);
  const made = await world.call(async (tx) => {
    const scheduledFor = seconds === null ? undefined : new Date(Math.floor(world.now) + seconds * 1000);
    return { scheduledFor, ...await createPost(tx, publisher, { scheduledFor, draft, connectionIds }) };
  });
  assert.ok(made.error === undefined);
  const inOrder = connectionIds.map((wanted) =>
    made.value.targets.find((made) => made.connection_id === wanted)!
  );
  for (const { id, connection_id } of inOrder) {
    const target: TargetModel = {
      id,
      postId: made.value.published_video_id,
      userId: publisher.userId,
      connectionId: connection_id,
      status: "draft",
      hasOwnText: false,
      scheduledFor: made.value.scheduledFor?.getTime() ?? world.now,
      job: null,
    };
    if (!draft) model.start(target, world.now);
    world.targets.push(target);
  }
}

export async function startDraft(world: World, { userId, postId }: TargetModel): Promise<void> {
  const drafts = targetsOf(world, postId).filter(({ status }) => status === "draft");
  const answer = await world.call((tx) => tx`select public.start_post(${userId}, ${postId})`);
  assert.equal(answer.error, drafts.length === 0 ? "post_not_draft" : undefined);
  for (const draft of drafts) model.start(draft, world.now);
}

export async function cancel(world: World, { userId, postId }: TargetModel): Promise<void> {
  const targets = targetsOf(world, postId);
  const open = targets.filter(({ status, job }) =>
    !["published", "canceled"].includes(status) && !job?.isCalled
  );
  const refusal = targets.some(({ job }) => job) ? "post_is_going_out" : "post_not_waiting";
  const answer = await world.ask<number>((tx) => tx`select public.cancel_post(${userId}, ${postId})`);
  assert.deepEqual(answer, open.length > 0 ? { value: open.length } : { error: refusal });
  for (const target of open) model.end(target, "canceled");
}

export async function retry(world: World, { userId, postId }: TargetModel): Promise<void> {
  const targets = targetsOf(world, postId);
  const waiting = targets.filter(({ status, job }) => WAITING.includes(status) && job && !job.isCalled);
  const isOpen = targets.some(({ status }) => status === "unknown");
  const answer = await world.ask<string>((tx) => tx`select public.retry_post(${userId}, ${postId})`);
  if (waiting.length === 0 && isOpen) assert.deepEqual(answer, { error: "outcome_unknown" });
  else assert.deepEqual(answer, { value: waiting.length });
  for (const target of waiting) model.retryByUser(target, world.now);
}

/** The user says what is true; looking too early is refused. */
export async function decide(world: World, target: TargetModel): Promise<void> {
  const isThere = world.isThere(target);
  const [row] = await world.admin<{ is_settling: boolean; is_old: boolean }[]>`
    select settle_until > now() as is_settling, called_at < now() - interval '1 hour' as is_old
    from private.publish_jobs where target_id = ${target.id}`;
  const answer = await world.call((tx) =>
    tx`select public.decide_unknown_target(${target.userId}, ${target.id}, ${isThere}, 'https://example.org/v1')`
  );
  const { job, status } = target;
  if (!job?.isCalled || !(status === "unknown" || (job.step === "confirm" && row!.is_old))) {
    assert.equal(answer.error, "outcome_known");
  } else if (!isThere && row!.is_settling) {
    assert.equal(answer.error, "outcome_still_open");
  } else {
    assert.equal(answer.error, undefined);
    if (isThere) model.end(target, "published");
    else model.postAgain(target, world.now);
    world.dropFlights(target);
  }
}

export async function edit(world: World, target: TargetModel): Promise<void> {
  const { random } = world;
  const { userId, postId, id } = target;
  const isNewText = random.chance(0.5);
  const seconds = random.pick([null, -60, 120, 1800, 6 * HOUR, 2 * 24 * HOUR]);
  const isWhole = random.chance(0.3);
  let scheduledFor: number | null = null;
  const answer = await world.call(async (tx) => {
    scheduledFor = seconds === null ? null : Math.floor(world.now) + seconds * 1000;
    const change = {
      ...(isNewText ? { caption: `Edited ${crypto.randomUUID()}` } : {}),
      ...(scheduledFor === null ? {} : { scheduled_for: new Date(scheduledFor).toISOString() }),
    };
    const changes = isWhole ? change : { targets: [{ id, ...change }] };
    await tx`select public.edit_post(${userId}, ${postId}, ${tx.json(changes)})`;
  });
  const siblings = isWhole ? targetsOf(world, postId) : [target];
  const edited = siblings
    .filter(({ status, job }) => !["published", "canceled"].includes(status) && !job?.isCalled);
  assert.equal(answer.error, edited.length > 0 ? undefined : "post_is_going_out");
  for (const one of edited) {
    // A text of its own stays when the post's changes.
    model.edit(one, world.now, isNewText && !(isWhole && one.hasOwnText), scheduledFor ?? one.scheduledFor);
    if (isNewText && !isWhole) one.hasOwnText = true;
  }
  // What has gone out, or may have, keeps the text it had.
  if (edited.length > 0 && isNewText && isWhole) {
    for (const one of siblings) if (!edited.includes(one)) one.hasOwnText = true;
  }
}

export async function reconnect(world: World, { connectionId }: TargetModel): Promise<void> {
  const mine = world.targets.filter((target) => target.connectionId === connectionId && target.job);
  const woken = mine.filter(({ status, job }) =>
    status === "needs_reauth" || (status === "unknown" && job!.workAt === null)
  );
  const answer = await world.ask<number>((tx) => tx`select public.resume_after_reconnect(${connectionId})`);
  assert.deepEqual(answer, { value: woken.length });
  for (const { job } of mine) if (job!.token !== null) job!.isAccountNew = true;
  for (const target of woken) model.resume(target, world.now);
}

/** The platform ends the access to an account: what is on its way and in nobody's hands waits for a new consent. */
export async function expire(world: World, { userId, connectionId }: TargetModel): Promise<void> {
  const parked = world.targets.filter((target) =>
    target.connectionId === connectionId && model.isOnItsWay(target) && target.job!.token === null
  );
  const answer = await world.ask<number>((tx) =>
    tx`select private.park_account_posts(${userId}, ${connectionId})`
  );
  assert.deepEqual(answer, { value: parked.length });
  for (const target of parked) {
    target.status = "needs_reauth";
    Object.assign(target.job!, { workAt: null, isWaiting: false });
  }
}

export async function parkLost(world: World): Promise<void> {
  const time = await world.admin.begin(async (tx) => {
    const [row] = await tx<{ now: number }[]>`
      select extract(epoch from now())::float8 * 1000 as now, private.park_lost_jobs()`;
    return row!.now;
  });
  world.now = time;
  for (const target of world.targets) {
    const { job } = target;
    if (!job || job.leaseUntil === null || job.leaseUntil > time || job.lost + 1 < model.MAX_LOST) continue;
    model.loseForGood(target);
  }
}
