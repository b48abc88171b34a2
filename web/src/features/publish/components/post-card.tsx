import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Badge } from "../../../components/ui/badge.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { VideoPoster } from "../../../components/video-poster.tsx";
import { formatWhen } from "../../../lib/format-date.ts";
import { crossPostDraft } from "../rules/cross-post-draft.ts";
import { isDraftPost } from "../rules/is-draft-post.ts";
import { isOpenTarget } from "../rules/is-open-target.ts";
import type { ListedPost } from "../rules/listed-post.ts";
import type { PostDraft } from "../rules/post-draft.ts";
import { summarizePost } from "../rules/summarize-post.ts";
import { DraftActions } from "./draft-actions.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import type { RenderReconnect } from "./render-reconnect.ts";
import { TargetList } from "./target-list.tsx";

export interface PostCardProps {
  post: ListedPost;
  accounts: readonly PublishConnection[];
  timeZone: string;
  renderReconnect: RenderReconnect;
  /** What a row of a longer list leaves out: which product it belongs to. */
  isOfShownProduct?: boolean;
}

/** A post: what was said, how it stands as a whole and on each account, and how to change it. */
export function PostCard({ post, accounts, timeZone, renderReconnect, isOfShownProduct }: PostCardProps) {
  const [isEditing, setEditing] = useState(false);
  const [crossPost, setCrossPost] = useState<PostDraft | null>(null);
  const navigate = useNavigate();
  const summary = summarizePost(post.targets, timeZone);
  const isDraft = isDraftPost(post);
  const name = post.filename ?? "A deleted video";
  const title = post.product_title ?? name;
  const edit = () => setEditing(true);
  const text = [post.caption, post.hashtags.map((tag) => `#${tag.replace(/^#/, "")}`).join(" ")]
    .filter(Boolean).join(" ");
  return (
    <Card className="px-4 py-4 sm:px-5">
      <header className="mb-3.5 flex items-start gap-3.5 border-b pb-3.5">
        <VideoPoster
          path={post.poster_path}
          videoId={post.video_id ?? undefined}
          className="w-20 shrink-0 rounded-lg max-sm:hidden"
        />
        <div className="min-w-0 grow">
          <h3 className="flex flex-wrap items-center gap-x-2 gap-y-0.5 font-[600]">
            <Link
              to="/posts/$postId"
              params={{ postId: post.id }}
              className="min-w-0 truncate rounded hover:underline"
            >
              {name}
            </Link>
            <Badge tone={summary.tone}>{summary.label}</Badge>
          </h3>
          <p className="line-clamp-2 break-words text-ink-soft">{text || "Without a caption"}</p>
          <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-ink-faint">
            {summary.sentence && <span>{summary.sentence}</span>}
            {!isOfShownProduct && post.product_id && (
              <Link
                to="/products/$productId"
                params={{ productId: post.product_id }}
                className="max-w-full truncate rounded text-link sm:max-w-80 hover:underline"
              >
                {post.product_title}
              </Link>
            )}
            <span>{isDraft ? "Saved" : "Created"} {formatWhen(post.created_at)}</span>
          </p>
        </div>
        {!isDraft && post.targets.some(isOpenTarget) && (
          <Button size="sm" onClick={edit}>
            Edit<span className="sr-only">{" "}the post of {name}</span>
          </Button>
        )}
      </header>
      {isDraft && <DraftActions postId={post.id} name={name} onContinue={edit} />}
      <TargetList
        postId={post.id}
        videoId={post.video_id}
        targets={post.targets}
        accounts={accounts}
        timeZone={timeZone}
        renderReconnect={renderReconnect}
        onEdit={edit}
        onCrossPost={post.video_id === null
          ? undefined
          : (target, page) => setCrossPost(crossPostDraft(post, target, page.id, title, timeZone))}
      />
      {crossPost && (
        <PublishDialog
          video={{ id: post.video_id, filename: name }}
          start={crossPost}
          title={title}
          accounts={accounts}
          timeZone={timeZone}
          renderReconnect={renderReconnect}
          onClose={() => setCrossPost(null)}
        />
      )}
      {isEditing && (
        <PublishDialog
          video={{ id: post.video_id, filename: name }}
          post={post}
          title={title}
          accounts={accounts}
          timeZone={timeZone}
          renderReconnect={renderReconnect}
          onStarted={(postId) => {
            setEditing(false);
            void navigate({ to: "/posts/$postId", params: { postId } });
          }}
          onClose={() => setEditing(false)}
        />
      )}
    </Card>
  );
}
