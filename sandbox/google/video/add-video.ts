import { hashBlob } from "../../kit/hash-blob.ts";
import type { Kit } from "../../kit/provider.ts";
import { randomText } from "../../kit/random-text.ts";
import type { Account } from "../account.ts";
import type { GoogleState } from "../state.ts";
import { foreseeOutcome, usualProcessingMs } from "./processing.ts";
import type { Video, VideoMetadata } from "./video.ts";

/** Bytes that arrived whole and what they shall be. */
export interface NewVideo {
  metadata: VideoMetadata;
  blob: string;
  /** Bytes. */
  size: number;
  mimeType: string;
  notifySubscribers: boolean;
  /** Null for the usual processing time. */
  processingMs: number | null;
}

/** Makes the video; it is uploaded from now on and processed a little later. */
export async function addVideo(
  kit: Kit,
  state: GoogleState,
  account: Account,
  upload: NewVideo,
): Promise<Video> {
  const { metadata, blob, size, mimeType, notifySubscribers } = upload;
  const sha256 = await hashBlob(kit.blobs.path(blob), size);
  const outcome = await foreseeOutcome(kit, state, { account: account.name, blob, size, sha256 });
  const now = kit.now();
  const video: Video = {
    ...metadata,
    id: randomText(8),
    account: account.name,
    channelId: account.channelId,
    createdAt: now,
    blob,
    size,
    sha256,
    mimeType,
    notifySubscribers,
    processedAt: now + (upload.processingMs ?? usualProcessingMs(kit)),
    outcome,
    wasPublished: metadata.status.privacyStatus !== "private",
    thumbnail: null,
  };
  state.videos.set(video.id, video);
  kit.touch();
  return video;
}
