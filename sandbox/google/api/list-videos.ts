import { GoogleFailure, missingParameter } from "../google-failure.ts";
import { privacyAt, uploadStatusAt } from "../video/video.ts";
import { OWNER_PARTS, renderVideo } from "../video/video-view.ts";
import type { ApiCall } from "./api-call.ts";
import { answerPage } from "./list-answer.ts";
import { readParts, VIDEO_PARTS } from "./read-parts.ts";

const MOST_IDS = 50;

/** GET videos by id. What the caller may not see is left out, as are ids that do not exist. */
export function listVideos(call: ApiCall): Response {
  const { kit, state, account, query, exchange } = call;
  const parts = readParts(query, VIDEO_PARTS);
  if (!query.has("id")) throw missingParameter("id");
  const ids = query.getAll("id").flatMap((text) => text.split(",")).map((id) => id.trim()).filter(Boolean);
  if (ids.length > MOST_IDS) {
    throw new GoogleFailure(400, "invalidFilters", "The request specifies too many ids.", {
      domain: "youtube.parameter",
      location: "id",
      locationType: "parameter",
    });
  }
  const now = kit.now();
  const found = [...new Set(ids)].flatMap((id) => state.videos.get(id) ?? []).filter((video) =>
    video.account === account.name || privacyAt(video, now).privacyStatus !== "private"
  );
  const isForeign = found.some((video) => video.account !== account.name);
  if (isForeign && parts.some((part) => OWNER_PARTS.includes(part))) {
    throw new GoogleFailure(403, "forbidden", "The owner alone can read these parts of a video.", {
      domain: "youtube.video",
    });
  }
  for (const video of found) {
    const isProcessing = uploadStatusAt(video, now) === "uploaded";
    if (isProcessing && exchange.processingMs !== null) video.processedAt = now + exchange.processingMs;
  }
  const items = found.map((video) => renderVideo(kit, state.accounts.get(video.account)!, video, parts));
  return answerPage("youtube#videoListResponse", query, items, { usual: MOST_IDS, most: MOST_IDS });
}
