import { MAX_LINKED_VIDEOS } from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import type { DriveEntry } from "../../_shared/providers/microsoft/drive-entry.ts";
import type { OnedriveDeps } from "./deps.ts";

const PAGE_SIZE = 200;
/** Listings of one request, over all folders. */
const MAX_PAGES = 60;

/**
 * The videos of a folder, by breadth first those of its subfolders too when asked to; other files, notebooks and
 * shared items are passed over. More videos or folders than one call takes are refused, never cut off silently.
 */
export async function collectFolderVideos(
  deps: OnedriveDeps,
  token: string,
  folderId: string,
  includeSubfolders: boolean,
): Promise<DriveEntry[]> {
  const folder = await deps.graph.getFolder(token, folderId);
  if (!folder) throw new AppError("folder_not_found");
  const videos: DriveEntry[] = [];
  const folders = [folder.id];
  let pages = 0;
  for (const id of folders) {
    let place: Parameters<OnedriveDeps["library"]["listChildren"]>[1] | null = { folderId: id };
    while (place) {
      if (++pages > MAX_PAGES) throw tooMany(folder.name);
      const page = await deps.library.listChildren(token, place, PAGE_SIZE);
      videos.push(...page.entries.filter(({ kind }) => kind === "video"));
      if (videos.length > MAX_LINKED_VIDEOS) throw tooMany(folder.name);
      const inside = page.entries.filter(({ kind }) => kind === "folder");
      if (includeSubfolders) folders.push(...inside.map((entry) => entry.id));
      place = page.nextLink ? { nextLink: page.nextLink } : null;
    }
  }
  if (videos.length === 0) throw new AppError("folder_has_no_videos");
  return videos;
}

function tooMany(folderName: string): AppError {
  return new AppError("too_many_videos", {
    message:
      `“${folderName}” holds more than ${MAX_LINKED_VIDEOS} videos or too many folders to take at once. ` +
      "Choose a smaller folder, or single files.",
    details: { limit: MAX_LINKED_VIDEOS },
  });
}
