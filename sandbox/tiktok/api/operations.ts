import type { CallKind } from "../call-meter.ts";
import { listVideos } from "../display/list-videos.ts";
import { queryVideos } from "../display/query-videos.ts";
import { readUser } from "../display/read-user.ts";
import { cancelPost } from "../post/cancel-post.ts";
import { describeCreator } from "../post/describe-creator.ts";
import { fetchStatus } from "../post/fetch-status.ts";
import { initDraft, initVideo } from "../post/init-video.ts";
import { TiktokFailure } from "../tiktok-failure.ts";
import type { ApiCall } from "./api-call.ts";

/** One method of the API: who may call it, how often a minute, and what it does. */
export interface Operation {
  method: string;
  path: string;
  /** One of them is enough. */
  scopes: readonly string[];
  limit: CallKind | null;
  run(call: ApiCall): Response | Promise<Response>;
}

const PUBLISH = "/v2/post/publish";

const OPERATIONS: readonly Operation[] = [
  {
    method: "POST",
    path: `${PUBLISH}/creator_info/query/`,
    scopes: ["video.publish"],
    limit: "creator_calls_per_minute",
    run: describeCreator,
  },
  {
    method: "POST",
    path: `${PUBLISH}/video/init/`,
    scopes: ["video.publish"],
    limit: "inits_per_minute",
    run: initVideo,
  },
  {
    method: "POST",
    path: `${PUBLISH}/inbox/video/init/`,
    scopes: ["video.upload"],
    limit: "inits_per_minute",
    run: initDraft,
  },
  {
    method: "POST",
    path: `${PUBLISH}/status/fetch/`,
    scopes: ["video.publish", "video.upload"],
    limit: "status_calls_per_minute",
    run: fetchStatus,
  },
  {
    method: "POST",
    path: `${PUBLISH}/cancel/`,
    scopes: ["video.publish", "video.upload"],
    limit: null,
    run: cancelPost,
  },
  {
    method: "POST",
    path: "/v2/video/query/",
    scopes: ["video.list"],
    limit: "display_calls_per_minute",
    run: queryVideos,
  },
  {
    method: "POST",
    path: "/v2/video/list/",
    scopes: ["video.list"],
    limit: "display_calls_per_minute",
    run: listVideos,
  },
  {
    method: "GET",
    path: "/v2/user/info/",
    scopes: ["user.info.basic"],
    limit: "display_calls_per_minute",
    run: readUser,
  },
];

/** Finds the method. Throws 404 for an unknown path and 405 for a wrong verb; paths end with a slash. */
export function findOperation(method: string, path: string): Operation {
  const candidates = OPERATIONS.filter((operation) => operation.path === path);
  const found = candidates.find((operation) => operation.method === method);
  if (found !== undefined) return found;
  throw candidates.length === 0
    ? new TiktokFailure(404, "unsupported_path", "Unsupported path.")
    : new TiktokFailure(405, "method_not_allowed", "The HTTP method is not allowed.");
}
