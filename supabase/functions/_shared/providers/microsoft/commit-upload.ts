import { ProviderApiError } from "../../core/provider-errors.ts";
import { type DriveFile, toFile } from "./adapter.ts";
import { isNameTaken } from "./error-answer.ts";
import type { GraphHttp } from "./graph-http.ts";
import { parseAnswer } from "./http.ts";
import { toItemAddress } from "./item-address.ts";
import { driveItemSchema } from "./schema.ts";

export type CommittedUpload =
  | { outcome: "committed"; file: DriveFile }
  | { outcome: "name_taken" }
  /** Work accounts know no explicit commit; others may refuse it too. */
  | { outcome: "refused" };

/** Where an upload shall become a file. */
export interface CommitTarget {
  folderId: string;
  name: string;
  uploadUrl: string;
}

/**
 * Turns an upload whose bytes are all there, but which OneDrive could not commit, into a file of this name (Graph:
 * PUT on the folder with `@microsoft.graph.sourceUrl`). A full drive is a ProviderUserError.
 */
export async function commitUpload(
  { base, call }: Pick<GraphHttp, "base" | "call">,
  token: string,
  target: CommitTarget,
): Promise<CommittedUpload> {
  try {
    const answer = await call(
      token,
      "PUT",
      `${base}/me/drive/${toItemAddress(target.folderId)}`,
      {
        name: target.name,
        "@microsoft.graph.conflictBehavior": "fail",
        "@microsoft.graph.sourceUrl": target.uploadUrl,
      },
    );
    return {
      outcome: "committed",
      file: toFile(parseAnswer(driveItemSchema, answer)),
    };
  } catch (error) {
    if (isNameTaken(error)) return { outcome: "name_taken" };
    if (
      error instanceof ProviderApiError &&
      [400, 404, 405, 501].includes(error.status)
    ) {
      return { outcome: "refused" };
    }
    throw error;
  }
}
