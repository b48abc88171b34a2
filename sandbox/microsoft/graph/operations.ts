import { createDownloadUrl } from "../download/download-link.ts";
import { GraphFailure, invalidRequest } from "../graph-failure.ts";
import { deleteItem, deletePermanently, updateItem } from "./change-item.ts";
import { createFolder } from "./create-folder.ts";
import { createUploadSession } from "./create-upload-session.ts";
import { listChanges } from "./delta.ts";
import { type GraphCall, targetOf } from "./graph-call.ts";
import { renderItemAnswer } from "./item-view.ts";
import { listChildren } from "./list-children.ts";
import { matches } from "./preconditions.ts";
import { commitFromSource, putContent } from "./put-content.ts";
import { answerThumbnails } from "./thumbnail-sets.ts";

type Operation = (call: GraphCall) => Response | Promise<Response>;

/** What can be done with an item: method and what follows the item's address. */
const OPERATIONS: readonly [method: string, tail: RegExp, operation: Operation][] = [
  ["GET", /^$/, (call) => Response.json(renderItemAnswer(call, targetOf(call)))],
  ["PATCH", /^$/, updateItem],
  ["PUT", /^$/, commitFromSource],
  ["DELETE", /^$/, deleteItem],
  ["GET", /^children$/, listChildren],
  ["POST", /^children$/, createFolder],
  ["GET", /^content$/, redirectToContent],
  ["PUT", /^content$/, putContent],
  ["POST", /^(microsoft\.graph\.)?createUploadSession$/, createUploadSession],
  ["GET", /^(microsoft\.graph\.)?delta(\(\))?$/, listChanges],
  ["GET", /^thumbnails(\/[^/]+(\/[^/]+(\/content)?)?)?$/, answerThumbnails],
  ["POST", /^permanentDelete$/, deletePermanently],
];

/** Finds the operation; throws 400 for an unknown one and 405 for a wrong method. */
export function findOperation(method: string, tail: string): Operation {
  const candidates = OPERATIONS.filter(([, pattern]) => pattern.test(tail));
  if (candidates.length === 0) {
    throw new GraphFailure(400, "BadRequest", `Resource not found for the segment '${tail}'.`);
  }
  const found = candidates.find(([known]) => known === method);
  if (found === undefined) throw new GraphFailure(405, "notAllowed", "The method is not allowed.");
  return found[2];
}

/** GET …/content: 302 to the pre-authenticated address, 304 when the caller has this version. */
function redirectToContent(call: GraphCall): Response {
  const item = targetOf(call);
  if (item.content === null) throw invalidRequest("A folder has no content.");
  const known = call.request.headers.get("if-none-match");
  if (known !== null && matches(call, known, item)) return new Response(null, { status: 304 });
  const grant = { account: call.account.name, itemId: item.id, thumbnail: null };
  const location = createDownloadUrl(call.kit, call.state, grant, item.name);
  return new Response(null, { status: 302, headers: { location } });
}
