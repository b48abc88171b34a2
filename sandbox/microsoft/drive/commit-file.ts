import type { Kit } from "../../kit/provider.ts";
import { readVideoFacts } from "../../kit/video-facts.ts";
import type { Account } from "../account.ts";
import { nameAlreadyExists, quotaLimitReached } from "../graph-failure.ts";
import { mediaTypeOf } from "../media-type.ts";
import type { Drive } from "./drive.ts";
import type { ConflictBehavior, DriveItem, FileContent } from "./drive-item.ts";
import { readQuota } from "./quota.ts";

/** Bytes that arrived whole and where they shall become a file. */
export interface FileCommit {
  parentId: string;
  /** Folders below the parent, made when they are missing. */
  folders: readonly string[];
  name: string;
  /** Set to write a new version of this item. */
  itemId: string | null;
  conflictBehavior: ConflictBehavior;
  blob: string;
  size: number;
  quickXor: string;
  /** Null for the usual processing time. */
  processingMs: number | null;
}

export interface CommitContext {
  kit: Kit;
  account: Account;
  drive: Drive;
}

/** Makes the file, or a new version of it. Throws 404, 409 or 507 and then changes nothing. */
export async function commitFile(
  context: CommitContext,
  commit: FileCommit,
): Promise<{ item: DriveItem; isNew: boolean }> {
  const { kit, account, drive } = context;
  const mimeType = mediaTypeOf(commit.name);
  const video = mimeType.startsWith("video/") ? await readVideoFacts(kit.blobs.path(commit.blob)) : null;

  const parent = drive.get(commit.parentId);
  const existing = findExisting(drive, parent, commit);
  const isTaken = existing !== null && commit.itemId === null;
  if (existing !== null && existing.content === null) throw nameAlreadyExists();
  if (isTaken && commit.conflictBehavior === "fail") throw nameAlreadyExists();
  const replaced = isTaken && commit.conflictBehavior === "rename" ? null : existing;
  const freed = replaced?.content?.size ?? 0;
  if (commit.size > readQuota(kit, account, drive).remaining + freed) throw quotaLimitReached();

  const { blob, size, quickXor } = commit;
  const readyAt = kit.now() + (commit.processingMs ?? usualProcessingMs(kit));
  const content: FileContent = { blob, size, quickXor, mimeType, video, readyAt };
  kit.touch();
  if (replaced !== null) {
    const oldBlob = replaced.content?.blob;
    drive.replaceContent(replaced, content);
    if (oldBlob !== undefined) await kit.blobs.remove(oldBlob);
    return { item: replaced, isNew: false };
  }
  const folder = commit.folders.reduce(
    (above, name) => drive.child(above, name) ?? drive.add(above, name, null),
    parent,
  );
  return { item: drive.add(folder, drive.freeName(folder, commit.name), content), isNew: true };
}

function findExisting(drive: Drive, parent: DriveItem, commit: FileCommit): DriveItem | null {
  if (commit.itemId !== null) return drive.get(commit.itemId);
  let folder: DriveItem | null = parent;
  for (const name of commit.folders) folder = folder && drive.child(folder, name);
  return folder && drive.child(folder, commit.name);
}

/** One to three seconds unless the setting says otherwise; never at once. */
function usualProcessingMs(kit: Kit): number {
  const chosen = kit.settings.get("microsoft", "processing_ms");
  return Math.max(1, chosen ?? 1000 + Math.floor(kit.random() * 2001));
}
