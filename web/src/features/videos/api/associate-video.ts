import { callFunction } from "../../../lib/call-function.ts";
import { useVideoChange } from "./use-video-change.ts";

/** Links a video to a product, or unlinks it with null. */
export const useAssociateVideo = () =>
  useVideoChange(({ videoId, productId }: { videoId: string; productId: string | null }) =>
    callFunction(`videos/${videoId}/associate`, null, { method: "POST", body: { product_id: productId } })
  );
