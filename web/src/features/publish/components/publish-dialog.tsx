import { type ReactNode, useId, useState } from "react";
import { toast } from "sonner";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { isDraftPost } from "../rules/is-draft-post.ts";
import type { ListedPost } from "../rules/listed-post.ts";
import { NoAccounts } from "./no-accounts.tsx";
import { PostResults } from "./post-results.tsx";
import { PublishForm } from "./publish-form.tsx";
import type { PostDraft } from "../rules/post-draft.ts";
import type { RenderReconnect } from "./render-reconnect.ts";
import type { RenderTemplates } from "./render-templates.ts";
import { usePublishForm } from "./use-publish-form.ts";

interface PublishDialogProps {
  video: { id: string | null; filename: string };
  /** A draft to go on with, or a post to change; absent for a new one. */
  post?: ListedPost;
  /** What a new post starts with. */
  start?: PostDraft;
  /** What YouTube's title starts with. */
  title: string;
  /** Every account of the user. */
  accounts: readonly PublishConnection[];
  timeZone: string;
  renderReconnect: RenderReconnect;
  /** Where a caption template is inserted; absent: nowhere. */
  renderTemplates?: RenderTemplates;
  /** A draft was sent on its way; absent: this dialog shows what becomes of it. */
  onStarted?: (postId: string) => void;
  onClose: () => void;
}

/** Publishes a video or changes a post: asks where, what and when, then shows what becomes of it. */
export function PublishDialog(props: PublishDialogProps) {
  const { video, post = null, title, accounts, timeZone, renderReconnect, onStarted, onClose } = props;
  const formId = useId();
  const [sentId, setSentId] = useState<string | null>(null);
  const connected = accounts.filter(({ status }) => status !== "disconnected");
  // What waits somewhere already is changed as it is, also where its account is not connected any more.
  const shown = post && !isDraftPost(post) ? accounts : connected;
  const { isNewPost, onSaveDraft, isSavingDraft, ...form } = usePublishForm({
    videoId: video.id,
    post,
    start: props.start,
    title,
    accounts: shown,
    timeZone,
    onSent: (id, isDraft) => {
      if (isNewPost && !isDraft) return onStarted ? onStarted(id) : setSentId(id);
      toast.success(isDraft ? "Draft saved" : "Post changed");
      onClose();
    },
  });
  const isAsking = sentId === null && (connected.length > 0 || post !== null);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width="lg"
      title={sentId ? "Your post" : isNewPost ? (post ? "Go on with the draft" : "Publish") : "Edit post"}
      description={video.filename}
      footer={sentId ? <Button look="primary" onClick={onClose}>Done</Button> : isAsking && (
        <>
          {isNewPost
            ? <Button isBusy={form.isBusy && isSavingDraft} onClick={onSaveDraft}>Save draft</Button>
            : <Button onClick={onClose}>Close</Button>}
          <Button look="primary" type="submit" form={formId} isBusy={form.isBusy && !isSavingDraft}>
            {nameSend(isNewPost, form.draft.when, post)}
          </Button>
        </>
      )}
    >
      {sentId && (
        <PostResults
          postId={sentId}
          accounts={accounts}
          timeZone={timeZone}
          renderReconnect={renderReconnect}
        />
      )}
      {!sentId && !isAsking && <NoAccounts />}
      {isAsking && (
        <PublishForm
          {...form}
          id={formId}
          videoId={video.id}
          isFixed={!isNewPost}
          accounts={shown}
          renderTemplates={props.renderTemplates}
        />
      )}
    </Dialog>
  );
}

function nameSend(isNewPost: boolean, when: "now" | "later", post: ListedPost | null): ReactNode {
  if (isNewPost) return when === "later" ? "Schedule" : "Publish now";
  const hasStopped = post?.targets.some(({ status }) => status === "failed" || status === "needs_conversion");
  return hasStopped ? "Save and try again" : "Save changes";
}
