import type { NodeOf } from "../graph/find-node.ts";
import { parseFields, selectFields } from "../graph/fields.ts";
import type { GraphCall } from "../graph/graph-call.ts";
import { pageOf } from "../graph/paging.ts";
import { badParameter } from "../meta-failure.ts";
import { newId } from "../object-id.ts";
import { finishReel } from "./finish-reel.ts";
import { isVisibleAt, type PageVideo } from "./page-video.ts";
import { requirePageToken } from "./require-page-token.ts";

const LIFETIME_S = 24 * 3600;

/** POST /{page}/video_reels: opens an upload session, or publishes what was uploaded. */
export function postVideoReels(call: GraphCall, node: NodeOf<"Page">): unknown {
  requirePageToken(call, node.page);
  const phase = call.params.require("upload_phase").toLowerCase();
  if (phase === "start") return startReel(call, node);
  if (phase === "finish") return finishReel(call, node);
  throw badParameter("Param upload_phase must be one of {START, FINISH}");
}

function startReel({ kit, state, params, version, exchange }: GraphCall, { person, page }: NodeOf<"Page">) {
  params.allow("upload_phase");
  const now = kit.now();
  const lifetimeS = kit.settings.get("meta", "container_lifetime_s") ?? LIFETIME_S;
  const video: PageVideo = {
    id: newId("13"),
    pageId: page.id,
    person: person.name,
    createdAt: now,
    expiresAt: now + lifetimeS * 1000,
    total: null,
    url: null,
    blob: kit.blobs.create(),
    received: 0,
    sha256: null,
    readyAt: null,
    processingMs: exchange.processingMs,
    failure: null,
    publication: null,
    cover: null,
  };
  state.pageVideos.add(video);
  kit.touch();
  return {
    video_id: video.id,
    upload_url: `${kit.urls.META_UPLOAD_URL}/video-upload/${version}/${video.id}`,
  };
}

/** GET /{page}/video_reels: what people see, the newest first. */
export function listVideoReels(call: GraphCall, { page }: NodeOf<"Page">): unknown {
  const { kit, state, params } = call;
  params.allow("limit", "after", "before", "since", "until");
  const asked = parseFields(params.get("fields"));
  const shown = state.pageVideos.videosOf(page.id).filter((video) => isVisibleAt(video, kit.now()));
  const { items, paging } = pageOf(shown.toReversed(), call, 25);
  const data = items.map((video) =>
    selectFields(
      "Video",
      {
        id: () => video.id,
        description: () => video.publication?.description || undefined,
        updated_time: () => new Date(video.publication!.visibleAt!).toISOString().replace(/\.\d+Z$/, "+0000"),
      },
      asked,
      ["id", "description", "updated_time"],
    )
  );
  return { data, ...(paging === undefined ? {} : { paging }) };
}
