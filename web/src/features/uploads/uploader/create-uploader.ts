import {
  MAX_UPLOAD_BYTES,
  type UploadSession,
} from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { attachFile } from "./attach-file.ts";
import { createUploadContext } from "./create-upload-context.ts";
import { mimeTypeOf } from "./mime-type.ts";
import { runUpload } from "./run-upload.ts";
import { tellCanceled } from "./tell-canceled.ts";
import { createUploadList } from "./upload-list.ts";
import { remark } from "./upload-problem.ts";
import { canMove, newUploadState, type UploadState } from "./upload-state.ts";
import { newUpload, type Upload, type UploadTimings } from "./upload.ts";
import type { Uploader, UploaderDeps } from "./uploader.ts";

export type { UploadApi } from "./upload-api.ts";
export type { UploadState } from "./upload-state.ts";
export type { Uploader, UploaderDeps } from "./uploader.ts";

const DEFAULT_TIMINGS: UploadTimings = {
  backoffMinMs: 1_000,
  backoffMaxMs: 60_000,
  throttleMinMs: 2_000,
  stallMs: 120_000,
  reportMs: 5_000,
  heartbeatMs: 15_000,
  inUseMs: 20_000,
  refreshMs: 200,
};

const DISMISSABLE: readonly UploadState["status"][] = ["complete", "failed", "canceled", "already_there"];

/** The upload engine of one tab. It knows nothing of React; see `subscribe` and `getSnapshot`. */
export function createUploader(deps: UploaderDeps): Uploader {
  const { api } = deps;
  const timings = { ...DEFAULT_TIMINGS, ...deps.timings };
  const list = createUploadList(timings.refreshMs);
  const context = createUploadContext(deps, timings, list);
  const { connectivity } = context;

  function start(upload: Upload): void {
    if (upload.control) return;
    const control = new AbortController();
    upload.control = control;
    upload.restarts = 0;
    upload.trouble = { failures: 0, refusals: 0 };
    list.update(upload, { status: "queued", error: null, retryAt: null });
    void runUpload(upload, context, control.signal)
      .catch((error: unknown) => {
        console.error(error);
        if (canMove(upload.state.status, "failed")) {
          list.update(upload, { status: "failed", error: remark("unexpected") });
        }
      })
      .finally(() => {
        if (upload.control === control) upload.control = null;
      });
  }

  function end(upload: Upload): void {
    upload.control?.abort(new DOMException("The upload was stopped.", "AbortError"));
    upload.control = null;
  }

  function onLeave(): void {
    for (const upload of list.all()) upload.report?.({ leaving: true });
  }
  globalThis.addEventListener("pagehide", onLeave);

  return {
    add(file, { productId = null } = {}) {
      const { name: fileName, size } = file;
      const id = crypto.randomUUID();
      const state = newUploadState({ id, fileName, size, mimeType: mimeTypeOf(file), productId });
      const upload = newUpload(state, { file });
      list.add(upload);
      if (size === 0) list.update(upload, { status: "failed", error: remark("empty_file") });
      else if (size > MAX_UPLOAD_BYTES) {
        list.update(upload, { status: "failed", error: remark("file_too_large") });
      } else start(upload);
      return id;
    },
    async restore() {
      const sessions = await api.list();
      for (const session of sessions.toReversed()) {
        if (list.all().some(({ state }) => state.sessionId === session.upload_session_id)) continue;
        const upload = restoredUpload(session);
        list.add(upload);
        if (session.hash?.offset === session.size) start(upload);
      }
    },
    async attachFile(id, file) {
      const upload = list.find(id);
      if (upload && await attachFile(upload, file, context)) start(upload);
    },
    pause(id) {
      const upload = list.find(id);
      if (!upload || !canMove(upload.state.status, "paused")) return;
      upload.report?.();
      end(upload);
      list.update(upload, {
        status: "paused",
        sentBytes: upload.stored,
        speedBps: null,
        secondsLeft: null,
        retryAt: null,
        error: null,
      });
    },
    resume(id) {
      const upload = list.find(id);
      if (upload?.state.status === "paused") start(upload);
    },
    retry(id) {
      const upload = list.find(id);
      if (upload?.state.status !== "failed") return connectivity.wake(id);
      forgetFailure(upload);
      if (upload.file) start(upload);
      else list.update(upload, { status: "needs_file" });
    },
    async cancel(id) {
      const upload = list.find(id);
      if (!upload || !canMove(upload.state.status, "canceled")) return;
      end(upload);
      upload.hasher?.dispose();
      list.update(upload, {
        status: "canceled",
        speedBps: null,
        secondsLeft: null,
        retryAt: null,
        error: null,
      });
      const error = await tellCanceled(upload, context);
      if (error) list.update(upload, { error });
    },
    dismiss(id) {
      const upload = list.find(id);
      if (!upload || !DISMISSABLE.includes(upload.state.status)) return;
      upload.hasher?.dispose();
      list.remove(id);
    },
    uploadAnyway(id) {
      const upload = list.find(id);
      if (upload?.state.status !== "already_there") return;
      upload.allowsDuplicate = true;
      start(upload);
    },
    takeOver(id) {
      const upload = list.find(id);
      if (upload?.state.status !== "in_use_elsewhere") return;
      upload.wantsTakeOver = true;
      connectivity.wake(id);
    },
    subscribe: list.subscribe,
    getSnapshot: list.getSnapshot,
    dispose() {
      globalThis.removeEventListener("pagehide", onLeave);
      for (const upload of list.all()) {
        upload.report?.({ leaving: true });
        end(upload);
        upload.hasher?.dispose();
      }
      connectivity.dispose();
      list.dispose();
    },
  };
}

/** An unfinished upload of an earlier visit or another browser: all there but the file. */
function restoredUpload(session: UploadSession): Upload {
  const { filename: fileName, size, mime_type: mimeType, product_id: productId, fingerprint } = session;
  const state: UploadState = {
    ...newUploadState({ id: crypto.randomUUID(), fileName, size, mimeType, productId }),
    sessionId: session.upload_session_id,
    status: "needs_file",
    sentBytes: session.next_offset,
  };
  return newUpload(state, { fingerprint, session, stored: session.next_offset });
}

/** What has to begin anew when a person asks for another try. */
function forgetFailure(upload: Upload): void {
  const code = upload.state.error?.code;
  if (code === "hash_mismatch" || code === "onedrive_keeps_refusing") {
    upload.hasher?.dispose();
    upload.hasher = null;
    upload.wantsRestart = true;
  }
  if (code === "upload_not_found") upload.session = null;
}
