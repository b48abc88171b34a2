import { useInfiniteQuery } from "@tanstack/react-query";
import type { Video } from "../../../../supabase/functions/_shared/contracts/videos.ts";
import { ShowMore } from "../../components/show-more.tsx";
import { Section } from "../../components/ui/card.tsx";
import { LibraryButton } from "../../features/onedrive/components/library-button.tsx";
import { UploadGate } from "../../features/onedrive/components/upload-gate.tsx";
import { UploadZone } from "../../features/uploads/components/upload-zone.tsx";
import { videoListOptions } from "../../features/videos/api/list-videos.ts";
import { VideoGallerySkeleton } from "../../features/videos/components/video-gallery-skeleton.tsx";
import { ChoosableVideos } from "./choosable-videos.tsx";

interface ProductVideosProps {
  productId: string;
  onLink: (video: Video) => void;
  onPublish: (video: Video) => void;
}

/** The videos of a product, and where more of them are dropped. */
export function ProductVideos({ productId, onLink, onPublish }: ProductVideosProps) {
  const list = useInfiniteQuery({
    ...videoListOptions({ productId }),
    throwOnError: (_e, query) => !query.state.data,
  });
  const videos = list.data?.pages.flatMap((page) => page.videos);
  return (
    <Section title="Videos" note={videos && videos.length > 0 ? videos.length : undefined}>
      <div className="grid gap-4">
        <UploadGate whenFull={<LibraryButton productId={productId} />}>
          <UploadZone
            productId={productId}
            isTeaching={videos?.length === 0}
            otherWay={<LibraryButton productId={productId} />}
          />
        </UploadGate>
        {!videos && <VideoGallerySkeleton />}
        {videos && videos.length > 0 && (
          <ChoosableVideos videos={videos} onLink={onLink} onPublish={onPublish}>
            <ShowMore list={list} />
          </ChoosableVideos>
        )}
      </div>
    </Section>
  );
}
