import { Buffer } from "node:buffer";
import { readMultipart } from "./multipart.ts";
import type { UserMetadata } from "./object-rows.ts";
import { readBody } from "./request-body.ts";
import { refusals } from "./storage-error.ts";

/** A file a client sends, before its bytes are read. */
export interface IncomingFile {
  readonly mimetype: string;
  readonly cacheControl: string;
  readonly contentEncoding: string | null;
  readonly userMetadata: UserMetadata | null;
  /** Announced size in bytes; null when unknown (forms, chunked bodies). */
  readonly declaredSize: number | null;
  readonly body: AsyncGenerator<Uint8Array>;
  /** Gives the body of the request back, read or not. */
  release(): Promise<void>;
}

const MAX_USER_METADATA_BYTES = 1024 * 1024;

/**
 * Reads what a client says about a file: form fields of a multipart body, headers otherwise.
 * @throws StorageError InvalidRequest for a broken form, EntityTooLarge for too much metadata
 */
export async function readIncomingFile(request: Request): Promise<IncomingFile> {
  const contentType = request.headers.get("content-type");
  if (!contentType?.startsWith("multipart/form-data")) return readRaw(request, contentType);
  const source = readBody(request.body);
  try {
    return await readForm(source, contentType);
  } catch (error) {
    await release(source);
    throw error;
  }
}

async function readForm(source: AsyncGenerator<Uint8Array>, contentType: string): Promise<IncomingFile> {
  const { fields, contentType: fileType, body } = await readMultipart(source, contentType);
  const seconds = fields.get("cacheControl");
  return {
    mimetype: fields.get("contentType") || fileType,
    cacheControl: seconds ? `max-age=${seconds}` : "no-cache",
    contentEncoding: fields.get("contentEncoding") || null,
    userMetadata: parseUserMetadata(fields.get("metadata") ?? fields.get("userMetadata")),
    declaredSize: null,
    body,
    release: () => release(source),
  };
}

function readRaw(request: Request, contentType: string | null): IncomingFile {
  const { headers } = request;
  const metadata = headers.get("x-metadata");
  const length = headers.get("content-length");
  const body = readBody(request.body);
  return {
    mimetype: contentType || "application/octet-stream",
    cacheControl: headers.get("cache-control") ?? "no-cache",
    contentEncoding: headers.get("content-encoding"),
    userMetadata: parseUserMetadata(metadata ? Buffer.from(metadata, "base64").toString("utf8") : undefined),
    declaredSize: length === null ? null : Number(length),
    body,
    release: () => release(body),
  };
}

async function release(source: AsyncGenerator<Uint8Array>): Promise<void> {
  await source.return(undefined);
}

/**
 * Reads a client's own metadata. Text that is not a JSON object is ignored, as hosted.
 * @throws StorageError EntityTooLarge above 1 MiB
 */
export function parseUserMetadata(text: string | null | undefined): UserMetadata | null {
  if (!text) return null;
  if (Buffer.byteLength(text) > MAX_USER_METADATA_BYTES) throw refusals.tooLarge("user_metadata");
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? value as UserMetadata
      : null;
  } catch {
    return null;
  }
}
