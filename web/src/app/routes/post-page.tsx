import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { PageHeader } from "../../components/ui/page-header.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { connectionsOptions } from "../../features/connections/api/list-connections.ts";
import { profileOptions } from "../../features/profile/api/get-profile.ts";
import { postOptions } from "../../features/publish/api/get-post.ts";
import { PostList } from "../../features/publish/components/post-list.tsx";
import { isMissing } from "../../lib/is-missing.ts";
import { BackToPosts } from "./back-to-posts.tsx";
import { NotHere } from "./not-here.tsx";
import { ReconnectButton } from "./reconnect-button.tsx";

const route = getRouteApi("/_app/posts/$postId");

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
      <BackToPosts />
      {isMissing(error) && <NotHere title="This post is not here" />}
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
