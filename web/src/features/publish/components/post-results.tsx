import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { Notice } from "../../../components/ui/notice.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { postOptions } from "../api/get-post.ts";
import type { RenderReconnect } from "./render-reconnect.ts";
import { TargetList } from "./target-list.tsx";

interface PostResultsProps {
  postId: string;
  accounts: readonly PublishConnection[];
  timeZone: string;
  renderReconnect: RenderReconnect;
}

/** What becomes of a post that was just made, while one watches. */
export function PostResults({ postId, accounts, timeZone, renderReconnect }: PostResultsProps) {
  const { data, error } = useQuery(postOptions(postId));
  if (!data) {
    return error
      ? <Notice tone="warning" title="The post is on its way" isUrgent>{error.message}</Notice>
      : <Skeleton className="h-24 rounded-xl" />;
  }
  return (
    <div className="grid gap-5">
      <TargetList
        postId={postId}
        videoId={data.video_id}
        targets={data.targets}
        accounts={accounts}
        timeZone={timeZone}
        renderReconnect={renderReconnect}
      />
      <p className="text-xs text-ink-faint">
        You can close this. Everything goes on without you, and{" "}
        <Link to="/posts/$postId" params={{ postId }} className="text-link underline">the post's page</Link>
        {" "}
        shows how it stands.
      </p>
    </div>
  );
}
