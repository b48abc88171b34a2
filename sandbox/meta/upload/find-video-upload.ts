import type { Kit } from "../../kit/provider.ts";
import { callerOf } from "../graph/authenticate.ts";
import { completePageVideo } from "../page-reels/complete-page-video.ts";
import { videoStatusAt } from "../page-reels/page-video.ts";
import type { VideoPuller } from "../reels/video-puller.ts";
import type { MetaState } from "../state.ts";
import { notAuthorized, processingFailed } from "./upload-failure.ts";
import type { UploadTarget } from "./upload-target.ts";

/** Largest Reel, bytes. */
const MAX_BYTES = 1024 * 1024 * 1024;

/** The video of an upload address. Throws for other tokens than the Page's and for videos of other Pages. */
export function findVideoUpload(
  kit: Kit,
  state: MetaState,
  puller: VideoPuller,
  token: string,
  id: string,
): UploadTarget {
  const caller = callerOf(kit, state, "facebook", token);
  if (caller.token.kind !== "page" || !caller.scopes.includes("pages_manage_posts")) {
    throw notAuthorized("Permission denied");
  }
  const video = state.pageVideos.videos.get(id);
  if (video === undefined || video.pageId !== caller.token.pageId) {
    throw processingFailed("The upload session does not exist");
  }
  const isEnded = ["expired", "upload_failed", "error"].includes(videoStatusAt(video, kit.now()));
  if (isEnded || video.url !== null) throw processingFailed("The upload session has ended");
  return {
    id,
    blob: video.blob,
    maxBytes: MAX_BYTES,
    get isOpen() {
      return video.sha256 === null;
    },
    get received() {
      return video.received;
    },
    set received(bytes) {
      video.received = bytes;
    },
    get total() {
      return video.total;
    },
    set total(bytes) {
      video.total = bytes;
    },
    get processingMs() {
      return video.processingMs;
    },
    set processingMs(ms) {
      video.processingMs = ms;
    },
    finish: () => completePageVideo(kit, state, video),
    pull(url) {
      video.url = url;
      puller.startVideo(video, url);
    },
  };
}
