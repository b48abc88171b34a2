import type { DriveItem } from "../drive/drive-item.ts";
import { checkItemName, checkPathLength } from "../drive/item-name.ts";
import { invalidRequest, itemNotFound, nameAlreadyExists, notSupported } from "../graph-failure.ts";
import { readConflictBehavior } from "./conflict-behavior.ts";
import { type GraphCall, readJsonBody, targetOf } from "./graph-call.ts";
import { renderItemAnswer } from "./item-view.ts";
import { checkPreconditions } from "./preconditions.ts";

/** PATCH: renames the item, moves it, or both. */
export async function updateItem(call: GraphCall): Promise<Response> {
  const { drive } = call;
  const item = targetOf(call);
  checkPreconditions(call, call.request.headers, item);
  const body = await readJsonBody(call);
  const name = body.name ?? item.name;
  if (typeof name !== "string") throw invalidRequest("The name is not valid.");
  const parent = findNewParent(call, item, body.parentReference);
  checkItemName(name, parent.parentId === null);
  checkPathLength(`${drive.pathOf(parent)}/${name}`);
  const behavior = readConflictBehavior(body, "fail");
  const occupant = drive.child(parent, name);
  const isTaken = occupant !== null && occupant !== item;
  if (isTaken && behavior !== "rename") throw nameAlreadyExists();
  drive.move(item, parent, isTaken ? drive.freeName(parent, name) : name);
  call.kit.touch();
  return Response.json(renderItemAnswer(call, item));
}

/** DELETE: moves the item to the recycle bin. */
export async function deleteItem(call: GraphCall): Promise<Response> {
  const item = targetOf(call);
  checkPreconditions(call, call.request.headers, item);
  await remove(call, item);
  return new Response(null, { status: 204 });
}

/** POST …/permanentDelete: past the recycle bin; work accounts only. */
export async function deletePermanently(call: GraphCall): Promise<Response> {
  if (call.account.kind === "personal") throw notSupported("permanentDelete is not supported.");
  const bytes = await remove(call, targetOf(call));
  call.drive.emptyRecycleBin(bytes);
  return new Response(null, { status: 204 });
}

async function remove(call: GraphCall, item: DriveItem): Promise<number> {
  const contents = call.drive.remove(item);
  call.kit.touch();
  await Promise.all(contents.map((content) => call.kit.blobs.remove(content.blob)));
  return contents.reduce((sum, content) => sum + content.size, 0);
}

function findNewParent({ drive }: GraphCall, item: DriveItem, reference: unknown): DriveItem {
  if (reference === undefined) {
    if (item.parentId === null) throw invalidRequest("The root cannot be changed.");
    return drive.get(item.parentId);
  }
  const { id, path } = reference as { id?: unknown; path?: unknown };
  if (id === "root") return drive.root;
  if (typeof id === "string") return drive.get(id);
  const names = typeof path === "string" ? /^\/drives?\/(?:[^/]+\/)?root:(.*)$/.exec(path)?.[1] : undefined;
  if (names === undefined) throw invalidRequest("The parentReference needs an id or a path.");
  let parent: DriveItem | null = drive.root;
  for (const name of names.split("/").filter(Boolean)) {
    parent = parent && drive.child(parent, decodeURIComponent(name));
  }
  if (parent === null) throw itemNotFound();
  return parent;
}
