import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronLeft, FileQuestion } from "lucide-react";
import { Button } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { PageHeader } from "../../components/ui/page-header.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { connectionsOptions } from "../../features/connections/api/list-connections.ts";
import { profileOptions } from "../../features/profile/api/get-profile.ts";
import { postOptions } from "../../features/publish/api/get-post.ts";
import { PostList } from "../../features/publish/components/post-list.tsx";
import { ApiFailure } from "../../lib/api-failure.ts";
import { ReconnectButton } from "./reconnect-button.tsx";

const route = getRouteApi("/_app/posts/$postId");

const isMissing = (error: unknown) => error instanceof ApiFailure && [400, 404].includes(error.status);

/** One post: where notices lead. */
export function PostPage() {
  const { postId } = route.useParams();
  const { data: post, error } = useQuery({
    ...postOptions(postId),
    throwOnError: (failure, query) => !query.state.data && !isMissing(failure),
  });
  const { data: accounts } = useQuery(connectionsOptions);
  const { data: profile } = useQuery(profileOptions);
  return (
    <>
      <Link
        to="/posts"
        className="-ml-1 mb-4 inline-flex items-center gap-1 rounded pr-1 text-ink-soft max-sm:-mt-3 max-sm:mb-1 max-sm:min-h-11 hover:text-ink"
      >
        <ChevronLeft aria-hidden className="size-4" /> Posts
      </Link>
      {isMissing(error) && (
        <EmptyState
          icon={FileQuestion}
          title="This post is not here"
          action={
            <Button asChild>
              <Link to="/posts">All posts</Link>
            </Button>
          }
        >
          It was deleted, or it is another account's.
        </EmptyState>
      )}
      {!error && (!post || !profile) && <Skeleton className="h-64 rounded-xl" />}
      {post && profile && (
        <>
          <PageHeader title={post.filename ?? "A post"} description={post.product_title} />
          <h2 className="sr-only">How it stands</h2>
          <PostList
            posts={[post]}
            accounts={accounts ?? []}
            timeZone={profile.time_zone}
            renderReconnect={(waiting) => <ReconnectButton {...waiting} />}
          />
        </>
      )}
    </>
  );
}
