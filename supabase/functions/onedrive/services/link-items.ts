import type { LinkRequest } from "../../_shared/contracts/onedrive.ts";
import { type LinkAnswer, videoSchema } from "../../_shared/contracts/videos.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import type { DriveAccess } from "../../_shared/providers/microsoft/access.ts";
import type { DriveEntry } from "../../_shared/providers/microsoft/drive-entry.ts";
import { requireVideos } from "../rules/require-videos.ts";
import { collectFolderVideos } from "./collect-folder-videos.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";
import { limitCalls } from "./limit-calls.ts";

/**
 * Makes videos of files that are in OneDrive already; no byte is copied. What Graph says now is what is stored, not
 * what the browser believes. A file that is a video here already is said so, and never doubled.
 */
export async function linkItems(
  deps: OnedriveDeps,
  caller: Caller,
  request: LinkRequest,
): Promise<LinkAnswer> {
  await limitCalls(deps, caller, "link");
  const productId = request.product_id ?? null;
  if (productId && !await deps.products.existsOwn(caller.token, productId)) {
    throw new AppError("product_not_found");
  }
  const links = await deps.access.withAccess(caller.id, async (access) => {
    const entries = await chooseEntries(deps, access, request);
    return await deps.items.link(caller.id, access, entries, productId);
  });
  const rows = await deps.videos.findOwnMany(caller.token, links.map(({ videoId }) => videoId));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    links: links.flatMap(({ outcome, videoId }) => {
      const row = byId.get(videoId);
      return row ? [{ outcome, video: videoSchema.parse(row) }] : [];
    }),
  };
}

async function chooseEntries(
  deps: OnedriveDeps,
  { token }: DriveAccess,
  request: LinkRequest,
): Promise<DriveEntry[]> {
  if (request.folder_id !== undefined) {
    return await collectFolderVideos(deps, token, request.folder_id, request.include_subfolders ?? false);
  }
  const itemIds = [...new Set(request.item_ids)];
  const chosen = requireVideos(itemIds, await deps.library.getEntries(token, itemIds));
  // Personal ids vary in letter case: two spellings may have named one file.
  return [...new Map(chosen.map((entry) => [entry.id, entry])).values()];
}
