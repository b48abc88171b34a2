import type { UploadRow } from "../../_shared/db/onedrive-uploads.ts";
import type { DriveFile } from "../../_shared/providers/microsoft/adapter.ts";
import { isUploadsOwnFile } from "../rules/own-file.ts";
import type { OnedriveDeps } from "./deps.ts";

/** What became of the file of an upload that is not wanted: never there, removed, or left because it may be another. */
export type Removal = { outcome: "none" | "removed" } | {
  outcome: "left";
  path: string;
};

/** Removes the file an upload made, when it surely is that file. A failing OneDrive leaves it, with its path. */
export async function removeOwnFile(
  deps: OnedriveDeps,
  upload: UploadRow,
): Promise<Removal> {
  const path = `${upload.folder_path === "/" ? "" : upload.folder_path}/${upload.filename}`;
  try {
    return await deps.access.withAccess(upload.user_id, async ({ token }) => {
      const file = await deps.graph.findFile(
        token,
        upload.folder_id,
        upload.filename,
      );
      if (!file) return { outcome: "none" };
      if (!isUploadsOwnFile(upload, file)) {
        return { outcome: "left", path: file.path };
      }
      await deps.graph.deleteItem(token, file.id);
      return { outcome: "removed" };
    });
  } catch {
    return { outcome: "left", path };
  }
}

/** As `removeOwnFile` for a file that was just read. */
export async function removeIfOwn(
  deps: OnedriveDeps,
  upload: UploadRow,
  file: DriveFile,
): Promise<boolean> {
  if (!isUploadsOwnFile(upload, file)) return false;
  try {
    await deps.access.withAccess(
      upload.user_id,
      ({ token }) => deps.graph.deleteItem(token, file.id),
    );
    return true;
  } catch {
    return false;
  }
}
