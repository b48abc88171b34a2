import { useEffect, useRef, useState } from "react";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { usePostDraft } from "../api/use-post-draft.ts";
import { useSendPost } from "../api/use-send-post.ts";
import { checkDraft, type DraftProblems } from "../rules/check-draft.ts";
import { describeSendFailure } from "../rules/describe-send-failure.ts";
import { isDraftPost } from "../rules/is-draft-post.ts";
import type { ListedPost } from "../rules/listed-post.ts";
import type { PostDraft } from "../rules/post-draft.ts";
import { reopenDraft } from "../rules/reopen-draft.ts";
import { startDraft } from "../rules/start-draft.ts";

interface Options {
  videoId: string | null;
  /** A draft to go on with, or a post to change; null for a new one. */
  post: ListedPost | null;
  /** What a new post starts with, where that is known; nothing typed is kept for later then. */
  start?: PostDraft;
  title: string;
  accounts: readonly PublishConnection[];
  timeZone: string;
  onSent: (postId: string, isDraft: boolean) => void;
}

/** The state of the form: draft, problems once it was submitted, and the request it makes. */
export function usePublishForm({ videoId, post, start, title, accounts, timeZone, onSent }: Options) {
  const formRef = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  const [isSavingDraft, setSavingDraft] = useState(false);
  const [opened] = useState(() =>
    post ? reopenDraft(post, title, timeZone) : start ?? startDraft(accounts, title, timeZone)
  );
  const kept = usePostDraft(post || start ? null : videoId, () => opened);
  const { draft } = kept;
  const send = useSendPost(kept.idempotencyKey, (postId, asDraft) => {
    kept.forget();
    onSent(postId, asDraft);
  });
  const chosen = accounts.filter(({ id }) => draft.connectionIds.includes(id));
  const check = (asDraft: boolean) =>
    asDraft ? onlyForDrafts(checkDraft(draft, chosen)) : checkDraft(draft, chosen);
  const problems = tries > 0 ? check(isSavingDraft) : {};
  const failure = send.error && describeSendFailure(send.error);

  useEffect(() => {
    if (tries > 0) formRef.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [tries]);

  const submit = ({ asDraft = false, allowsDuplicate = false } = {}) => {
    setTries(tries + 1);
    setSavingDraft(asDraft);
    if (send.isPending || Object.keys(check(asDraft)).length > 0) return;
    send.mutate({ videoId, post, opened, draft, accounts: chosen, asDraft, allowsDuplicate }, {
      onError: (error) => describeSendFailure(error).needsNewKey && kept.renewKey(),
    });
  };
  return {
    formRef,
    draft,
    chosen,
    problems,
    failure,
    isBusy: send.isPending,
    isSavingDraft,
    isNewPost: post === null || isDraftPost(post),
    onChange: (part: Partial<PostDraft>) => {
      if (send.error) send.reset();
      kept.change(part);
    },
    onSubmit: () => submit(),
    onSaveDraft: () => submit({ asDraft: true }),
    onPostAgain: () => submit({ allowsDuplicate: true }),
  };
}

/** A draft may lack a title and a time. */
function onlyForDrafts(problems: DraftProblems): DraftProblems {
  const isLater = (field: string) => field === "title" || field.startsWith("localTime");
  return Object.fromEntries(Object.entries(problems).filter(([field]) => !isLater(field)));
}
