import type { Kit } from "../kit/provider.ts";
import type { Submission } from "./submission.ts";

/** Address of a published post; its page plays the video. */
export function publicUrlOf(kit: Kit, { username, outcome }: Submission): string | null {
  if (outcome?.type !== "published") return null;
  return `${kit.urls.SANDBOX_URL}/blotato/@${encodeURIComponent(username)}/video/${outcome.postId}`;
}

/** What the question about one submission answers. */
export function describeStatus(kit: Kit, submission: Submission): Record<string, unknown> {
  const { id, outcome, scheduledAt } = submission;
  if (outcome?.type === "published") {
    return { postSubmissionId: id, status: "published", publicUrl: publicUrlOf(kit, submission) };
  }
  if (outcome?.type === "failed") {
    return { postSubmissionId: id, status: "failed", errorMessage: outcome.errorMessage };
  }
  if (scheduledAt !== null && scheduledAt > kit.now()) {
    return { postSubmissionId: id, status: "scheduled", scheduledTime: new Date(scheduledAt).toISOString() };
  }
  return { postSubmissionId: id, status: "in-progress" };
}

/** An entry of the list of posts. */
export interface ListedPost {
  id: string;
  postTime: string;
  platform: string;
  text: string;
  mediaUrls: string[];
  state:
    | { type: "scheduled" }
    | { type: "published"; postUrl: string | null }
    | { type: "failed"; errorMessage: string };
}

/**
 * An entry of the list of posts: it names neither account nor submission, and there is none while Blotato works on the
 * post. Null then.
 */
export function describeListed(kit: Kit, submission: Submission): ListedPost | null {
  const { id, text, mediaUrls, outcome, scheduledAt } = submission;
  const isWaiting = outcome === null && scheduledAt !== null && scheduledAt > kit.now();
  if (outcome === null && !isWaiting) return null;
  const isRehosted = kit.settings.get("blotato", "rehost_media", false);
  const entry = {
    platform: "tiktok",
    text,
    mediaUrls: isRehosted ? [`${kit.urls.BLOTATO_MEDIA_URL}/posts/${id}.mp4`] : mediaUrls,
  };
  if (outcome === null) {
    const postTime = new Date(scheduledAt!).toISOString();
    return { id: scheduleIdOf(submission), postTime, ...entry, state: { type: "scheduled" } };
  }
  const postTime = new Date(outcome.at).toISOString();
  if (outcome.type === "published") {
    const postUrl = publicUrlOf(kit, submission);
    return { id: outcome.postId, postTime, ...entry, state: { type: "published", postUrl } };
  }
  const { failureId, errorMessage } = outcome;
  return { id: failureId, postTime, ...entry, state: { type: "failed", errorMessage } };
}

/** The id of a schedule, which is not that of its submission. */
export function scheduleIdOf({ id }: Submission): string {
  return `sch_${id.replaceAll("-", "").slice(0, 12)}`;
}
