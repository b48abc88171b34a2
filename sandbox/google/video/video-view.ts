import type { Kit } from "../../kit/provider.ts";
import type { Account } from "../account.ts";
import { etagOf } from "../etag.ts";
import { privacyAt, uploadStatusAt, type Video } from "./video.ts";

const THUMBNAIL_SIZES = { default: [120, 90], medium: [320, 180], high: [480, 360] } as const;

/** Renders the asked parts of a video as its owner sees them. */
export function renderVideo(kit: Kit, owner: Account, video: Video, parts: readonly string[]) {
  const body: Record<string, unknown> = { kind: "youtube#video", id: video.id };
  for (const part of parts) {
    const value = PARTS[part]?.(kit, owner, video);
    if (value !== undefined) body[part] = value;
  }
  return { kind: body.kind, etag: etagOf(body), ...body };
}

/** Parts only the owner may ask for. */
export const OWNER_PARTS: readonly string[] = ["processingDetails", "fileDetails", "suggestions"];

/** The sizes of a video's picture with their addresses. */
export function describeThumbnails(kit: Kit, video: Video) {
  const url = `${kit.urls.SANDBOX_URL}/google/vi/${video.id}`;
  return Object.fromEntries(
    Object.entries(THUMBNAIL_SIZES).map(([name, [width, height]]) => [
      name,
      { url: `${url}/${name}.jpg`, width, height },
    ]),
  );
}

type PartView = (kit: Kit, owner: Account, video: Video) => unknown;

const PARTS: Record<string, PartView> = {
  snippet: (kit, owner, video) => ({
    publishedAt: new Date(video.createdAt).toISOString(),
    channelId: video.channelId,
    title: video.snippet.title,
    description: video.snippet.description,
    thumbnails: describeThumbnails(kit, video),
    channelTitle: owner.displayName,
    ...(video.snippet.tags.length === 0 ? {} : { tags: video.snippet.tags }),
    categoryId: video.snippet.categoryId,
    liveBroadcastContent: "none",
    ...optional("defaultLanguage", video.snippet.defaultLanguage),
    localized: { title: video.snippet.title, description: video.snippet.description },
  }),
  status: (kit, _owner, video) => renderStatus(video, kit.now()),
  processingDetails: (kit, _owner, video) => renderProcessing(video, kit.now()),
  statistics: (_kit, _owner, video) =>
    video.status.publicStatsViewable
      ? { viewCount: "0", likeCount: "0", dislikeCount: "0", favoriteCount: "0", commentCount: "0" }
      : {},
  contentDetails: () => ({ dimension: "2d", definition: "hd", caption: "false", licensedContent: false }),
  localizations: (_kit, _owner, video) => video.localizations ?? undefined,
  player: (_kit, _owner, video) => ({
    embedHtml: `<iframe src="//www.youtube.com/embed/${video.id}" allowfullscreen></iframe>`,
  }),
};

function renderStatus(video: Video, now: number) {
  const { privacyStatus, publishAt } = privacyAt(video, now);
  const { selfDeclaredMadeForKids, containsSyntheticMedia } = video.status;
  const uploadStatus = uploadStatusAt(video, now);
  const { outcome } = video;
  return {
    uploadStatus,
    ...(uploadStatus === "failed" && outcome.uploadStatus === "failed"
      ? { failureReason: outcome.reason }
      : {}),
    ...(uploadStatus === "rejected" && outcome.uploadStatus === "rejected"
      ? { rejectionReason: outcome.reason }
      : {}),
    privacyStatus,
    ...optional("publishAt", publishAt === null ? null : new Date(publishAt).toISOString()),
    license: video.status.license,
    embeddable: video.status.embeddable,
    publicStatsViewable: video.status.publicStatsViewable,
    madeForKids: selfDeclaredMadeForKids ?? false,
    ...optional("selfDeclaredMadeForKids", selfDeclaredMadeForKids),
    ...optional("containsSyntheticMedia", containsSyntheticMedia),
  };
}

/** Counts are strings, as everywhere in this API where a number has 64 bits. */
function renderProcessing(video: Video, now: number) {
  const uploadStatus = uploadStatusAt(video, now);
  const availability = uploadStatus === "processed" ? "available" : "inProgress";
  const rest = {
    fileDetailsAvailability: availability,
    processingIssuesAvailability: availability,
    tagSuggestionsAvailability: "inProgress",
    editorSuggestionsAvailability: availability,
    thumbnailsAvailability: availability,
  };
  if (uploadStatus === "uploaded") {
    const length = Math.max(1, video.processedAt - video.createdAt);
    const partsProcessed = Math.max(0, Math.floor(100 * (now - video.createdAt) / length));
    const timeLeftMs = String(video.processedAt - now);
    const processingProgress = { partsTotal: "100", partsProcessed: String(partsProcessed), timeLeftMs };
    return { processingStatus: "processing", processingProgress, ...rest };
  }
  if (uploadStatus === "processed") return { processingStatus: "succeeded", ...rest };
  if (uploadStatus === "rejected") return { processingStatus: "terminated", ...rest };
  return { processingStatus: "failed", processingFailureReason: "transcodeFailed", ...rest };
}

function optional(name: string, value: unknown): Record<string, unknown> {
  return value === null ? {} : { [name]: value };
}
