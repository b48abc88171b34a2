import { createConnectivity } from "./connectivity.ts";
import { createFileHasher } from "./file-hasher.ts";
import { looksLikeVideo } from "./looks-like-video.ts";
import { makePoster } from "./poster.ts";
import { probeDirect } from "./probe-direct.ts";
import { sendFragment } from "./send-fragment.ts";
import { createSlots } from "./slots.ts";
import { createThrottle } from "./throttle.ts";
import type { UploadList } from "./upload-list.ts";
import type { UploadContext, UploadTimings } from "./upload.ts";
import type { UploaderDeps } from "./uploader.ts";

/** What the uploads of one tab share; everything not given is the browser's own. */
export function createUploadContext(
  deps: UploaderDeps,
  timings: UploadTimings,
  list: UploadList,
): UploadContext {
  const drawPoster = deps.makePoster ?? makePoster;
  const now = deps.now ?? Date.now;
  let lastPoster: Promise<unknown> = Promise.resolve();

  return {
    api: deps.api,
    now,
    random: deps.random ?? Math.random,
    sendFragment: deps.sendFragment ?? sendFragment,
    probeDirect: deps.probeDirect ?? probeDirect,
    readableOrigins: new Set(),
    throttle: createThrottle(now),
    looksLikeVideo: deps.looksLikeVideo ?? looksLikeVideo,
    createHasher: deps.createHasher ?? createFileHasher,
    connectivity: deps.connectivity ?? createConnectivity(),
    slots: createSlots(deps.concurrency ?? 3),
    timings,
    line: { fragmentSize: null },
    update: list.update,
    makePoster(upload) {
      const poster = lastPoster.then(() => drawPoster(upload.file!)).catch(() => null);
      lastPoster = poster.then((poster) => list.update(upload, { poster }));
      return poster;
    },
    isTaken: (sessionId, by) =>
      list.all().some((upload) => upload !== by && upload.state.sessionId === sessionId),
    dropTwins(upload) {
      for (const { state } of list.all()) {
        const isTwin = state.sessionId === upload.state.sessionId && state.id !== upload.state.id;
        if (isTwin && state.status === "needs_file") list.remove(state.id);
      }
    },
    adoptWaiting(upload) {
      const { size, productId } = upload.state;
      const waiting = list.all().find(({ fingerprint, state }) =>
        state.status === "needs_file" && fingerprint === upload.fingerprint && state.size === size &&
        (productId === null || state.productId === productId)
      );
      if (!waiting) return null;
      list.remove(waiting.state.id);
      return waiting.session;
    },
  };
}
