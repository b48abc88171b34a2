import { fingerprintFile } from "./fingerprint.ts";
import type { Upload, UploadContext } from "./upload.ts";
import { remark, toProblem } from "./upload-problem.ts";

/**
 * Gives an upload the file it was waiting for. A file of another size or content is refused, and the upload says so.
 * @returns true when the upload can go on
 */
export async function attachFile(upload: Upload, file: File, context: UploadContext): Promise<boolean> {
  if (upload.state.status !== "needs_file") return false;
  const error = await findFault(upload, file);
  if (upload.state.status !== "needs_file") return false;
  context.update(upload, { error });
  if (!error) upload.file = file;
  return error === null;
}

async function findFault(upload: Upload, file: File) {
  if (file.size !== upload.state.size) return remark("wrong_file");
  try {
    const fingerprint = await fingerprintFile(file);
    upload.fingerprint ??= fingerprint;
    return fingerprint === upload.fingerprint ? null : remark("wrong_file");
  } catch (error) {
    return toProblem(error).remark;
  }
}
