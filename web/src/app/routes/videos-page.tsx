import { useInfiniteQuery, usePrefetchQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { Clapperboard, Link2 } from "lucide-react";
import { useState } from "react";
import type { Video } from "../../../../supabase/functions/_shared/contracts/videos.ts";
import { ShowMore } from "../../components/show-more.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { PageHeader } from "../../components/ui/page-header.tsx";
import { Segments } from "../../components/ui/segments.tsx";
import { connectionsOptions } from "../../features/connections/api/list-connections.ts";
import { LibraryButton } from "../../features/onedrive/components/library-button.tsx";
import { UploadGate } from "../../features/onedrive/components/upload-gate.tsx";
import { ProductName } from "../../features/products/components/product-name.tsx";
import { ProductPickerDialog } from "../../features/products/components/product-picker-dialog.tsx";
import { profileOptions } from "../../features/profile/api/get-profile.ts";
import { UploadZone } from "../../features/uploads/components/upload-zone.tsx";
import { videoListOptions } from "../../features/videos/api/list-videos.ts";
import { VideoGallerySkeleton } from "../../features/videos/components/video-gallery-skeleton.tsx";
import { ChoosableVideos } from "./choosable-videos.tsx";
import { PublishVideo } from "./publish-video.tsx";
import { useLinkVideo } from "./use-link-video.ts";

const route = getRouteApi("/_app/videos");

/** Every video of the user, linked to a product or not. */
export function VideosPage() {
  const { show } = route.useSearch();
  const navigate = useNavigate({ from: "/videos" });
  const list = useInfiniteQuery({ ...videoListOptions({}), throwOnError: (_e, query) => !query.state.data });
  // The publish dialog opens at once.
  usePrefetchQuery(connectionsOptions);
  usePrefetchQuery(profileOptions);
  const { linking, setLinking, link } = useLinkVideo();
  const [publishing, setPublishing] = useState<Video | null>(null);

  const all = list.data?.pages.flatMap((page) => page.videos);
  const unlinked = all?.filter((video) => video.product_id === null);
  const shown = show === "unlinked" ? unlinked : all;

  return (
    <>
      <PageHeader title="Videos" description="Uploaded or chosen from your OneDrive, newest first." />
      <div className="grid gap-5">
        <UploadGate whenFull={<LibraryButton productId={null} />}>
          <UploadZone
            productId={null}
            isTeaching={false}
            otherWay={<LibraryButton productId={null} />}
          />
        </UploadGate>
        <Segments
          label="Which videos"
          value={show ?? "all"}
          onChange={(value) =>
            navigate({ search: value === "unlinked" ? { show: value } : {}, replace: true })}
          options={[
            { value: "all", label: "All" },
            {
              value: "unlinked",
              label: "Without a product",
              note: list.hasNextPage ? undefined : unlinked?.length,
            },
          ]}
        />
        <h2 className="sr-only">Your videos</h2>
        {!shown && <VideoGallerySkeleton amount={6} />}
        {shown?.length === 0 && show !== "unlinked" && (
          <EmptyState icon={Clapperboard} title="No videos yet">
            Drop a file above, or choose what is in your OneDrive already. On a product's page it is linked at
            once.
          </EmptyState>
        )}
        {shown?.length === 0 && show === "unlinked" && (
          <EmptyState icon={Link2} title="Every video has its product">
            A video you upload here belongs to no product until you link it.
          </EmptyState>
        )}
        {shown && shown.length > 0 && (
          <ChoosableVideos
            videos={shown}
            onLink={setLinking}
            onPublish={setPublishing}
            renderPlace={({ product_id }) =>
              product_id && (
                <Link
                  to="/products/$productId"
                  params={{ productId: product_id }}
                  className="line-clamp-1 rounded text-link hover:underline"
                >
                  <ProductName id={product_id} />
                </Link>
              )}
          >
            <ShowMore list={list} />
          </ChoosableVideos>
        )}
        {shown?.length === 0 && <ShowMore list={list} />}
      </div>
      {linking && (
        <ProductPickerDialog
          title="Link to a product"
          description={linking.filename}
          onPick={link}
          onClose={() => setLinking(null)}
        />
      )}
      {publishing && <PublishVideo video={publishing} onClose={() => setPublishing(null)} />}
    </>
  );
}
