import { pictureUrl } from "../graph/describe-person.ts";
import { parseFields, selectFields } from "../graph/fields.ts";
import type { NodeOf } from "../graph/find-node.ts";
import type { GraphCall } from "../graph/graph-call.ts";
import type { Kit } from "../../kit/provider.ts";
import { failureAt, isVisibleAt, type PageVideo, type PhaseFailure, videoStatusAt } from "./page-video.ts";

/** GET /{video}: how far it is. Whether people see it says the publishing phase alone. */
export function describePageVideo(call: GraphCall, { page, video }: NodeOf<"Video">): unknown {
  call.params.allow();
  const now = call.kit.now();
  const time = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, "+0000");
  return selectFields(
    "Video",
    {
      id: () => video.id,
      status: () => describeStatus(call.kit, video, now),
      title: () => video.publication?.title ?? undefined,
      description: () => video.publication?.description || undefined,
      permalink_url: () => `/reel/${video.id}/`,
      created_time: () => time(video.createdAt),
      updated_time: () => time(video.publication?.requestedAt ?? video.createdAt),
      published: () => isVisibleAt(video, now),
      picture: () => coverUrlOf(call.kit, video),
      from: () => ({ id: page.id, name: page.name }),
    },
    parseFields(call.params.get("fields")),
    ["updated_time", "id"],
  );
}

/** The page of a Reel: its address stands for https://www.facebook.com/reel/{id}. */
export function reelUrlOf(kit: Kit, { id }: PageVideo): string {
  return `${kit.urls.FACEBOOK_SITE_URL}/reel/${id}`;
}

export function coverUrlOf(kit: Kit, { id, cover }: PageVideo): string {
  return cover === null ? pictureUrl(kit, id) : `${kit.urls.FACEBOOK_SITE_URL}/covers/${id}`;
}

/** Meta spells it one way in its guide and another in its answers: the setting `status_spelling` chooses. */
function describeStatus(kit: Kit, video: PageVideo, now: number): unknown {
  const isGuide = kit.settings.get("meta", "status_spelling", "guide") === "guide";
  const done = isGuide ? "completed" : "complete";
  const bytesName = isGuide ? "bytes_transfered" : "bytes_transferred";
  const failure = failureAt(video, now);
  const isWhole = video.sha256 !== null;
  const error = ({ code, message }: PhaseFailure) =>
    isGuide ? { error: { code, message } } : { errors: [{ code, message }] };
  return {
    video_status: videoStatusAt(video, now),
    uploading_phase: {
      status: failure?.phase === "uploading"
        ? "error"
        : isWhole
        ? done
        : video.received > 0
        ? "in_progress"
        : "not_started",
      [bytesName]: video.received,
      ...(video.total === null ? {} : { source_file_size: video.total }),
      ...(failure?.phase === "uploading" ? error(failure) : {}),
    },
    processing_phase: {
      status: failure?.phase === "processing" ? "error" : processingWord(video, now, done),
      ...(failure?.phase === "processing" ? error(failure) : {}),
    },
    publishing_phase: describePublishing(video, now, done, error),
  };
}

function processingWord({ readyAt }: PageVideo, now: number, done: string): string {
  return readyAt === null ? "not_started" : readyAt <= now ? done : "in_progress";
}

function describePublishing(
  video: PageVideo,
  now: number,
  done: string,
  error: (failure: PhaseFailure) => object,
): unknown {
  const { publication } = video;
  if (publication === null) return { status: "not_started" };
  const { visibleAt, state } = publication;
  if (visibleAt === null) return { status: done, publish_status: "draft" };
  const failure = publication.failure ?? failureAt(video, now);
  if (failure !== null && visibleAt <= now) {
    return { status: "error", publish_status: "error", ...error(failure) };
  }
  const publishTime = { publish_time: Math.floor(visibleAt / 1000) };
  if (isVisibleAt(video, now)) return { status: done, publish_status: "published", ...publishTime };
  return state === "SCHEDULED"
    ? { status: done, publish_status: "scheduled", ...publishTime }
    : { status: "in_progress" };
}
