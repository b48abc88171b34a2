import { backoffMs } from "./backoff.ts";
import type { Upload, UploadContext } from "./upload.ts";
import { remark, type UploadProblem } from "./upload-problem.ts";
import type { UploadRemark } from "./upload-state.ts";

/**
 * So many answers in a row that store nothing, and the session is given up. More patience with failures at the last
 * byte: an outage looks like a session that OneDrive can never commit, and giving up costs the whole way.
 */
const MAX_REFUSALS = { refused: 8, uncommitted: 12 } as const;
/** New sessions opened by ourselves before a person has to say that it is worth another try. */
const MAX_RESTARTS = 3;

/**
 * Decides what follows from a problem and waits as long as it takes.
 * @returns true when the upload should be tried again; false when it stays in the state it is in now
 */
export async function recover(
  upload: Upload,
  problem: UploadProblem,
  context: UploadContext,
  signal: AbortSignal,
): Promise<boolean> {
  const { trouble } = upload;
  switch (problem.kind) {
    case "fatal":
      return stop(upload, context, "failed", problem.remark);
    case "duplicate":
      return stop(upload, context, "already_there", problem.remark);
    case "canceled":
      return stop(upload, context, "canceled", problem.remark);
    case "needs_file":
      upload.hasher?.dispose();
      upload.hasher = null;
      upload.file = null;
      return stop(upload, context, "needs_file", problem.remark);
    case "in_use":
      if (upload.wantsTakeOver) return true;
      context.update(upload, { status: "in_use_elsewhere", error: problem.remark, retryAt: null, ...STILL });
      await context.connectivity.wait(upload.state.id, context.timings.inUseMs, signal);
      return true;
    case "restart":
      return await restart(upload, problem.remark, context, signal);
    case "refused":
    case "uncommitted":
      trouble.refusals++;
      if (trouble.refusals >= maxRefusals(problem)) {
        const isTaken = problem.remark.code === "name_taken";
        const notice = isTaken ? problem.remark : remark("upload_expired");
        return await restart(upload, notice, context, signal);
      }
      await pause(upload, problem, trouble.refusals - 1, context, signal);
      return true;
    case "interrupted":
      trouble.failures++;
      await pause(upload, problem, trouble.failures - 1, context, signal);
      return true;
    case "held":
      await hold(upload, problem, context, signal);
      return true;
    case "unanswered":
    case "throttled":
      trouble.failures++;
      await pause(upload, problem, trouble.failures, context, signal);
      return true;
  }
}

/** A name that is still taken after the server was asked stays taken. */
function maxRefusals({ kind, remark: { code } }: UploadProblem): number {
  if (code === "name_taken") return 2;
  return kind === "uncommitted" ? MAX_REFUSALS.uncommitted : MAX_REFUSALS.refused;
}

const STILL = { speedBps: null, secondsLeft: null } as const;

function stop(
  upload: Upload,
  context: UploadContext,
  status: "failed" | "canceled" | "needs_file" | "already_there",
  error: UploadRemark,
): false {
  context.update(upload, { status, error, retryAt: null, sentBytes: upload.stored, ...STILL });
  return false;
}

async function restart(
  upload: Upload,
  notice: UploadRemark,
  context: UploadContext,
  signal: AbortSignal,
): Promise<boolean> {
  if (upload.restarts >= MAX_RESTARTS) {
    return stop(upload, context, "failed", remark("onedrive_keeps_refusing"));
  }
  upload.wantsRestart = true;
  upload.trouble = { failures: 0, refusals: 0 };
  context.update(upload, { notice, sentBytes: 0 });
  await pause(
    upload,
    { kind: "restart", remark: notice, retryAfterMs: null },
    upload.restarts,
    context,
    signal,
  );
  return true;
}

/** Waits out the pause another upload was asked for, and a moment more: not all of them should come back at once. */
async function hold(
  upload: Upload,
  { remark: error, retryAfterMs }: UploadProblem,
  { connectivity, update, now, random, timings }: UploadContext,
  signal: AbortSignal,
): Promise<void> {
  const pauseMs = (retryAfterMs ?? 0) + random() * timings.throttleMinMs / 4;
  update(upload, { status: "waiting", sentBytes: upload.stored, error, retryAt: now() + pauseMs, ...STILL });
  await connectivity.wait(upload.state.id, pauseMs, signal);
  update(upload, { retryAt: null });
}

/** The first failure after progress costs no pause: most cuts are over when they are noticed. */
async function pause(
  upload: Upload,
  { kind, remark: reason, retryAfterMs }: Pick<UploadProblem, "kind" | "remark" | "retryAfterMs">,
  failures: number,
  context: UploadContext,
  signal: AbortSignal,
): Promise<void> {
  const { connectivity, timings } = context;
  if (failures === 0 && connectivity.isOnline()) return;
  const minMs = kind === "throttled" ? timings.throttleMinMs : timings.backoffMinMs;
  const ownMs = backoffMs(Math.max(failures, 1), context.random(), { minMs, maxMs: timings.backoffMaxMs });
  const isOnline = connectivity.isOnline();
  const pauseMs = isOnline ? Math.max(ownMs, retryAfterMs ?? 0) : timings.backoffMaxMs;
  if (kind === "throttled") context.throttle.note(pauseMs);
  context.update(upload, {
    status: "waiting",
    sentBytes: upload.stored,
    error: isOnline ? reason : remark("offline"),
    retryAt: isOnline ? context.now() + pauseMs : null,
    ...STILL,
  });
  await connectivity.wait(upload.state.id, pauseMs, signal);
  context.update(upload, { retryAt: null });
}
