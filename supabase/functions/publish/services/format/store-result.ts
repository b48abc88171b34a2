import { sendObject } from "../send-object.ts";
import type { ConversionWork, ConvertDeps, HeldVariant } from "./convert-video.ts";

/**
 * Copies a finished job's result into our bucket, in parts, as many as this invocation may move. True when the copy is
 * whole.
 */
export async function storeResult(
  deps: ConvertDeps,
  work: ConversionWork,
  { variant, progress, save }: HeldVariant,
  { url, sizeBytes }: { url: string; sizeBytes: number },
): Promise<boolean> {
  const object = {
    objectPath: variant.objectPath,
    sizeBytes,
    mimeType: "video/mp4",
    // Begun for a result of another size, it is another file's.
    uploadUrl: progress.sizeBytes === sizeBytes ? progress.uploadUrl : null,
    context: { userId: work.job.userId, provider: `variant/${variant.id}`, column: "upload_url" },
  };
  const isWhole = await sendObject(deps, object, {
    limits: work.limits,
    async read(start, end) {
      const bytes = await deps.transcoder.readResult(url, start, end);
      work.countBytes(end - start);
      return bytes;
    },
    save: (next) => save({ status: "storing", sizeBytes, ...next }),
  });
  if (isWhole) await save({ storedBytes: sizeBytes, uploadUrl: null });
  return isWhole;
}
