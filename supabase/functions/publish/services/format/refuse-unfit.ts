import { checkFormat, toVerdict } from "../../../_shared/contracts/check-format.ts";
import { videoFormatSchema } from "../../../_shared/contracts/publish-format.ts";
import type { Platform } from "../../../_shared/contracts/publish.ts";
import { AppError } from "../../../_shared/core/app-error.ts";
import type { PublishDeps } from "../deps.ts";
import { readLimits } from "./read-facts.ts";

/**
 * Refuses a post whose video can never go out, as far as its file was looked at before: nothing is read here, and what
 * is not known yet is judged when work begins. AppError video_format_refused with the finding's sentence.
 */
export async function refuseUnfit(
  deps: Pick<PublishDeps, "formats" | "logError">,
  userId: string,
  videoId: string,
  places: readonly { platform: Platform; route?: string }[],
): Promise<void> {
  const format = videoFormatSchema.safeParse(await deps.formats.find(userId, videoId)).data;
  if (!format) return;
  const limitsOf = await readLimits(deps);
  for (const { platform, route } of places) {
    const findings = checkFormat(format, platform, limitsOf(platform, route));
    if (toVerdict(findings) !== "refused") continue;
    throw new AppError("video_format_refused", {
      message: findings[0]!.message,
      details: { platform, findings },
    });
  }
}
