import { BlobWriter } from "../../kit/blob-writer.ts";
import { commitFile } from "../drive/commit-file.ts";
import { GraphFailure, invalidRequest } from "../graph-failure.ts";
import { QuickXorHash } from "../quick-xor-hash.ts";
import { findSession } from "../upload/upload-origin.ts";
import { commitSession } from "../upload/commit-session.ts";
import { readConflictBehavior } from "./conflict-behavior.ts";
import { type GraphCall, readJsonBody } from "./graph-call.ts";
import { renderItemAnswer } from "./item-view.ts";
import { checkPreconditions } from "./preconditions.ts";
import { findUploadTarget } from "./upload-target.ts";

const MAX_SMALL_BYTES = 250 * 1024 * 1024;

/** PUT …/content: a whole file in one request, up to 250 MB; the only way to store an empty one. */
export async function putContent(call: GraphCall): Promise<Response> {
  const { kit, account, drive, exchange, request } = call;
  const target = findUploadTarget(call);
  checkPreconditions(call, request.headers, target.existing);
  if (Number(request.headers.get("content-length") ?? 0) > MAX_SMALL_BYTES) {
    throw new GraphFailure(413, "invalidRequest", "The file is too large for a simple upload.");
  }
  const blob = kit.blobs.create();
  const hash = new QuickXorHash();
  try {
    const writer = await BlobWriter.open(kit.blobs.path(blob), 0, (bytes) => hash.update(bytes));
    try {
      await exchange.body.pump((chunk) => writer.write(chunk));
    } finally {
      await writer.close();
    }
    const { item, isNew } = await commitFile({ kit, account, drive }, {
      parentId: target.parent.id,
      folders: target.folders,
      name: target.name,
      itemId: target.isNewVersion ? target.existing!.id : null,
      conflictBehavior: readConflictBehavior(call.query, "replace"),
      blob,
      size: hash.length,
      quickXor: hash.digest(),
      processingMs: exchange.processingMs,
    });
    return Response.json(renderItemAnswer(call, item), { status: isNew ? 201 : 200 });
  } catch (error) {
    await kit.blobs.remove(blob);
    throw error;
  }
}

/** PUT on a folder with `@microsoft.graph.sourceUrl`: commits a finished session elsewhere; personal accounts only. */
export async function commitFromSource(call: GraphCall): Promise<Response> {
  const body = await readJsonBody(call);
  const sourceUrl = body["@microsoft.graph.sourceUrl"];
  if (call.account.kind === "business" || typeof sourceUrl !== "string" || typeof body.name !== "string") {
    throw invalidRequest("The request cannot be fulfilled.");
  }
  const session = findSession(call.state, sourceUrl);
  if (session === null || session.account !== call.account.name) {
    throw invalidRequest("The sourceUrl is not valid.");
  }
  const { parent, folders } = findUploadTarget({
    ...call,
    address: { ...call.address, path: [...call.address.path, body.name] },
  });
  const conflictBehavior = readConflictBehavior(body, "fail");
  const place = { parentId: parent.id, folders, name: body.name, conflictBehavior };
  return await commitSession(call.kit, call.state, session, place);
}
