import type { Kit } from "../../kit/provider.ts";
import { commitFile, type FileCommit } from "../drive/commit-file.ts";
import { GraphFailure, invalidRequest } from "../graph-failure.ts";
import { renderItemAnswer } from "../graph/item-view.ts";
import { QuickXorHash } from "../quick-xor-hash.ts";
import type { MicrosoftState } from "../state.ts";
import type { UploadSession } from "./upload-session.ts";

/**
 * Turns a session whose bytes are all there into a file: 201 when new, 200 when it replaced one. When the name is
 * taken (409) or the drive is full (507) the session stays. `override` gives it another place.
 */
export async function commitSession(
  kit: Kit,
  state: MicrosoftState,
  session: UploadSession,
  override: Partial<Pick<FileCommit, "parentId" | "folders" | "name" | "conflictBehavior">> = {},
): Promise<Response> {
  if (session.total === null || session.nextOffset < session.total) {
    throw invalidRequest("Bytes are missing.");
  }
  if (session.isMisaligned) {
    throw new GraphFailure(500, "generalException", "An unspecified error has occurred.");
  }
  const account = state.accounts.get(session.account)!;
  const drive = state.driveOf(account);
  const { item, isNew } = await commitFile({ kit, account, drive }, {
    parentId: session.parentId,
    folders: session.folders,
    name: session.name,
    itemId: session.itemId,
    conflictBehavior: session.conflictBehavior,
    ...override,
    blob: session.blob,
    size: session.total,
    quickXor: QuickXorHash.restore(session.hash).digest(),
    processingMs: session.processingMs,
  });
  state.sessions.delete(session.id);
  const context = { kit, state, account, drive, query: new URLSearchParams() };
  return Response.json(renderItemAnswer(context, item), { status: isNew ? 201 : 200 });
}
