import type { Upload } from "./upload.ts";
import { canMove, type UploadState } from "./upload-state.ts";

/** The uploads of this tab, and who is told when they change. */
export interface UploadList {
  all(): readonly Upload[];
  find(id: string): Upload | undefined;
  add(upload: Upload): void;
  remove(id: string): void;
  /** Changes the part the page sees. `soon`: told within `refreshMs`, together with other changes. */
  update(upload: Upload, patch: Partial<UploadState>, options?: { soon?: boolean }): void;
  subscribe(listener: () => void): () => void;
  getSnapshot(): readonly UploadState[];
  dispose(): void;
}

/** Keeps uploads in the order they were added. Throws on a move the table of moves does not allow. */
export function createUploadList(refreshMs: number): UploadList {
  let uploads: Upload[] = [];
  let snapshot: readonly UploadState[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  function publish(): void {
    clearTimeout(timer);
    timer = undefined;
    snapshot = uploads.map(({ state }) => state);
    for (const listener of listeners) listener();
  }

  return {
    all: () => uploads,
    find: (id) => uploads.find(({ state }) => state.id === id),
    add(upload) {
      uploads = [...uploads, upload];
      publish();
    },
    remove(id) {
      uploads = uploads.filter(({ state }) => state.id !== id);
      publish();
    },
    update(upload, patch, { soon = false } = {}) {
      const { status } = upload.state;
      if (patch.status && !canMove(status, patch.status)) {
        throw new Error(`An upload that is ${status} cannot become ${patch.status}.`);
      }
      upload.state = { ...upload.state, ...patch };
      if (!soon) publish();
      else timer ??= setTimeout(publish, refreshMs);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getSnapshot: () => snapshot,
    dispose() {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
