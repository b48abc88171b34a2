import { platformSchema } from "../../../_shared/contracts/publish.ts";
import { ProviderApiError } from "../../../_shared/core/provider-errors.ts";
import { SourceGone } from "../../../_shared/core/publish-errors.ts";
import { retry } from "../../../_shared/core/retry.ts";
import type { PublishJob } from "../../../_shared/db/publish-jobs.ts";
import type { PublishTarget } from "../../../_shared/db/publish-targets.ts";
import type { Checkpoint, VideoSource } from "../../platforms/platform-adapter.ts";
import type { PublishDeps } from "../deps.ts";
import { openVideoSource } from "../video-source.ts";
import { fitVideo } from "./fit-video.ts";
import { openVariantSource, type StoredVariant } from "./variant-source.ts";

/** What passes within moments is not worth a pause of minutes, milliseconds. */
const QUICK_RETRIES = { attempts: 3, baseMs: 300, capMs: 2_000 };

/** The file a step works with. */
export interface OpenFile {
  source: VideoSource;
  /** The variant that goes out instead of the original. */
  variant: StoredVariant | null;
  checkpoint: Checkpoint;
  /** Set while the file is still being converted: nothing else happens in this step. */
  waitSeconds: number | null;
  /** Of the video, where this step looked at it. */
  durationSeconds: number | null;
}

/**
 * Opens the file of a post for one step. Before work begins it is checked against its platform and converted where
 * that is needed; the steps after keep the file that was chosen then. Throws what `fitVideo` throws.
 */
export async function openFile(
  deps: PublishDeps,
  job: PublishJob,
  target: PublishTarget,
  limits: { readonly byteBudget: number },
  countBytes: (bytes: number) => void,
): Promise<OpenFile> {
  const original = openVideoSource(deps, job.userId, target.video);
  const { checkpoint } = job;
  const chosen = readVariant(checkpoint);
  // Before anything of a platform's limits is spent on a video that was removed.
  if (job.step === "prepare" && target.video === null) throw new SourceGone();
  if (job.step !== "prepare" || target.video === null) {
    // Whoever wants the bytes hears of a failure.
    if (job.step === "upload" && chosen === null) original.locate().catch(() => {});
    return open(chosen, checkpoint);
  }
  const work = {
    job,
    platform: platformSchema.parse(target.platform),
    route: target.account?.route,
    videoId: target.video.id,
    source: original,
    limits,
    countBytes,
  };
  const fit = await retry(() => fitVideo(deps, work), {
    ...QUICK_RETRIES,
    isRetryable: (error) =>
      error instanceof ProviderApiError && error.isTransient && error.retryAfterSeconds === undefined,
    sleep: deps.sleep,
  });
  const { durationSeconds } = fit;
  if (fit.kind === "original") return { ...open(null, checkpoint), durationSeconds };
  if (fit.kind === "wait") return { ...open(null, checkpoint), waitSeconds: fit.seconds };
  const { id, objectPath, sizeBytes } = fit;
  const chosenNow = { ...checkpoint, variantId: id, variantPath: objectPath, variantBytes: sizeBytes };
  return { ...open({ objectPath, sizeBytes }, chosenNow), durationSeconds };

  function open(variant: StoredVariant | null, checkpoint: Checkpoint): OpenFile {
    const filename = target.video?.filename.replace(/\.[^.]+$/, ".mp4") ?? "";
    const source = variant ? openVariantSource(deps, variant, filename) : original;
    return { source, variant, checkpoint, waitSeconds: null, durationSeconds: null };
  }
}

/** What an adapter leaves out of a checkpoint but later steps need: which file was chosen. */
export function keepVariant(from: Checkpoint, to: Checkpoint): Checkpoint {
  const { variantId, variantPath, variantBytes } = from;
  return readVariant(from) ? { ...to, variantId, variantPath, variantBytes } : to;
}

function readVariant({ variantPath, variantBytes }: Checkpoint): StoredVariant | null {
  return typeof variantPath === "string" && typeof variantBytes === "number"
    ? { objectPath: variantPath, sizeBytes: variantBytes }
    : null;
}
