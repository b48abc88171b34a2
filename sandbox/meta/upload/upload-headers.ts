import { processingFailed, UploadFailure } from "./upload-failure.ts";

/** What an upload request says: bytes from an offset on, or the address of a hosted file. Sizes in bytes. */
export type UploadRequest =
  | { kind: "bytes"; offset: number; total: number; length: number }
  | { kind: "hosted"; url: string };

/** Reads the headers of an upload. Throws for missing or senseless ones, 411 for a body of unknown length. */
export function readUploadHeaders(request: Request): UploadRequest {
  const { headers } = request;
  const url = headers.get("file_url");
  const length = headers.get("content-length");
  if (url !== null) {
    if (headers.has("transfer-encoding") || Number(length ?? 0) > 0) {
      throw processingFailed("A request with file_url has no body");
    }
    return { kind: "hosted", url };
  }
  if (length === null) throw new UploadFailure("LengthRequired", "Length required", { status: 411 });
  return {
    kind: "bytes",
    offset: readSize(headers, "offset"),
    total: readSize(headers, "file_size"),
    length: Number(length),
  };
}

function readSize(headers: Headers, name: string): number {
  const value = headers.get(name) ?? "";
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw processingFailed(`Header ${name} is missing or no number`);
}
