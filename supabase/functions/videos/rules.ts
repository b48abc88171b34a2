import { type Video, videoSchema } from "../_shared/contracts/videos.ts";
import { AppError } from "../_shared/core/app-error.ts";
import type { VideoRow } from "../_shared/db/product-videos.ts";

export interface PosterPlace {
  folder: string;
  name: string;
  path: string;
}

/** Where the browser puts the poster frame of a video. */
export function posterPlace(userId: string, videoId: string): PosterPlace {
  const name = `${videoId}.jpg`;
  return { folder: userId, name, path: `${userId}/${name}` };
}

/** True when the file of a video lies in this drive. Drive ids vary in letter case between endpoints. */
export function isInDrive(video: VideoRow, driveId: string): boolean {
  return video.onedrive_drive_id?.toLowerCase() === driveId.toLowerCase();
}

/** True when OneDrive's picture is better than ours: there is none of ours, or it shows bytes that were replaced. */
export function lacksPoster(video: VideoRow): boolean {
  const isReachable = video.onedrive_item_id !== null &&
    video.unreachable_at === null;
  return isReachable &&
    (video.poster_path === null || video.content_changed_at !== null);
}

const SENTENCES = {
  missing:
    "The file of this video was deleted or moved out of your OneDrive. Restore it there, or delete the video.",
  other_account: "This video is in another OneDrive account. Connect that account again to use it.",
};

/** Why a video cannot be played, with what its owner can do. */
export function describeUnreachable(reason: keyof typeof SENTENCES): AppError {
  return new AppError("video_unreachable", {
    message: SENTENCES[reason],
    details: { reason },
  });
}

/** Splits one row too many off a page: it only says that there is more. */
export function toPage<Row extends { id: string }>(rows: Row[], limit: number) {
  const page = rows.slice(0, limit);
  return { page, nextCursor: rows.length > limit ? page.at(-1)!.id : null };
}

const VIDEO_FIELDS = Object.keys(videoSchema.shape) as (keyof Video)[];

/** What routes show of a row. The database's own types are trusted: checking 50 rows takes longer than reading them. */
export function toVideo(row: VideoRow): Video {
  return Object.fromEntries(VIDEO_FIELDS.map((field) => [field, row[field]])) as Video;
}
