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

/** Splits one row too many off a page: it only says that there is more. */
export function toPage<Row extends { id: string }>(rows: Row[], limit: number) {
  const page = rows.slice(0, limit);
  return { page, nextCursor: rows.length > limit ? page.at(-1)!.id : null };
}
