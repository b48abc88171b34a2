import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

const IDS_PER_QUERY = 40;
const QUICKXOR = /^[A-Za-z0-9+/]{27}=$/;
const MAX_NAME_LENGTH = 255;

/** A file as OneDrive showed it. Bytes, milliseconds, pixels; null where OneDrive does not tell. */
export interface SeenFile {
  id: string;
  name: string;
  path: string;
  sizeBytes: number;
  mimeType: string;
  quickXor: string | null;
  cTag: string | null;
  durationMs: number | null;
  width: number | null;
  height: number | null;
}

/** What was found under the id of a known file; null when it is gone. */
export interface Sighting {
  itemId: string;
  file: SeenFile | null;
}

export interface LinkedItem {
  itemId: string;
  outcome: "linked" | "already_linked" | "other_product";
  videoId: string;
}

export type OnedriveItems = ReturnType<typeof createOnedriveItems>;

/** OneDrive files as videos: read as the caller, written as service_role. */
export function createOnedriveItems({ asCaller, admin }: DatabaseClients) {
  return {
    /** Makes videos of files, or links those that exist to the product. */
    async link(
      userId: string,
      drive: { connectionId: string; driveId: string },
      files: readonly SeenFile[],
      productId: string | null,
    ): Promise<LinkedItem[]> {
      const rows = unwrap(
        await admin.rpc("link_onedrive_items", {
          p_user_id: userId,
          p_connection_id: drive.connectionId,
          p_drive_id: drive.driveId,
          p_items: files.map(toColumns),
          p_product_id: productId ?? undefined,
        }),
      );
      return rows.map((row) => ({
        itemId: row.item_id,
        outcome: row.outcome as LinkedItem["outcome"],
        videoId: row.video_id,
      }));
    },

    /** The caller's videos among these files of a drive, by item id. */
    async findOwn(
      callerToken: string,
      itemIds: readonly string[],
    ): Promise<Map<string, { id: string; product_id: string | null }>> {
      const rows = await Promise.all(
        inParts(itemIds).map(async (part) => {
          const query = asCaller(callerToken).from("product_videos").select(
            "id, product_id, onedrive_item_id",
          );
          return unwrap(await query.in("onedrive_item_id", part));
        }),
      );
      return new Map(
        rows.flat().map(({ id, product_id, onedrive_item_id }) => [onedrive_item_id!, { id, product_id }]),
      );
    },

    /** Takes over what OneDrive says. Returns how many videos are newly missing. */
    async apply(userId: string, driveId: string, sightings: readonly Sighting[]): Promise<number> {
      if (sightings.length === 0) return 0;
      return unwrap(
        await admin.rpc("apply_onedrive_items", {
          p_user_id: userId,
          p_drive_id: driveId,
          p_items: sightings.map(({ itemId, file }) =>
            file ? { ...toColumns(file), id: itemId, is_found: true } : { id: itemId, is_found: false }
          ),
        }),
      );
    },

    /** Which of these item ids are videos of the user. */
    async listKnown(userId: string, driveId: string, itemIds: readonly string[]): Promise<Set<string>> {
      if (itemIds.length === 0) return new Set();
      const rows = unwrap(
        await admin.rpc("list_onedrive_items", {
          p_user_id: userId,
          p_drive_id: driveId,
          p_limit: itemIds.length,
          p_item_ids: [...itemIds],
        }),
      );
      return new Set(rows.map(({ item_id }) => item_id));
    },

    /** A page of all known files of a drive, oldest first. */
    async listAfter(userId: string, driveId: string, after: string | null, limit: number) {
      const rows = unwrap(
        await admin.rpc("list_onedrive_items", {
          p_user_id: userId,
          p_drive_id: driveId,
          p_limit: limit,
          p_after: after ?? undefined,
        }),
      );
      return rows.map((row) => ({ videoId: row.video_id, itemId: row.item_id }));
    },
  };
}

/** Ids stand in the address of a query, which may not grow without end. */
function inParts(itemIds: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let start = 0; start < itemIds.length; start += IDS_PER_QUERY) {
    parts.push(itemIds.slice(start, start + IDS_PER_QUERY));
  }
  return parts;
}

function toColumns(file: SeenFile) {
  return {
    id: file.id,
    name: file.name.slice(0, MAX_NAME_LENGTH),
    path: file.path,
    size: file.sizeBytes,
    mime_type: file.mimeType,
    quickxor: file.quickXor && QUICKXOR.test(file.quickXor) ? file.quickXor : null,
    ctag: file.cTag,
    duration_ms: file.durationMs,
    width: file.width,
    height: file.height,
  };
}
