import { AppError } from "../../_shared/core/app-error.ts";
import { ProviderUserError } from "../../_shared/core/provider-errors.ts";
import type { DriveAccess } from "../../_shared/providers/microsoft/access.ts";
import type { OnedriveDeps } from "./deps.ts";

const DEFAULT_NAME = "Cliprelay";
const DEFAULT_PATH = `/${DEFAULT_NAME}`;

interface FolderRef {
  id: string;
  path: string;
}

/**
 * Runs `use` with the user's folder for uploads. Without a chosen one `/Cliprelay` is made and remembered; it is made
 * again when it was deleted. A chosen folder that is gone is the user's to replace.
 */
export async function withUploadFolder<Result>(
  deps: OnedriveDeps,
  userId: string,
  access: DriveAccess,
  use: (folder: FolderRef) => Promise<Result>,
): Promise<Result> {
  if (!access.folder) return await use(await makeDefaultFolder(deps, userId, access.token));
  try {
    return await use(access.folder);
  } catch (error) {
    const isGone = error instanceof AppError && error.code === "folder_missing";
    if (!isGone || access.folder.path !== DEFAULT_PATH) throw error;
    return await use(await makeDefaultFolder(deps, userId, access.token));
  }
}

async function makeDefaultFolder(deps: OnedriveDeps, userId: string, token: string): Promise<FolderRef> {
  const { id, path } = await deps.graph.getFolderByPath(token, DEFAULT_PATH) ??
    await createDefaultFolder(deps, token);
  await deps.connections.update(userId, { folder_id: id, folder_path: path });
  return { id, path };
}

async function createDefaultFolder(deps: OnedriveDeps, token: string): Promise<FolderRef> {
  try {
    return await deps.graph.createFolder(token, "root", DEFAULT_NAME);
  } catch (error) {
    // Two uploads may start at once, and the other one made it.
    if (!(error instanceof ProviderUserError) || error.code !== "folder_exists") throw error;
    const folder = await deps.graph.getFolderByPath(token, DEFAULT_PATH);
    if (!folder) throw new AppError("folder_missing");
    return folder;
  }
}
