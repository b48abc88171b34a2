import type { Kit, StoredPost } from "../kit/provider.ts";
import { publicUrlOf } from "./post-view.ts";
import type { BlotatoState } from "./state.ts";

/** Every post that is on TikTok, the oldest first. */
export function listPosts(kit: Kit, state: BlotatoState): StoredPost[] {
  return [...state.submissions.values()].flatMap((submission) => {
    const { outcome, sha256 } = submission;
    if (outcome?.type !== "published") return [];
    return {
      platform: "tiktok" as const,
      account: submission.user,
      id: outcome.postId,
      caption: submission.text,
      sha256: sha256!,
      bytes: submission.size,
      created_at: new Date(outcome.at).toISOString(),
      url: publicUrlOf(kit, submission)!,
    };
  });
}
