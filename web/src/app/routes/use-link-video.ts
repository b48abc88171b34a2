import { useState } from "react";
import { toast } from "sonner";
import type { Video } from "../../../../supabase/functions/_shared/contracts/videos.ts";
import { useAssociateVideo } from "../../features/videos/api/associate-video.ts";

/** The video somebody chooses a product for, or null, and `link`, which gives it that product. */
export function useLinkVideo() {
  const associate = useAssociateVideo();
  const [linking, setLinking] = useState<Video | null>(null);
  const link = (product: { id: string; title: string }) =>
    linking && associate.mutate({ videoId: linking.id, productId: product.id }, {
      onSuccess: () => {
        toast.success(`${linking.filename} linked to ${product.title}`);
        setLinking(null);
      },
    });
  return { linking, setLinking, link };
}
