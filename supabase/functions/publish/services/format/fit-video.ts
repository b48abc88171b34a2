import { checkFormat, toVerdict } from "../../../_shared/contracts/check-format.ts";
import { PUBLISH_FAILURES } from "../../../_shared/contracts/publish-failures.ts";
import { videoFormatSchema } from "../../../_shared/contracts/publish-format.ts";
import type { Platform } from "../../../_shared/contracts/publish.ts";
import { PostRefused } from "../../../_shared/core/publish-errors.ts";
import type { PublishJob } from "../../../_shared/db/publish-jobs.ts";
import { chooseRecipe } from "../../rules/choose-recipe.ts";
import type { PublishDeps } from "../deps.ts";
import type { DriveSource } from "../video-source.ts";
import { type Conversion, convertVideo } from "./convert-video.ts";
import { readFacts, readLimits } from "./read-facts.ts";

interface Work {
  job: PublishJob;
  platform: Platform;
  /** Of the account: some take less than their platform. */
  route: string | undefined;
  videoId: string;
  source: DriveSource;
  /** Bytes that may be moved, and who is told of those that were. */
  limits: { readonly byteBudget: number };
  countBytes: (bytes: number) => void;
}

/** Which file goes to the platform: the original, a variant of it, or not yet. A conversion changes no duration. */
export type Fit = ({ kind: "original" } | Conversion) & { durationSeconds: number | null };

/**
 * Checks the present file of a post's video against its platform, as the last thing before work begins, and has it
 * converted where that helps. Throws PostRefused with the finding's sentence: `failed` for what no conversion mends,
 * `needs_conversion` where nobody converts.
 */
export async function fitVideo(deps: PublishDeps, work: Work): Promise<Fit> {
  const { job, platform, videoId, source } = work;
  const known = videoFormatSchema.safeParse(await deps.formats.find(job.userId, videoId)).data;
  const format = known ?? (await readFacts(deps, job.userId, videoId, source));
  const limits = (await readLimits(deps))(platform, work.route);
  const findings = checkFormat(format, platform, limits);
  const verdict = toVerdict(findings);
  if (verdict === "refused") throw new PostRefused("failed", "format_refused", findings[0]!.message);
  // The platform's own word about the original counts more than our table.
  const isRefused = job.checkpoint.isFormatRefused === true;
  const durationSeconds = format.duration_seconds;
  if (verdict === "fits" && !isRefused) return { kind: "original", durationSeconds };
  if (deps.transcoder === null) {
    const reason = isRefused ? PUBLISH_FAILURES.format_not_accepted : findings[0]!.message;
    throw new PostRefused(
      "needs_conversion",
      "conversion_needed",
      `${reason} ${PUBLISH_FAILURES.conversion_needed}`,
    );
  }
  const target = chooseRecipe(format, limits, findings);
  const conversion = { ...work, target, limitsOf: limits };
  return { ...(await convertVideo({ ...deps, transcoder: deps.transcoder }, conversion)), durationSeconds };
}
