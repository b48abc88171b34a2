import { checkFormat, toVerdict } from "../../../_shared/contracts/check-format.ts";
import type { PlatformLimits } from "../../../_shared/contracts/format-limits.ts";
import { PUBLISH_FAILURES } from "../../../_shared/contracts/publish-failures.ts";
import type { Platform } from "../../../_shared/contracts/publish.ts";
import { AppError } from "../../../_shared/core/app-error.ts";
import { sha256Hex } from "../../../_shared/core/digest.ts";
import { ProviderApiError, ProviderConfigError } from "../../../_shared/core/provider-errors.ts";
import { LeaseLost, PostRefused } from "../../../_shared/core/publish-errors.ts";
import type { PublishJob } from "../../../_shared/db/publish-jobs.ts";
import type { FailedTry, Variant, VariantProgress } from "../../../_shared/db/video-variants.ts";
import type { TranscoderClient } from "../../../_shared/providers/transcoder/client.ts";
import type { TranscoderState } from "../../../_shared/providers/transcoder/adapter.ts";
import type { TranscodeTarget } from "../../../_shared/providers/transcoder/schema.ts";
import type { PublishDeps } from "../deps.ts";
import type { DriveSource } from "../video-source.ts";
import { storeResult } from "./store-result.ts";
import { openVariantSource } from "./variant-source.ts";

const LEASE_SECONDS = 60;
const WAIT_FOR_OTHER_SECONDS = 3;
/** Between two questions how far a job is; the work grows with the file. */
const POLL_SECONDS = { small: 2, large: 10 };
const LARGE_BYTES = 64 * 1024 * 1024;

export type ConvertDeps = Omit<PublishDeps, "transcoder"> & { transcoder: TranscoderClient };

export interface ConversionWork {
  job: PublishJob;
  platform: Platform;
  videoId: string;
  source: DriveSource;
  target: TranscodeTarget;
  limitsOf: PlatformLimits;
  limits: { readonly byteBudget: number };
  countBytes: (bytes: number) => void;
}

/** A variant that fits, or how long to wait before looking again. */
export type Conversion = { kind: "variant"; id: string; objectPath: string; sizeBytes: number } | {
  kind: "wait";
  seconds: number;
};

/** The variant somebody works on: what is stored of it. */
export interface HeldVariant {
  variant: Variant;
  progress: VariantProgress;
  /** Throws LeaseLost when somebody else has it now. */
  save(changes: Partial<VariantProgress>, isReleased?: boolean): Promise<void>;
}

/**
 * One bounded step towards a file that fits: a job at the transcoder, made once per file and target format and
 * recorded before it is asked about, then a copy of its result in our bucket. Any worker of any post goes on where the
 * last one stopped. Throws PostRefused needs_conversion when all tries are used up.
 */
export async function convertVideo(deps: ConvertDeps, work: ConversionWork): Promise<Conversion> {
  const { key } = await work.source.locate();
  const recipe = await sha256Hex(JSON.stringify(work.target));
  const owner = { userId: work.job.userId, videoId: work.videoId, sourceKey: key, recipe };
  const variant = await deps.variants.claim(owner, LEASE_SECONDS);
  if (variant.status === "ready") return toReady(variant);
  if (variant.status === "failed") throw toRefusal(variant.errorCode ?? undefined);
  if (variant.leaseToken === null) {
    return { kind: "wait", seconds: Math.max(variant.waitSeconds, WAIT_FOR_OTHER_SECONDS) };
  }
  const held = hold(deps, variant);
  try {
    return await advance(deps, work, held);
  } catch (error) {
    if (error instanceof LeaseLost) return { kind: "wait", seconds: WAIT_FOR_OTHER_SECONDS };
    const failed = toFailedTry(error);
    if (failed) return await fail(deps, held, failed);
    // Not the conversion's trouble: the right goes back, the job of the post says what becomes of it.
    await held.save({}, true).catch(() => {});
    throw error;
  }
}

async function advance(deps: ConvertDeps, work: ConversionWork, held: HeldVariant): Promise<Conversion> {
  const { variant, progress } = held;
  if (progress.sizeBytes === null || progress.storedBytes < progress.sizeBytes) {
    const state = await askJob(deps, work, held);
    if (state === null) return await fail(deps, held, lostJob("job_lost"));
    if (state.kind === "under_way") {
      if (variant.isJobOverdue) return await fail(deps, held, lostJob("job_overdue"));
      await held.save({ status: "converting" }, true);
      const seconds = work.source.sizeBytes > LARGE_BYTES ? POLL_SECONDS.large : POLL_SECONDS.small;
      return { kind: "wait", seconds };
    }
    if (state.kind === "failed") {
      return await fail(deps, held, { ...lostJob(state.code), isFinal: state.isFinal });
    }
    if (!(await storeResult(deps, work, held, state))) {
      await held.save({}, true);
      return { kind: "wait", seconds: 0 };
    }
  }
  return await accept(deps, work, held);
}

/** The job at the transcoder, begun if there is none; null when the service has lost it. */
async function askJob(
  deps: ConvertDeps,
  work: ConversionWork,
  held: HeldVariant,
): Promise<TranscoderState | null> {
  const { variant, progress } = held;
  if (progress.jobId !== null) return await deps.transcoder.find(progress.jobId);
  const { address } = await work.source.locate();
  // The same number again finds the job whose answer was lost.
  const job = await deps.transcoder.start(`${variant.id}/${variant.jobNumber}`, address, work.target);
  await held.save({ status: "converting", jobId: job.id });
  return job.state;
}

/** Looks at the result before anything is published with it. */
async function accept(deps: ConvertDeps, work: ConversionWork, held: HeldVariant): Promise<Conversion> {
  const sizeBytes = held.progress.sizeBytes!;
  const { objectPath } = held.variant;
  const format = await deps.probe(openVariantSource(deps, { objectPath, sizeBytes }, ""));
  const isFit = format.kind === "video" &&
    toVerdict(checkFormat(format, work.platform, work.limitsOf)) === "fits";
  if (!isFit) return await fail(deps, held, { ...lostJob("result_does_not_fit"), isFinal: true });
  await held.save({ status: "ready" }, true);
  return { kind: "variant", id: held.variant.id, objectPath, sizeBytes };
}

function hold(deps: ConvertDeps, variant: Variant): HeldVariant {
  const held: HeldVariant = {
    variant,
    progress: variant,
    async save(changes, isReleased = false) {
      held.progress = { ...held.progress, ...changes };
      if (!(await deps.variants.save(variant, held.progress, isReleased))) throw new LeaseLost();
    },
  };
  return held;
}

async function fail(deps: ConvertDeps, held: HeldVariant, failed: FailedTry): Promise<Conversion> {
  const pause = await deps.variants.fail(held.variant, failed);
  if (pause === null) throw toRefusal(failed.code);
  return { kind: "wait", seconds: pause < 0 ? WAIT_FOR_OTHER_SECONDS : pause };
}

/** Trouble of the transcoder or of our bucket counts as a try; null for anything else. */
function toFailedTry(error: unknown): FailedTry | null {
  const isTranscoder = (error instanceof ProviderApiError || error instanceof ProviderConfigError) &&
    error.provider === "transcoder";
  if (!isTranscoder && !(error instanceof AppError)) return null;
  const waitSeconds = error instanceof ProviderApiError ? error.retryAfterSeconds : undefined;
  return { ...lostJob("transcoder_busy"), isJobGone: false, waitSeconds };
}

/** A try whose job is over; `reason` is for who looks after the service. */
function lostJob(reason: string): FailedTry {
  return { code: reason, message: PUBLISH_FAILURES.conversion_failed, isJobGone: true, isFinal: false };
}

function toRefusal(reason: string | undefined): PostRefused {
  return new PostRefused("needs_conversion", "conversion_failed", PUBLISH_FAILURES.conversion_failed, reason);
}

function toReady({ id, objectPath, sizeBytes }: Variant): Conversion {
  return { kind: "variant", id, objectPath, sizeBytes: sizeBytes! };
}
