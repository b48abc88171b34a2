import { ProviderApiError } from "../../_shared/core/provider-errors.ts";
import { SourceGone } from "../../_shared/core/publish-errors.ts";
import type { PublishTarget } from "../../_shared/db/publish-targets.ts";
import type { VideoSource } from "../platforms/platform-adapter.ts";
import type { PublishDeps } from "./deps.ts";

/** Answers that mean the address is over, not the file. */
const STALE_STATUSES = [401, 403, 404, 410];

/** A video's file with what tells it from another one. */
export interface DriveSource extends VideoSource {
  /** `key` changes with the content; `address` opens the bytes for about an hour, to whoever has it. */
  locate(): Promise<{ key: string; address: string }>;
}

/**
 * The video's file in its user's OneDrive, read in ranges. The short-lived address of its bytes is asked for when it
 * is first needed and again when it is over. A file of another size is another file: never mixed into one video.
 */
export function openVideoSource(
  deps: Pick<PublishDeps, "drive" | "library" | "readRange" | "openRange">,
  userId: string,
  video: Omit<NonNullable<PublishTarget["video"]>, "id"> | null,
): DriveSource {
  let address: Promise<string> | null = null;
  let key = "";

  async function findAddress(): Promise<string> {
    return await deps.drive.withAccess(userId, async ({ token, driveId }) => {
      if (!video?.itemId || video.driveId !== driveId) throw new SourceGone();
      const file = await deps.library.getPlayable(token, video.itemId);
      if (!file?.downloadUrl || file.sizeBytes !== video.sizeBytes) {
        throw new SourceGone();
      }
      key = file.quickXor ?? file.cTag ?? `size:${file.sizeBytes}`;
      return file.downloadUrl;
    });
  }

  async function useOnce<Result>(use: (address: string) => Promise<Result>): Promise<Result> {
    address ??= findAddress();
    try {
      return await use(await address);
    } catch (error) {
      address = null;
      throw error;
    }
  }

  async function useAddress<Result>(use: (address: string) => Promise<Result>): Promise<Result> {
    const hadAddress = address !== null;
    try {
      return await useOnce(use);
    } catch (error) {
      const isStale = error instanceof ProviderApiError && STALE_STATUSES.includes(error.status);
      if (!hadAddress || !isStale) throw error;
      return await useOnce(use);
    }
  }

  return {
    locate: () => useOnce((found) => Promise.resolve({ key, address: found })),
    sizeBytes: video?.sizeBytes ?? 0,
    mimeType: video?.mimeType ?? "video/mp4",
    filename: video?.filename ?? "",
    read: (start, end) => useAddress((url) => deps.readRange(url, start, end)),
    open: (start, end) => useAddress((url) => deps.openRange(url, start, end)),
  };
}
