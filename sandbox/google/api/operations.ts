import { GoogleFailure, notFound } from "../google-failure.ts";
import type { Bucket } from "../quota-ledger.ts";
import { canEditVideos, canReadChannel, canUpload } from "../scopes.ts";
import { insertVideo } from "../upload/insert-video.ts";
import { setThumbnail } from "../upload/set-thumbnail.ts";
import type { ApiCall } from "./api-call.ts";
import { deleteVideo, updateVideo } from "./change-video.ts";
import { listChannels } from "./list-channels.ts";
import { listPlaylistItems } from "./list-playlist-items.ts";
import { listVideos } from "./list-videos.ts";

/** One method of the API: who may call it, what it costs and what it does. */
export interface Operation {
  method: string;
  path: string;
  isAllowed(scopes: readonly string[]): boolean;
  bucket: Bucket;
  cost: number;
  run(call: ApiCall): Response | Promise<Response>;
}

const API = "/youtube/v3";
const UPLOAD = "/upload/youtube/v3";

const units = (cost: number) => ({ bucket: "units", cost }) as const;

const OPERATIONS: readonly Operation[] = [
  { method: "GET", path: `${API}/channels`, isAllowed: canReadChannel, ...units(1), run: listChannels },
  { method: "GET", path: `${API}/videos`, isAllowed: canReadChannel, ...units(1), run: listVideos },
  {
    method: "GET",
    path: `${API}/playlistItems`,
    isAllowed: canReadChannel,
    ...units(1),
    run: listPlaylistItems,
  },
  { method: "PUT", path: `${API}/videos`, isAllowed: canEditVideos, ...units(50), run: updateVideo },
  { method: "DELETE", path: `${API}/videos`, isAllowed: canEditVideos, ...units(50), run: deleteVideo },
  {
    method: "POST",
    path: `${UPLOAD}/videos`,
    isAllowed: canUpload,
    bucket: "inserts",
    cost: 1,
    run: insertVideo,
  },
  { method: "POST", path: `${UPLOAD}/thumbnails/set`, isAllowed: canUpload, ...units(50), run: setThumbnail },
];

/** Finds the method. Throws 404 for an unknown path and 405 for a wrong verb. */
export function findOperation(method: string, path: string): Operation {
  const candidates = OPERATIONS.filter((operation) => operation.path === path);
  if (candidates.length === 0) throw notFound();
  const found = candidates.find((operation) => operation.method === method);
  if (found !== undefined) return found;
  throw new GoogleFailure(405, "httpMethodNotAllowed", "The HTTP method is not allowed.", {
    domain: "global",
  });
}
