import type { DriveItem } from "../drive/drive-item.ts";
import { checkItemName, checkPathLength } from "../drive/item-name.ts";
import { GraphFailure, invalidRequest } from "../graph-failure.ts";
import { baseOf, type GraphCall } from "./graph-call.ts";

/** Where an upload goes: an existing item, or a name below a folder which may not exist yet. */
export interface UploadTarget {
  parent: DriveItem;
  folders: string[];
  name: string;
  /** The item that has this place now. */
  existing: DriveItem | null;
  /** True when the item itself was addressed, so that its content is replaced. */
  isNewVersion: boolean;
}

/** Resolves the address of an upload and checks every name on the way. Throws 400 or 404. */
export function findUploadTarget(call: GraphCall): UploadTarget {
  const { drive, address } = call;
  const base = baseOf(call);
  if (address.path.length === 0) {
    if (base.content === null) throw invalidRequest("A folder has no content.");
    const parent = drive.get(base.parentId ?? drive.root.id);
    return { parent, folders: [], name: base.name, existing: base, isNewVersion: true };
  }
  if (base.content !== null) throw invalidRequest("The parent is not a folder.");
  let parent = base;
  const folders = address.path.slice(0, -1);
  while (folders.length > 0) {
    const next = drive.child(parent, folders[0]!);
    if (next === null) break;
    if (next.content !== null) throw new GraphFailure(409, "nameAlreadyExists", "A file is in the way.");
    parent = next;
    folders.shift();
  }
  const name = address.path.at(-1)!;
  for (const [index, segment] of [...folders, name].entries()) {
    checkItemName(segment, index === 0 && parent.parentId === null);
  }
  checkPathLength([drive.pathOf(parent), ...folders, name].join("/"));
  const existing = folders.length > 0 ? null : drive.child(parent, name);
  return { parent, folders, name, existing, isNewVersion: false };
}
