import { PUBLISH_NOTICES } from "../../../_shared/contracts/publish-notices.ts";
import { youtubeOptionsSchema } from "../../../_shared/contracts/publish.ts";
import { FollowUpRefused } from "../../../_shared/core/follow-up-refused.ts";
import { ProviderApiError } from "../../../_shared/core/provider-errors.ts";
import { YoutubeRefusal } from "../../../_shared/providers/youtube/error-answer.ts";
import type { YoutubeThumbnailClient } from "../../../_shared/providers/youtube/thumbnail-client.ts";
import type { FollowUp } from "../follow-up.ts";
import { toPostFailure } from "./youtube-failure.ts";

/** Rule: YouTube Data API, quota: thumbnails.set, in units. */
const UNITS = 50;
/** A large picture takes YouTube longer than the video itself. */
const PROCESSING_SECONDS = 600;

/** YouTube takes a cover of its own once the video is processed, and the same one any number of times. */
export function createYoutubeCover(client: YoutubeThumbnailClient): FollowUp {
  return {
    kind: "cover",
    givenUp: "cover_refused",
    isWanted: (options) => youtubeOptionsSchema.parse(options).cover !== undefined,
    async run(task) {
      const { cover = "" } = youtubeOptionsSchema.parse(task.options);
      const { bytes, mimeType } = await task.readCover(cover);
      await task.spend("youtube.units", UNITS);
      try {
        await client.set(task.account.token, task.postId, bytes, mimeType);
      } catch (error) {
        throw toFailure(error, task.now());
      }
    },
  };
}

function toFailure(error: unknown, now: Date): unknown {
  if (!(error instanceof YoutubeRefusal)) return toPostFailure(error, now);
  // Still at work on the video.
  if (error.reason === "failedPrecondition") {
    return new ProviderApiError("youtube", 503, error.reason, PROCESSING_SECONDS);
  }
  const code = error.status === 403 ? "cover_not_set" : "cover_refused";
  return new FollowUpRefused(code, PUBLISH_NOTICES[code], error.reason);
}
