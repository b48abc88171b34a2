import type { Folder, FolderList, OnedriveStatus } from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import type { DriveFolder } from "../../_shared/providers/microsoft/adapter.ts";
import { toSafeFilename } from "../rules/safe-filename.ts";
import { toStatus } from "../rules/to-connection.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";

/** Folders inside a folder; without an id those at the top of the drive. */
export async function listFolders(
  deps: OnedriveDeps,
  caller: Caller,
  parentId = "root",
): Promise<FolderList> {
  return await deps.access.withAccess(caller.id, async ({ token }) => {
    const parent = await deps.graph.getFolder(token, parentId);
    if (!parent) throw new AppError("folder_not_found");
    const folders = await deps.graph.listFolders(token, parent.id);
    return { parent: { id: parent.id, path: parent.path }, folders: folders.map(toContract) };
  });
}

/** Makes a folder; names OneDrive refuses are refused before asking it. */
export async function createFolder(
  deps: OnedriveDeps,
  caller: Caller,
  { name, parent_id: parentId = "root" }: { name: string; parent_id?: string },
): Promise<Folder> {
  if (toSafeFilename(name) !== name) throw new AppError("name_invalid");
  return await deps.access.withAccess(
    caller.id,
    async ({ token }) => toContract(await deps.graph.createFolder(token, parentId, name)),
  );
}

/** Chooses where uploads go from now on. */
export async function setFolder(
  deps: OnedriveDeps,
  caller: Caller,
  folderId: string,
): Promise<OnedriveStatus> {
  const folder = await deps.access.withAccess(
    caller.id,
    ({ token }) => deps.graph.getFolder(token, folderId),
  );
  if (!folder) throw new AppError("folder_not_found");
  return toStatus(
    await deps.connections.update(caller.id, { folder_id: folder.id, folder_path: folder.path }),
  );
}

function toContract({ id, name, path, childCount }: DriveFolder): Folder {
  return { id, name, path, child_count: childCount };
}
