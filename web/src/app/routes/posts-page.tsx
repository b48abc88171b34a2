import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { CircleCheck, Megaphone, SearchX } from "lucide-react";
import { ShowMore } from "../../components/show-more.tsx";
import { Button } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { PageHeader } from "../../components/ui/page-header.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { connectionsOptions } from "../../features/connections/api/list-connections.ts";
import { profileOptions } from "../../features/profile/api/get-profile.ts";
import { postListOptions } from "../../features/publish/api/list-posts.ts";
import { PostFilters } from "../../features/publish/components/post-filters.tsx";
import { PostList } from "../../features/publish/components/post-list.tsx";
import { RecentBulks } from "./recent-bulks.tsx";
import { ReconnectButton } from "./reconnect-button.tsx";

const route = getRouteApi("/_app/posts");

/** Every post of the user over all products, what needs them first. */
export function PostsPage() {
  const { q, view = "all" } = route.useSearch();
  const navigate = useNavigate({ from: "/posts" });
  const list = useInfiniteQuery({
    ...postListOptions({ view, search: q }),
    throwOnError: (_e, query) => !query.state.data,
  });
  const { data: accounts } = useQuery(connectionsOptions);
  const { data: profile } = useQuery(profileOptions);
  const posts = list.data?.pages.flatMap((page) => page.posts);
  const counts = list.data?.pages[0]?.counts;
  const isNew = counts?.all === 0 && !q;
  return (
    <>
      <PageHeader title="Posts" description="Everything that went out, goes out, or waits for you." />
      {!isNew && (
        <PostFilters
          view={view}
          search={q ?? ""}
          counts={counts}
          onChange={(change) =>
            navigate({
              search: (previous) => ({
                ...previous,
                ...(change.view && { view: change.view === "all" ? undefined : change.view }),
                ...("search" in change && { q: change.search || undefined }),
              }),
              replace: true,
            })}
        />
      )}
      <RecentBulks />
      <h2 className="sr-only">List of posts</h2>
      {(!posts || !profile) && <Skeleton className="h-64 rounded-xl" />}
      {isNew && (
        <EmptyState
          icon={Megaphone}
          title="Your posts live here"
          action={
            <Button asChild look="primary">
              <Link to="/videos">Choose a video</Link>
            </Button>
          }
        >
          Choose Publish at any video, now or at a time. How it goes on every platform is shown here.
        </EmptyState>
      )}
      {!isNew && posts?.length === 0 && <NothingHere isSearch={!!q} view={view} />}
      {posts && profile && posts.length > 0 && (
        <div className="grid gap-4" aria-busy={list.isPlaceholderData}>
          <PostList
            posts={posts}
            accounts={accounts ?? []}
            timeZone={profile.time_zone}
            renderReconnect={(waiting) => <ReconnectButton {...waiting} />}
          />
          <ShowMore list={list} />
        </div>
      )}
    </>
  );
}

function NothingHere({ isSearch, view }: { isSearch: boolean; view: string }) {
  if (view === "attention" && !isSearch) {
    return (
      <EmptyState icon={CircleCheck} title="No post needs you">
        Posts that stop, or whose outcome only you can see, are shown here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title="No post here"
      action={
        <Button asChild>
          <Link to="/posts">Show all posts</Link>
        </Button>
      }
    >
      Search looks at texts, hashtags, names of videos, products and ASINs.
    </EmptyState>
  );
}
