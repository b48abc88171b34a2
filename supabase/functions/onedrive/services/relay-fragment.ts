import { AppError } from "../../_shared/core/app-error.ts";
import type { FragmentReply } from "../../_shared/providers/microsoft/upload-url-client.ts";
import { readFragmentRange } from "../rules/fragment-range.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";
import { findOwnUpload } from "./find-own-upload.ts";
import { limitCalls } from "./limit-calls.ts";
import { readUploadUrl } from "./upload-url.ts";

interface SentFragment {
  contentRange: string;
  /** Reads the body; called only when everything else is right. */
  readBytes: () => Promise<Uint8Array<ArrayBuffer>>;
  /** Aborts when the browser has left. */
  signal: AbortSignal;
}

/**
 * Passes a fragment of the caller's own upload on to OneDrive, for browsers that cannot reach it themselves, and
 * gives OneDrive's answer back as it is. Takes the uploader's lease like every other step of an upload.
 */
export async function relayFragment(
  deps: OnedriveDeps,
  caller: Caller,
  sessionId: string,
  uploaderId: string | null,
  fragment: SentFragment,
): Promise<FragmentReply> {
  const upload = await findOwnUpload(deps, caller, sessionId);
  if (upload.status !== "active") throw new AppError("upload_not_active");
  const range = readFragmentRange(fragment.contentRange, upload.size_bytes);
  await limitCalls(deps, caller, "fragments");
  if (
    uploaderId &&
    !await deps.uploads.hold(caller.id, upload.id, uploaderId, false)
  ) {
    throw new AppError("upload_in_use");
  }
  const url = await readUploadUrl(deps, upload);
  if (!url) throw new AppError("upload_not_active");
  const bytes = await fragment.readBytes();
  if (bytes.length !== range.end - range.start) {
    throw new AppError("invalid_request", {
      details: [{
        path: "content-range",
        message: "The range has another length than the body.",
      }],
    });
  }
  return await deps.uploadUrls.sendFragment(url.text, {
    ...range,
    bytes,
    signal: fragment.signal,
  });
}
