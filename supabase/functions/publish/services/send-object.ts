import { ProviderApiError } from "../../_shared/core/provider-errors.ts";
import type { Sealed } from "../../_shared/core/token-cipher.ts";
import type { PublishDeps } from "./deps.ts";

type SendDeps = Pick<PublishDeps, "cipher" | "objectUploads" | "stagedCopies">;
type Part = Parameters<PublishDeps["objectUploads"]["put"]>[1];

/** How far a copy is. */
export interface CopyProgress {
  readonly storedBytes: number;
  readonly uploadUrl: Sealed | null;
}

interface SentObject {
  readonly objectPath: string;
  readonly sizeBytes: number;
  readonly mimeType: string;
  /** Of an upload that was begun before; sealed for `context`. */
  readonly uploadUrl: Sealed | null;
  readonly context: { userId: string; provider: string; column: string };
}

interface Sending {
  /** Bytes this invocation may still send; at least one part goes. */
  readonly limits: { readonly byteBudget: number };
  /** Bytes [start, end). */
  read(start: number, end: number): Promise<Part>;
  /** Stores how far the copy is; throws LeaseLost. */
  save(progress: CopyProgress): Promise<void>;
}

/**
 * Sends an object into our bucket in parts, as many as this invocation may. The bucket says how far it is: what is
 * stored is never sent again, and an upload it does not know any more begins anew. True when the object is whole.
 */
export async function sendObject(deps: SendDeps, object: SentObject, sending: Sending): Promise<boolean> {
  const { context, sizeBytes: total } = object;
  let { uploadUrl } = object;
  let address = uploadUrl === null ? null : await deps.cipher.decrypt(uploadUrl, context);
  let offset = address === null ? null : await deps.objectUploads.ask(address);
  if (address === null || offset === null) {
    const { bucket } = deps.stagedCopies;
    address = await deps.objectUploads.open(bucket, object.objectPath, total, object.mimeType);
    uploadUrl = await deps.cipher.encrypt(address, context);
    offset = 0;
    await sending.save({ storedBytes: 0, uploadUrl });
  }
  for (let sent = 0; offset < total;) {
    const end = Math.min(offset + deps.objectUploads.partBytes, total);
    if (sent > 0 && sent + end - offset > sending.limits.byteBudget) return false;
    const stored = await deps.objectUploads.put(address, await sending.read(offset, end), offset);
    if (stored === null) throw new ProviderApiError("storage", 409, "offset_moved");
    sent += end - offset;
    offset = stored;
    if (offset < total) await sending.save({ storedBytes: offset, uploadUrl });
  }
  return true;
}
