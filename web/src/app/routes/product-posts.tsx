import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Megaphone } from "lucide-react";
import { ShowMore } from "../../components/show-more.tsx";
import { Section } from "../../components/ui/card.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { connectionsOptions } from "../../features/connections/api/list-connections.ts";
import { profileOptions } from "../../features/profile/api/get-profile.ts";
import { postListOptions } from "../../features/publish/api/list-posts.ts";
import { PostList } from "../../features/publish/components/post-list.tsx";
import { ReconnectButton } from "./reconnect-button.tsx";

/** Where the videos of a product went, and how that stands. */
export function ProductPosts({ productId }: { productId: string }) {
  const list = useInfiniteQuery(postListOptions({ productId }));
  const { data: accounts } = useQuery(connectionsOptions);
  const { data: profile } = useQuery(profileOptions);
  const posts = list.data?.pages.flatMap((page) => page.posts);
  if (!posts || !profile) return null;
  return (
    <Section title="Posts" note={list.data?.pages[0]?.counts.all || undefined}>
      {posts.length === 0
        ? (
          <EmptyState icon={Megaphone} title="Nothing published yet" isCompact>
            Publish a video above, now or at a time. How it went on each platform is shown here.
          </EmptyState>
        )
        : (
          <div className="grid gap-4">
            <PostList
              posts={posts}
              accounts={accounts ?? []}
              timeZone={profile.time_zone}
              renderReconnect={(waiting) => <ReconnectButton {...waiting} />}
              isOfShownProduct
            />
            <ShowMore list={list} />
          </div>
        )}
    </Section>
  );
}
