import { GoogleFailure, missingParameter } from "../google-failure.ts";
import { privacyAt, type Video } from "../video/video.ts";
import { describeThumbnails } from "../video/video-view.ts";
import type { ApiCall } from "./api-call.ts";
import { etagOf } from "../etag.ts";
import { answerPage } from "./list-answer.ts";
import { PLAYLIST_ITEM_PARTS, readParts } from "./read-parts.ts";

/** GET playlistItems of a channel's uploads, the newest first. There are no other playlists. */
export function listPlaylistItems(call: ApiCall): Response {
  const { kit, state, account, query } = call;
  const parts = readParts(query, PLAYLIST_ITEM_PARTS);
  const playlistId = query.get("playlistId");
  if (playlistId === null) throw missingParameter("playlistId");
  const owner = [...state.accounts.values()].find((entry) =>
    entry.hasChannel && entry.uploadsPlaylistId === playlistId
  );
  if (owner === undefined) {
    throw new GoogleFailure(
      404,
      "playlistNotFound",
      "The playlist identified with the request's playlistId parameter cannot be found.",
      { domain: "youtube.playlistItem", location: "playlistId", locationType: "parameter" },
    );
  }
  const isVisible = (video: Video) =>
    owner === account || privacyAt(video, kit.now()).privacyStatus === "public";
  const videos = state.videosOf(owner.name).filter(isVisible);
  const items = videos.map((video, position) => renderItem(call, video, owner.displayName, position, parts));
  return answerPage("youtube#playlistItemListResponse", query, items, { usual: 5, most: 50 });
}

function renderItem(
  { kit, query }: ApiCall,
  video: Video,
  channelTitle: string,
  position: number,
  parts: readonly string[],
) {
  const publishedAt = new Date(video.createdAt).toISOString();
  const { title, description } = video.snippet;
  const views: Record<string, unknown> = {
    snippet: {
      publishedAt,
      channelId: video.channelId,
      title,
      description,
      thumbnails: describeThumbnails(kit, video),
      channelTitle,
      playlistId: query.get("playlistId"),
      position,
      resourceId: { kind: "youtube#video", videoId: video.id },
    },
    contentDetails: { videoId: video.id, videoPublishedAt: publishedAt },
    status: { privacyStatus: privacyAt(video, kit.now()).privacyStatus },
  };
  const body: Record<string, unknown> = { kind: "youtube#playlistItem", id: `UU.${video.id}` };
  for (const part of parts) if (views[part] !== undefined) body[part] = views[part];
  return { kind: body.kind, etag: etagOf(body), ...body };
}
