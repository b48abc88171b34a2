import { BlobWriter } from "../../kit/blob-writer.ts";
import type { ApiCall } from "../api/api-call.ts";
import { findOwnVideo } from "../api/change-video.ts";
import { etagOf } from "../etag.ts";
import { badRequest, GoogleFailure, missingParameter } from "../google-failure.ts";
import { uploadStatusAt } from "../video/video.ts";
import { describeThumbnails } from "../video/video-view.ts";

const MAX_BYTES = 50 * 1024 * 1024;
const TYPES: readonly string[] = ["image/jpeg", "image/png", "application/octet-stream"];

/** POST /upload/…/thumbnails/set: the raw bytes of a picture, once the video is processed. */
export async function setThumbnail(call: ApiCall): Promise<Response> {
  const { kit, query, request, account } = call;
  const id = query.get("videoId");
  if (id === null) throw missingParameter("videoId");
  const video = findOwnVideo(call, id);
  if (account.isUnverified) {
    throw new GoogleFailure(
      403,
      "forbidden",
      "The authenticated user doesnt have permissions to upload and set custom video thumbnails.",
      { domain: "youtube.thumbnail" },
    );
  }
  if (uploadStatusAt(video, kit.now()) !== "processed") {
    throw badRequest("The video is not processed yet.", "failedPrecondition");
  }
  const type = (request.headers.get("content-type") ?? "application/octet-stream").split(";")[0]!.trim();
  if (!TYPES.includes(type)) {
    throw badRequest(
      `Media type '${type}' is not supported. Valid media types: [${TYPES.join(", ")}]`,
      "badContent",
    );
  }
  const picture = await receivePicture(call);
  if (video.thumbnail !== null) await kit.blobs.remove(video.thumbnail.blob);
  video.thumbnail = picture;
  kit.touch();
  const items = [describeThumbnails(kit, video)];
  return Response.json({
    kind: "youtube#thumbnailSetResponse",
    etag: etagOf([video.id, picture.blob]),
    items,
  });
}

/** Stores the body. Throws 400 when there is none or it is neither JPEG nor PNG. */
async function receivePicture({ kit, exchange }: ApiCall): Promise<{ blob: string; mimeType: string }> {
  const blob = kit.blobs.create();
  try {
    let size = 0;
    const head: number[] = [];
    const writer = await BlobWriter.open(kit.blobs.path(blob), 0, () => {});
    try {
      await exchange.body.pump((chunk) => {
        head.push(...chunk.subarray(0, Math.max(0, 4 - head.length)));
        size += chunk.length;
        if (size <= MAX_BYTES) return writer.write(chunk);
      });
    } finally {
      await writer.close();
    }
    if (size === 0) throw refused("mediaBodyRequired", "The request does not include the image content.");
    const mimeType = pictureType(head);
    if (mimeType === null || size > MAX_BYTES) {
      throw refused("invalidImage", "The provided image content is invalid.");
    }
    return { blob, mimeType };
  } catch (error) {
    await kit.blobs.remove(blob);
    throw error;
  }
}

function pictureType([a, b, c, d]: readonly number[]): string | null {
  if (a === 0xff && b === 0xd8 && c === 0xff) return "image/jpeg";
  return a === 0x89 && b === 0x50 && c === 0x4e && d === 0x47 ? "image/png" : null;
}

function refused(reason: string, message: string): GoogleFailure {
  return new GoogleFailure(400, reason, message, { domain: "youtube.thumbnail" });
}
