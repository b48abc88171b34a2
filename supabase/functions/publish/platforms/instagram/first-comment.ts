import { PUBLISH_NOTICES } from "../../../_shared/contracts/publish-notices.ts";
import { instagramOptionsSchema } from "../../../_shared/contracts/publish.ts";
import { FollowUpRefused } from "../../../_shared/core/follow-up-refused.ts";
import { InstagramRefusal } from "../../../_shared/providers/instagram/error-answer.ts";
import type { InstagramPublishClient } from "../../../_shared/providers/instagram/publish-client.ts";
import type { FollowUp, FollowUpTask } from "../follow-up.ts";
import { isPermissionGone } from "./instagram-failure.ts";

/** The first comment below a Reel: written once, and looked for before it is ever written again. */
export function createFirstComment(clientOf: (route: string) => InstagramPublishClient): FollowUp {
  const textOf = ({ options }: FollowUpTask) => instagramOptionsSchema.parse(options).first_comment ?? "";
  return {
    kind: "first_comment",
    givenUp: "first_comment_refused",
    isWanted: (options) => instagramOptionsSchema.parse(options).first_comment !== undefined,
    async run(task) {
      const { token, route } = task.account;
      await orRefusal(() => clientOf(route).comment(token, task.postId, textOf(task)));
    },
    once: {
      unknown: "first_comment_unknown",
      isDone(task) {
        const { token, route } = task.account;
        return orRefusal(() => clientOf(route).hasComment(token, task.postId, textOf(task)));
      },
    },
  };
}

/** What Instagram refuses here says nothing of the account: a permission for comments may just be missing. */
async function orRefusal<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof InstagramRefusal)) throw error;
    const code = isPermissionGone(error) ? "first_comment_not_allowed" : "first_comment_refused";
    throw new FollowUpRefused(code, PUBLISH_NOTICES[code], `${error.code}/${error.subcode ?? ""}`);
  }
}
