import { PUBLISH_NOTICES } from "../../../_shared/contracts/publish-notices.ts";
import { facebookOptionsSchema } from "../../../_shared/contracts/publish.ts";
import { FollowUpRefused } from "../../../_shared/core/follow-up-refused.ts";
import type { FacebookCoverClient } from "../../../_shared/providers/facebook/cover-client.ts";
import { GraphRefusal } from "../../../_shared/providers/facebook/error-answer.ts";
import type { FollowUp } from "../follow-up.ts";

/** Facebook takes a cover of its own once the Reel is there; the same one again is one more picture to choose from. */
export function createFacebookCover(client: FacebookCoverClient): FollowUp {
  return {
    kind: "cover",
    givenUp: "cover_refused",
    isWanted: (options) => facebookOptionsSchema.parse(options).cover !== undefined,
    async run(task) {
      const { cover = "" } = facebookOptionsSchema.parse(task.options);
      const { bytes, mimeType } = await task.readCover(cover);
      try {
        await client.set(task.account.token, task.postId, bytes, mimeType);
      } catch (error) {
        if (!(error instanceof GraphRefusal)) throw error;
        throw new FollowUpRefused("cover_refused", PUBLISH_NOTICES.cover_refused, String(error.code));
      }
    },
  };
}
