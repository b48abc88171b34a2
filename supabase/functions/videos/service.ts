import {
  type Playback,
  queueVideoResponseSchema,
  type ThumbnailList,
  type UpdateVideoRequest,
  type Video,
  type VideoList,
} from "../_shared/contracts/videos.ts";
import { AppError } from "../_shared/core/app-error.ts";
import type { Clock } from "../_shared/core/clock.ts";
import { ProviderApiError, ProviderAuthError } from "../_shared/core/provider-errors.ts";
import type { OnedriveItems } from "../_shared/db/onedrive-items.ts";
import type { Posters } from "../_shared/db/posters.ts";
import type { ProductVideos, VideoPatch, VideoRow } from "../_shared/db/product-videos.ts";
import type { Products } from "../_shared/db/products.ts";
import type { MicrosoftAccess } from "../_shared/providers/microsoft/access.ts";
import type { GraphClient } from "../_shared/providers/microsoft/client.ts";
import type { LibraryClient } from "../_shared/providers/microsoft/library-client.ts";
import type { GetThumbnails } from "../_shared/providers/microsoft/thumbnails.ts";
import { describeUnreachable, isInDrive, lacksPoster, posterPlace, toPage, toVideo } from "./rules.ts";

const DEFAULT_LIMIT = 50;
/** Microsoft promises between a few minutes and an hour; running transfers go on after it. */
const DOWNLOAD_URL_LIVES_MS = 30 * 60_000;

export interface VideosDeps {
  clock: Clock;
  videos: ProductVideos;
  products: Products;
  posters: Posters;
  access: MicrosoftAccess;
  graph: Pick<GraphClient, "deleteItem">;
  library: Pick<LibraryClient, "getPlayable">;
  getThumbnails: GetThumbnails;
  items: Pick<OnedriveItems, "apply">;
}

export interface Caller {
  id: string;
  token: string;
}

interface ListRequest {
  product_id?: string;
  cursor?: string;
  limit?: number;
}

/** A page of the caller's videos, newest first. */
export async function listVideos(deps: VideosDeps, caller: Caller, request: ListRequest): Promise<VideoList> {
  const limit = request.limit ?? DEFAULT_LIMIT;
  const rows = await deps.videos.listOwn(caller.token, {
    productId: request.product_id,
    beforeId: request.cursor,
    limit: limit + 1,
  });
  const { page, nextCursor } = toPage(rows, limit);
  return { videos: page.map(toVideo), next_cursor: nextCursor };
}

/** One video of the caller. */
export async function getVideo(deps: VideosDeps, caller: Caller, videoId: string): Promise<Video> {
  return toVideo(await findOwnVideo(deps, caller, videoId));
}

/** Renames a video here (not in OneDrive) or makes it the one its correlated tasks inherit. */
export async function updateVideo(
  deps: VideosDeps,
  caller: Caller,
  videoId: string,
  request: UpdateVideoRequest,
): Promise<Video> {
  return await patchVideo(deps, caller, videoId, request);
}

/** Links a video to a product, or unlinks it with null. */
export async function associateVideo(
  deps: VideosDeps,
  caller: Caller,
  videoId: string,
  productId: string | null,
): Promise<Video> {
  if (productId && !(await deps.products.existsOwn(caller.token, productId))) {
    throw new AppError("product_not_found");
  }
  return await patchVideo(deps, caller, videoId, { product_id: productId });
}

/**
 * A short-lived address of the bytes, fresh from OneDrive. The file is looked up by its id, so it plays wherever it was
 * moved to; what OneDrive says about it meanwhile (gone, back again, renamed, replaced) is taken over.
 */
export async function getPlayback(deps: VideosDeps, caller: Caller, videoId: string): Promise<Playback> {
  const video = await findOwnVideo(deps, caller, videoId);
  const itemId = video.onedrive_item_id;
  if (!itemId) throw new AppError("video_unreachable");
  const url = await deps.access.withAccess(caller.id, async ({ token, driveId }) => {
    if (!isInDrive(video, driveId)) throw describeUnreachable("other_account");
    const file = await deps.library.getPlayable(token, itemId);
    await deps.items.apply(caller.id, driveId, [{ itemId, file }]);
    return file?.downloadUrl ?? null;
  });
  if (!url) throw describeUnreachable("missing");
  const expiresAt = new Date(deps.clock().getTime() + DOWNLOAD_URL_LIVES_MS);
  return { url, expires_at: expiresAt.toISOString() };
}

/**
 * OneDrive's own pictures of videos that have no poster of ours, or whose bytes were replaced since. Without a usable
 * account, or while OneDrive is busy, there are none: a gallery never fails for its pictures.
 */
export async function listThumbnails(
  deps: VideosDeps,
  caller: Caller,
  videoIds: readonly string[],
): Promise<ThumbnailList> {
  const videos = (await deps.videos.findOwnMany(caller.token, videoIds)).filter(lacksPoster);
  if (videos.length === 0) return { thumbnails: [] };
  try {
    const urls = await deps.access.withAccess(caller.id, async ({ token, driveId }) => {
      const here = videos.filter((video) => isInDrive(video, driveId));
      return await deps.getThumbnails(
        token,
        here.map((video) => video.onedrive_item_id!),
      );
    });
    return {
      thumbnails: videos.flatMap((video) => {
        const url = urls.get(video.onedrive_item_id!);
        return url ? [{ video_id: video.id, url }] : [];
      }),
    };
  } catch (error) {
    if (error instanceof ProviderAuthError || error instanceof ProviderApiError) return { thumbnails: [] };
    throw error;
  }
}

/** Records the poster frame the browser has put into the bucket. */
export async function setPoster(deps: VideosDeps, caller: Caller, videoId: string): Promise<Video> {
  const video = await findOwnVideo(deps, caller, videoId);
  const { folder, name, path } = posterPlace(caller.id, video.id);
  if (!(await deps.posters.exists(caller.token, folder, name))) throw new AppError("poster_missing");
  return toVideo(await deps.videos.setPoster(caller.id, video.id, path));
}

/** Creates or reopens the Amazon tasks of a video. */
export async function queueVideo(deps: VideosDeps, caller: Caller, videoId: string) {
  return queueVideoResponseSchema.parse(await deps.videos.queueOwn(caller.token, videoId));
}

/**
 * Removes a video. Unless told otherwise, a file we uploaded goes with it (to OneDrive's recycle bin) and one that was
 * there before us stays. A file that is gone or lies in another account is no obstacle. The row is claimed first, so
 * that no post takes the video meanwhile, and goes last, so that a call that fails half-way can be repeated. AppError
 * video_in_use, whose details name the posts, before anything is touched.
 */
export async function removeVideo(
  deps: VideosDeps,
  caller: Caller,
  videoId: string,
  keepFile: boolean | undefined,
): Promise<void> {
  const video = await findOwnVideo(deps, caller, videoId);
  await deps.videos.beginRemoval(caller.id, video.id);
  if (!(keepFile ?? video.source === "onedrive")) await removeFile(deps, caller, video);
  if (video.poster_path) await deps.posters.remove(caller.token, video.poster_path);
  await deps.videos.remove(caller.id, video.id);
}

async function removeFile(deps: VideosDeps, caller: Caller, video: VideoRow): Promise<void> {
  const itemId = video.onedrive_item_id;
  const isInReach = !video.unreachable_at || video.unreachable_reason === "disconnected";
  if (!itemId || !isInReach) return;
  try {
    await deps.access.withAccess(caller.id, async ({ token, driveId }) => {
      if (isInDrive(video, driveId)) await deps.graph.deleteItem(token, itemId);
    });
  } catch (error) {
    await deps.videos.giveUpRemoval(caller.id, video.id);
    throw error;
  }
}

async function findOwnVideo(deps: VideosDeps, caller: Caller, videoId: string): Promise<VideoRow> {
  const video = await deps.videos.findOwn(caller.token, videoId);
  if (!video) throw new AppError("video_not_found");
  return video;
}

async function patchVideo(
  deps: VideosDeps,
  caller: Caller,
  videoId: string,
  patch: VideoPatch,
): Promise<Video> {
  const video = await deps.videos.updateOwn(caller.token, videoId, patch);
  if (!video) throw new AppError("video_not_found");
  return toVideo(video);
}
