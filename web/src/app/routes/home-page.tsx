import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PageHeader } from "../../components/ui/page-header.tsx";
import { Card, Section } from "../../components/ui/card.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { VideoPoster } from "../../components/video-poster.tsx";
import { onedriveStatusOptions } from "../../features/onedrive/api/get-status.ts";
import { overviewOptions } from "../../features/overview/api/get-overview.ts";
import { profileOptions } from "../../features/profile/api/get-profile.ts";
import { postListOptions } from "../../features/publish/api/list-posts.ts";
import { taskCountsOptions } from "../../features/tasks/api/task-counts.ts";
import { formatWhen } from "../../lib/format-date.ts";
import { HomeAttention } from "./home-attention.tsx";
import { HomeFirstSteps } from "./home-first-steps.tsx";

/** The start of a working day: what waits, and the latest videos. */
export function HomePage() {
  const { data: profile } = useQuery(profileOptions);
  const { data: overview } = useQuery({ ...overviewOptions, throwOnError: (_e, query) => !query.state.data });
  const { data: onedrive, isPending } = useQuery(onedriveStatusOptions);
  const { data: counts } = useQuery(taskCountsOptions);
  const { data: posts } = useInfiniteQuery(postListOptions({ view: "attention" }));
  const firstName = profile?.display_name?.split(" ")[0];
  const title = firstName ? `Hello, ${firstName}` : "Hello";

  if (!overview || isPending) {
    return (
      <>
        <PageHeader title={title} description="A moment, we are looking around." />
        <Skeleton className="h-64 rounded-xl" />
      </>
    );
  }
  const isConnected = onedrive?.connection !== null && onedrive?.connection?.status !== "disconnected";
  const isStarting = !overview.hasProducts || overview.latestVideos.length === 0;
  if (isStarting) {
    return (
      <>
        <PageHeader
          title={title}
          description="Four steps from a video on your disk to your first Amazon task."
        />
        <HomeFirstSteps isConnected={isConnected} overview={overview} pendingTasks={counts?.pending ?? 0} />
      </>
    );
  }
  return (
    <>
      <PageHeader title={title} description="What waits for you today." />
      <div className="grid gap-9">
        <HomeAttention
          onedrive={onedrive}
          overview={overview}
          pendingTasks={counts?.pending ?? 0}
          stoppedPosts={posts?.pages[0]?.counts.attention ?? 0}
        />
        <Section
          title="Latest videos"
          actions={<Link to="/videos" className="font-[550] text-link hover:underline">All videos</Link>}
        >
          <ul className="grid grid-cols-2 gap-4 lg:grid-cols-4">
            {overview.latestVideos.map((video) => (
              <li key={video.id}>
                <Link
                  to={video.product_id ? "/products/$productId" : "/videos"}
                  params={{ productId: video.product_id ?? "" }}
                  className="block rounded-xl"
                >
                  <Card className="overflow-hidden transition-shadow hover:ring-line-strong">
                    <VideoPoster
                      path={video.poster_path}
                      videoId={video.id}
                      durationMs={video.duration_ms}
                      className="w-full"
                    />
                    <p className="truncate px-3 pt-2 font-[550]">{video.filename}</p>
                    <p className="px-3 pb-2.5 text-xs text-ink-faint">{formatWhen(video.created_at)}</p>
                  </Card>
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      </div>
    </>
  );
}
