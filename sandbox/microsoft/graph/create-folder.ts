import type { DriveItem } from "../drive/drive-item.ts";
import { checkItemName, checkPathLength } from "../drive/item-name.ts";
import { invalidRequest, nameAlreadyExists } from "../graph-failure.ts";
import { readConflictBehavior } from "./conflict-behavior.ts";
import { type GraphCall, readJsonBody, targetOf } from "./graph-call.ts";
import { renderItemAnswer } from "./item-view.ts";

/** POST …/children: makes a folder. */
export async function createFolder(call: GraphCall): Promise<Response> {
  const { drive, account } = call;
  const parent = targetOf(call);
  const body = await readJsonBody(call);
  const { name, folder } = body;
  if (typeof name !== "string") throw invalidRequest("A name is required.");
  if (folder === null || typeof folder !== "object") {
    throw invalidRequest("Only folders can be created here.");
  }
  checkItemName(name, parent.parentId === null);
  checkPathLength(`${drive.pathOf(parent)}/${name}`);

  const behavior = readConflictBehavior(body, "fail");
  const existing = drive.child(parent, name);
  if (existing !== null && behavior === "replace" && account.kind === "personal" && !existing.content) {
    return answer(call, existing, 200);
  }
  if (existing !== null && behavior !== "rename") throw nameAlreadyExists();
  const item = drive.add(parent, drive.freeName(parent, name), null);
  call.kit.touch();
  return answer(call, item, 201);
}

function answer(call: GraphCall, item: DriveItem, status: number): Response {
  return Response.json(renderItemAnswer(call, item), { status });
}
