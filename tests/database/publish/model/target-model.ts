/** A job as the model sees it; times are milliseconds of the database's clock. */
export interface JobModel {
  step: string;
  dueAt: number;
  workAt: number | null;
  isWaiting: boolean;
  token: string | null;
  leaseUntil: number | null;
  lost: number;
  stepAttempts: number;
  revision: number;
  isCalled: boolean;
  doubts: number;
  isAccountNew: boolean;
}

export interface TargetModel {
  readonly id: string;
  readonly postId: string;
  readonly userId: string;
  readonly connectionId: string;
  status: string;
  /** Its caption is not the post's. */
  hasOwnText: boolean;
  scheduledFor: number;
  job: JobModel | null;
}

export const RETRY_PAUSES = [60, 300, 900];
export const RECONCILE_PAUSES = [5, 15, 30, 60, 120, 300, 900, 3600];
export const MAX_LOST = 5;
export const MAX_DOUBTS = 5;
/** 15 minutes and 5 more per GiB; the test's videos have one MiB. */
export const LEAD_MS = (900 + 300 / 1024) * 1000;
export const KEEP_MS = 43_200_000;
const STATUS_OF_STEP: Record<string, string> = {
  prepare: "preparing",
  upload: "uploading",
  poll: "processing",
  publish: "ready",
  confirm: "publishing",
  reconcile: "unknown",
};
const ON_ITS_WAY = ["scheduled", "preparing", "uploading", "processing", "ready", "retry_wait"];

/** Work on it has begun, and its irreversible call has not. */
export const isOnItsWay = ({ status, job }: TargetModel): boolean =>
  job !== null && !job.isCalled && status !== "scheduled" && [...ON_ITS_WAY, "quota_wait"].includes(status);
export const statusOfStep = (step: string): string => STATUS_OF_STEP[step]!;
export const laneOf = (job: JobModel): number =>
  ["publish", "confirm", "reconcile"].includes(job.step) ? 0 : 1;

export function start(target: TargetModel, now: number): void {
  target.status = "scheduled";
  target.job = {
    step: "prepare",
    dueAt: target.scheduledFor,
    workAt: Math.max(now, target.scheduledFor - LEAD_MS),
    isWaiting: true,
    token: null,
    leaseUntil: null,
    lost: 0,
    stepAttempts: 0,
    revision: 1,
    isCalled: false,
    doubts: 0,
    isAccountNew: false,
  };
}

export function isClaimable(job: JobModel, now: number): boolean {
  return job.workAt !== null && job.workAt <= now && (job.leaseUntil === null || job.leaseUntil <= now) &&
    (job.token === null || job.lost + 1 < MAX_LOST);
}

export function claim(target: TargetModel, token: string, now: number, leaseSeconds: number): void {
  const job = target.job!;
  if (job.token !== null) job.lost += 1;
  job.token = token;
  job.leaseUntil = now + leaseSeconds * 1000;
  job.isAccountNew = false;
  if (job.isCalled && job.step === "publish") {
    job.step = "reconcile";
    job.doubts += 1;
  }
  if (job.isWaiting || (job.step === "reconcile" && job.lost > 0)) target.status = statusOfStep(job.step);
}

function release(job: JobModel): void {
  job.token = null;
  job.leaseUntil = null;
  job.lost = 0;
  job.isWaiting = false;
}

/** When p_step may be worked on, if somebody wants it at `at`. */
function notEarly(job: JobModel, at: number): number {
  return job.step === "publish" && !job.isCalled ? Math.max(at, job.dueAt) : at;
}

export function advance(target: TargetModel, step: string, now: number, waitSeconds: number): void {
  const job = target.job!;
  release(job);
  job.stepAttempts = 0;
  const soonest = step === job.step ? now : Math.min(job.workAt ?? now, now);
  job.step = step;
  job.workAt = waitSeconds > 0 ? now + waitSeconds * 1000 : soonest;
  job.workAt = notEarly(job, job.workAt);
  target.status = statusOfStep(step);
}

export function retry(target: TargetModel, now: number, waitSeconds: number | null): string {
  const job = target.job!;
  const pauses = job.isCalled ? RECONCILE_PAUSES : RETRY_PAUSES;
  const last = pauses.length - 1;
  if (job.isCalled && job.step === "publish") {
    job.step = "reconcile";
    job.doubts += 1;
  }
  if (job.step === "reconcile") target.status = "unknown";
  else if (job.step === "confirm") target.status = "publishing";
  else target.status = job.stepAttempts > last ? "failed" : "retry_wait";
  const goesOn = job.stepAttempts <= last || target.status === "publishing";
  const pause = Math.max(pauses[Math.min(job.stepAttempts, last)]!, waitSeconds ?? 0);
  release(job);
  job.workAt = goesOn ? notEarly(job, now + pause * 1000) : null;
  job.stepAttempts += 1;
  job.isWaiting = target.status === "retry_wait";
  return target.status;
}

export function park(target: TargetModel, wanted: string, now: number, until: number | null): void {
  const job = target.job!;
  // What a worker is short of proves nothing about a call.
  let status = job.isCalled ? "unknown" : wanted;
  let workAt: number | null = null;
  if (wanted === "quota_wait") {
    workAt = Math.max(until ?? now + 3_600_000, now + 1000);
  } else if (wanted === "needs_reauth" && job.isAccountNew) {
    workAt = now;
    if (status !== "unknown") status = "retry_wait";
  }
  job.workAt = workAt === null ? null : notEarly(job, workAt);
  release(job);
  job.isWaiting = status === "quota_wait" || status === "retry_wait";
  if (status === "unknown" && job.step === "publish") job.step = "reconcile";
  if (status === "failed") job.step = "prepare";
  target.status = status;
}

/** The platform turned down what it had accepted. */
export function reject(target: TargetModel): void {
  const job = target.job!;
  release(job);
  Object.assign(job, { step: "prepare", isCalled: false, stepAttempts: 0, workAt: null });
  target.status = "failed";
}

export function begin(target: TargetModel): void {
  target.job!.isCalled = true;
  target.status = "publishing";
}

export function doubt(target: TargetModel, now: number): void {
  const job = target.job!;
  release(job);
  job.stepAttempts = 0;
  job.step = "reconcile";
  job.doubts += 1;
  job.workAt = now + RECONCILE_PAUSES[0]! * 1000;
  target.status = "unknown";
}

/** True when the worker goes on, false when the target failed. */
export function undo(target: TargetModel, step: string, now: number): boolean {
  const job = target.job!;
  job.isCalled = false;
  job.step = step;
  target.status = statusOfStep(step);
  if (job.doubts < MAX_DOUBTS) return true;
  park(target, "failed", now, null);
  return false;
}

export function end(target: TargetModel, status: "published" | "canceled"): void {
  target.status = status;
  target.job = null;
}

export function loseForGood(target: TargetModel): void {
  const job = target.job!;
  if (job.isCalled && job.step === "publish") job.step = "reconcile";
  release(job);
  job.workAt = null;
  target.status = job.isCalled ? "unknown" : "failed";
}

export function retryByUser(target: TargetModel, now: number): void {
  const job = target.job!;
  const wasFailed = target.status === "failed";
  job.workAt = job.step === "publish" && !wasFailed ? Math.max(now, job.dueAt) : now;
  if (wasFailed || target.status === "needs_conversion") job.step = "prepare";
  job.isWaiting = false;
  job.stepAttempts = 0;
  job.lost = 0;
  job.doubts = 0;
  target.status = statusOfStep(job.step);
}

export function postAgain(target: TargetModel, now: number): void {
  const job = target.job!;
  release(job);
  Object.assign(job, { step: "prepare", isCalled: false, doubts: 0, stepAttempts: 0, workAt: now });
  job.revision += 1;
  target.status = "preparing";
}

export function resume(target: TargetModel, now: number): void {
  const job = target.job!;
  job.stepAttempts = 0;
  job.lost = 0;
  job.workAt = notEarly(job, now);
  if (target.status !== "unknown") target.status = statusOfStep(job.step);
}

export function edit(target: TargetModel, now: number, isNewText: boolean, scheduledFor: number): void {
  const isNewTime = Math.abs(scheduledFor - target.scheduledFor) >= 1;
  target.scheduledFor = scheduledFor;
  const job = target.job;
  if (!job || (!isNewText && !isNewTime)) return;
  const beginAt = Math.max(now, scheduledFor - LEAD_MS);
  job.dueAt = scheduledFor;
  if (isNewText || job.step === "prepare" || scheduledFor > now + KEEP_MS) {
    const wasWaiting = job.isWaiting;
    release(job);
    job.isWaiting = wasWaiting || ON_ITS_WAY.includes(target.status);
    Object.assign(job, { step: "prepare", stepAttempts: 0, doubts: 0 });
    job.revision += 1;
    if (ON_ITS_WAY.includes(target.status)) {
      job.workAt = beginAt;
      target.status = "scheduled";
    } else if (job.workAt !== null) {
      job.workAt = Math.max(job.workAt, beginAt);
    }
  } else if (job.step === "publish") {
    job.token = null;
    job.leaseUntil = null;
    if (job.workAt !== null) {
      job.workAt = Math.max(target.status === "ready" ? now : job.workAt, scheduledFor);
    }
  }
}
