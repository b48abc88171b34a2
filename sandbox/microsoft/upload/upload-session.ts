import type { ConflictBehavior } from "../drive/drive-item.ts";
import type { QuickXorState } from "../quick-xor-hash.ts";

/** A large upload between its creation and its commit. Sizes and offsets in bytes, times in ms since 1970. */
export interface UploadSession {
  id: string;
  /** The secret part of the upload URL. */
  token: string;
  account: string;
  parentId: string;
  /** Folders below the parent that are made at the commit. */
  folders: string[];
  name: string;
  /** Set when the session writes a new version of an existing item. */
  itemId: string | null;
  conflictBehavior: ConflictBehavior;
  /** Known from `fileSize` or from the first fragment. */
  total: number | null;
  nextOffset: number;
  blob: string;
  hash: QuickXorState;
  isMisaligned: boolean;
  deferCommit: boolean;
  createdAt: number;
  expiresAt: number;
  processingMs: number | null;
}
