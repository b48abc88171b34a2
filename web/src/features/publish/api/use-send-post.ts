import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { useMutation } from "@tanstack/react-query";
import { ApiFailure } from "../../../lib/api-failure.ts";
import { buildEdit } from "../rules/build-edit.ts";
import { buildPost } from "../rules/build-post.ts";
import { shapesOf } from "../rules/draft-cover.ts";
import { isDraftPost } from "../rules/is-draft-post.ts";
import type { ListedPost } from "../rules/listed-post.ts";
import type { PostDraft } from "../rules/post-draft.ts";
import { useCancelTarget } from "./cancel-target.ts";
import { useCreatePost } from "./create-post.ts";
import { useEditPost } from "./edit-post.ts";
import { storeCover } from "./store-cover.ts";

interface Send {
  videoId: string | null;
  /** What is continued or changed; null for a new post. */
  post: ListedPost | null;
  /** The form as it opened. */
  opened: PostDraft;
  draft: PostDraft;
  accounts: readonly PublishConnection[];
  asDraft: boolean;
  allowsDuplicate: boolean;
}

/**
 * Sends what the form holds.
 * @param onSent hears the id of the post, also when the form is gone by then: a draft that was sent leaves its list
 */
export function useSendPost(idempotencyKey: string, onSent: (postId: string, asDraft: boolean) => void) {
  const { mutateAsync: create } = useCreatePost(idempotencyKey);
  const { mutateAsync: edit } = useEditPost();
  const { mutateAsync: cancel } = useCancelTarget();

  const createAnew = async ({ videoId, draft, accounts, asDraft, allowsDuplicate }: Send) => {
    if (videoId === null) throw new ApiFailure("video_not_found", "The video of this post was deleted.", 404);
    await storeCover(draft.cover, shapesOf(accounts.map(({ platform }) => platform)));
    const post = await create({
      ...buildPost(videoId, draft, accounts),
      ...(asDraft && { draft: true }),
      ...(allowsDuplicate && { allow_duplicate: true }),
    });
    return post.published_video_id;
  };

  const change = async (sent: Send, post: ListedPost) => {
    const body = buildEdit(post, sent.opened, sent.draft);
    const isStarting = isDraftPost(post) && !sent.asDraft;
    const changed = Object.keys(body).length > 0 || isStarting;
    if (!changed) return post.id;
    await storeCover(sent.draft.cover, shapesOf(post.targets.map(({ platform }) => platform)));
    await edit({
      postId: post.id,
      body: {
        ...body,
        ...(isStarting && { draft: false }),
        ...(sent.allowsDuplicate && { allow_duplicate: true }),
      },
      retried: post.targets
        .filter(({ status }) => status === "failed" || status === "needs_conversion")
        .map(({ id }) => id),
    }).catch((error: unknown) => {
      // An earlier answer was lost: the draft is on its way already.
      if (!(isStarting && error instanceof ApiFailure && error.code === "post_not_draft")) throw error;
    });
    return post.id;
  };

  return useMutation({
    mutationFn: async (sent: Send) => {
      const { post } = sent;
      if (!post) return await createAnew(sent);
      const isElsewhere = isDraftPost(post) && !isSameChoice(sent.draft, sent.opened);
      if (!isElsewhere) return await change(sent, post);
      // Accounts of a stored draft are fixed: a new one takes its place, and only then the old one goes.
      const id = await createAnew(sent);
      await cancel({ postId: post.id }).catch(() => undefined);
      return id;
    },
    meta: { quiet: true },
    onSuccess: (postId, { asDraft }) => onSent(postId, asDraft),
  });
}

const isSameChoice = (one: PostDraft, other: PostDraft) =>
  one.connectionIds.toSorted().join() === other.connectionIds.toSorted().join();
