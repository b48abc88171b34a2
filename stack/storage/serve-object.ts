import { parseByteRange } from "./byte-range.ts";
import { storedVersion } from "./object-rows.ts";
import type { ObjectRow } from "./object-rows.ts";
import { streamFile } from "./read-file.ts";
import type { Storage } from "./storage.ts";
import { refusals, StorageError } from "./storage-error.ts";

interface ServeOptions {
  /** Value of the query parameter `download`: a file name, or "" for the object's own. */
  readonly download?: string;
  /** Moment a signed URL ends, in seconds; sent instead of Cache-Control. */
  readonly expires?: number;
}

/**
 * Answers a GET or HEAD of an object: whole, a range, 304 or 416.
 * @param find reads the row; called again when the bytes vanish because the object is replaced meanwhile
 * @throws StorageError
 */
export async function serveObject(
  storage: Storage,
  request: Request,
  find: () => Promise<ObjectRow | null>,
  options: ServeOptions,
): Promise<Response> {
  const opened = await openBytes(storage, find);
  const { row, file, size } = opened;
  const headers = describeHeaders(row, options);
  let keepOpen = false;
  try {
    if (isUnchanged(request.headers, headers)) return new Response(null, { status: 304, headers });
    const range = wantsRange(request.headers, headers)
      ? parseByteRange(request.headers.get("range"), size)
      : null;
    const start = range?.start ?? 0;
    const length = range ? range.end - range.start + 1 : size;
    headers.set("content-length", String(length));
    if (range) headers.set("content-range", `bytes ${range.start}-${range.end}/${size}`);
    keepOpen = request.method !== "HEAD";
    const body = keepOpen ? streamFile(file, start, length) : null;
    return new Response(body, { status: range ? 206 : 200, headers });
  } catch (error) {
    if (!(error instanceof StorageError) || error.code !== "InvalidRange") throw error;
    return Response.json(error.toBody(), {
      status: error.httpStatus,
      headers: { "content-range": `bytes */${size}`, "accept-ranges": "bytes" },
    });
  } finally {
    if (!keepOpen) file.close();
  }
}

async function openBytes(storage: Storage, find: () => Promise<ObjectRow | null>) {
  let missing: string | null = null;
  while (true) {
    const row = await find();
    if (!row) throw refusals.noSuchKey();
    const version = storedVersion(row);
    if (!version || version === missing) throw resourceNotFound();
    try {
      const file = await Deno.open(storage.blobs.pathOf(version), { read: true });
      return { row, file, size: (await file.stat()).size };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      missing = version;
    }
  }
}

function describeHeaders(row: ObjectRow, options: ServeOptions): Headers {
  const metadata = row.metadata ?? {};
  const type = metadata.mimetype ?? "application/octet-stream";
  const headers = new Headers({
    "accept-ranges": "bytes",
    // Pages must not run on the project's own origin.
    "content-type": type.includes("text/html") ? "text/plain" : type,
    "etag": metadata.eTag ?? `"${row.version}"`,
    "last-modified": new Date(metadata.lastModified ?? row.updated_at).toUTCString(),
    "x-robots-tag": "none",
  });
  if (metadata.contentEncoding) headers.set("content-encoding", metadata.contentEncoding);
  if (options.expires !== undefined) headers.set("expires", new Date(options.expires * 1000).toUTCString());
  else headers.set("cache-control", metadata.cacheControl ?? "no-cache");
  if (options.download !== undefined) headers.set("content-disposition", describeDownload(options.download));
  return headers;
}

function describeDownload(name: string): string {
  if (name === "") return "attachment;";
  const encoded = encodeURIComponent(name);
  return `attachment; filename=${encoded}; filename*=UTF-8''${encoded};`;
}

function isUnchanged(request: Headers, response: Headers): boolean {
  const noneMatch = request.get("if-none-match");
  if (noneMatch !== null) {
    return noneMatch.split(",").some((tag) =>
      ["*", response.get("etag")].includes(tag.trim().replace(/^W\//, ""))
    );
  }
  const since = Date.parse(request.get("if-modified-since") ?? "");
  return Date.parse(response.get("last-modified")!) <= since;
}

/** If-Range asks for the whole file when it has changed since the client began. */
function wantsRange(request: Headers, response: Headers): boolean {
  const condition = request.get("if-range");
  return condition === null || condition === response.get("etag") ||
    condition === response.get("last-modified");
}

function resourceNotFound(): StorageError {
  return new StorageError({
    statusCode: 404,
    code: "NoSuchKey",
    error: "Not found",
    message: "The resource was not found",
  });
}
