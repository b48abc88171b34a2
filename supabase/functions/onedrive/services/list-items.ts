import type { LibraryItem, LibraryPage } from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import { ProviderApiError } from "../../_shared/core/provider-errors.ts";
import type { DriveEntry } from "../../_shared/providers/microsoft/drive-entry.ts";
import { type Caller, type OnedriveDeps, PROVIDER } from "./deps.ts";
import { limitCalls } from "./limit-calls.ts";

const PAGE_SIZE = 60;
/** Pages of Graph looked at for one of ours: a folder full of other things still answers something. */
const PAGES_PER_ANSWER = 5;
const ENOUGH_ITEMS = 30;

interface ItemQuery {
  folder_id?: string;
  cursor?: string;
}

/**
 * Folders and videos of a folder. OneDrive cannot filter them, so other files are left out here; that makes pages of
 * uneven length. The cursor is Graph's own link, encrypted: it is nobody's to change.
 */
export async function listItems(deps: OnedriveDeps, caller: Caller, query: ItemQuery): Promise<LibraryPage> {
  await limitCalls(deps, caller, "library");
  const folderId = query.folder_id ?? "root";
  const context = { userId: caller.id, provider: PROVIDER, column: `cursor:${folderId}` };
  const nextLink = query.cursor === undefined ? null : await openCursor(deps, query.cursor, context);

  return await deps.access.withAccess(caller.id, async ({ token }) => {
    const folder = await deps.graph.getFolder(token, folderId);
    if (!folder) throw new AppError("folder_not_found");
    const found = await readPages(deps, token, nextLink ? { nextLink } : { folderId: folder.id });
    const videoIds = found.entries.filter(({ kind }) => kind === "video").map(({ id }) => id);
    const [thumbnails, known] = await Promise.all([
      deps.getThumbnails(token, videoIds).catch(noneWhenThrottled),
      deps.items.findOwn(caller.token, videoIds),
    ]);
    return {
      folder: { id: folder.id, path: folder.path },
      items: found.entries.map((entry) => toItem(entry, thumbnails, known)),
      next_cursor: found.nextLink && await sealCursor(deps, found.nextLink, context),
    };
  });
}

async function readPages(
  deps: OnedriveDeps,
  token: string,
  start: Parameters<OnedriveDeps["library"]["listChildren"]>[1],
) {
  const entries: DriveEntry[] = [];
  let place = start;
  for (let page = 1;; page++) {
    const answer = await deps.library.listChildren(token, place, PAGE_SIZE);
    entries.push(...answer.entries.filter(({ kind }) => kind === "folder" || kind === "video"));
    const isEnough = entries.length >= ENOUGH_ITEMS || page >= PAGES_PER_ANSWER;
    if (!answer.nextLink || isEnough) return { entries, nextLink: answer.nextLink };
    place = { nextLink: answer.nextLink };
  }
}

function toItem(
  entry: DriveEntry,
  thumbnails: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, { id: string; product_id: string | null }>,
): LibraryItem {
  return {
    id: entry.id,
    kind: entry.kind === "folder" ? "folder" : "video",
    name: entry.name,
    size: entry.sizeBytes,
    child_count: entry.childCount,
    duration_ms: entry.durationMs,
    width: entry.width,
    height: entry.height,
    modified_at: entry.modifiedAt,
    thumbnail_url: thumbnails.get(entry.id) ?? null,
    video: known.get(entry.id) ?? null,
  };
}

function noneWhenThrottled(error: unknown): Map<string, string> {
  if (error instanceof ProviderApiError && error.isTransient) return new Map();
  throw error;
}

type CursorContext = Parameters<OnedriveDeps["cipher"]["encrypt"]>[1];

async function sealCursor(deps: OnedriveDeps, link: string, context: CursorContext): Promise<string> {
  const { text, keyId } = await deps.cipher.encrypt(link, context);
  return `${keyId}.${text}`;
}

async function openCursor(deps: OnedriveDeps, cursor: string, context: CursorContext): Promise<string> {
  const dot = cursor.indexOf(".");
  try {
    return await deps.cipher.decrypt({ keyId: cursor.slice(0, dot), text: cursor.slice(dot + 1) }, context);
  } catch (cause) {
    throw new AppError("invalid_cursor", { cause });
  }
}
