import type { ApiCall } from "../api/api-call.ts";
import { addVideo } from "../video/add-video.ts";
import { parseJsonObject } from "../video/json-fields.ts";
import { readNewMetadata } from "../video/read-metadata.ts";
import { renderVideo } from "../video/video-view.ts";
import { receiveMultipart } from "./receive-multipart.ts";
import { notifiesSubscribers, readVideoType } from "./upload-headers.ts";

/** Metadata and bytes in one `multipart/related` request; bytes alone lack the title and are refused. */
export async function insertWhole(call: ApiCall, parts: string[]): Promise<Response> {
  const { kit, state, account, query, exchange } = call;
  if (query.get("uploadType") === "media") readNewMetadata(kit, {}, parts);
  const received = await receiveMultipart(call);
  try {
    const mimeType = readVideoType(received.mimeType);
    const metadata = readNewMetadata(kit, parseJsonObject(received.metadata), parts);
    state.ledger.countUpload(account.channelId);
    const video = await addVideo(kit, state, account, {
      metadata,
      mimeType,
      blob: received.blob,
      size: received.size,
      notifySubscribers: notifiesSubscribers(query),
      processingMs: exchange.processingMs,
    });
    return Response.json(renderVideo(kit, account, video, parts));
  } catch (error) {
    await kit.blobs.remove(received.blob);
    throw error;
  }
}
