import { AppError } from "../core/app-error.ts";
import type { PlatformEnv } from "../core/env.ts";
import { toBase64 } from "../core/encoding.ts";

const TIMEOUT_MS = 60_000;
const encoder = new TextEncoder();

/** The Storage API takes parts of exactly this size, bytes; only the last may be smaller. */
const PART_BYTES = 6 * 1024 * 1024;

export type ObjectUploads = ReturnType<typeof createObjectUploads>;

/** Resumable uploads into buckets as service_role (TUS 1.0). Nothing here is repeated; the store knows its offset. */
export function createObjectUploads(
  env: Pick<PlatformEnv, "SUPABASE_URL" | "SUPABASE_SECRET_KEYS">,
  doFetch: typeof fetch = fetch,
) {
  const key = env.SUPABASE_SECRET_KEYS.default;
  const endpoint = `${env.SUPABASE_URL}/storage/v1/upload/resumable`;

  async function send(url: string, method: string, headers: Record<string, string>, body?: BodyInit) {
    const credentials = { apikey: key, authorization: `Bearer ${key}`, "tus-resumable": "1.0.0" };
    try {
      const response = await doFetch(url, {
        method,
        headers: { ...credentials, ...headers },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      return response;
    } catch (cause) {
      throw new AppError("temporarily_unavailable", { cause });
    }
  }

  /** The store names itself by its public address; we reach it under our own. */
  const toReachable = (location: string) => {
    const { pathname, search } = new URL(location, endpoint);
    return new URL(pathname + search, endpoint).href;
  };

  return {
    partBytes: PART_BYTES,

    /** Opens an upload and returns its address. What lies under this name is replaced when it is complete. */
    async open(bucket: string, objectPath: string, sizeBytes: number, mimeType: string): Promise<string> {
      const metadata = { bucketName: bucket, objectName: objectPath, contentType: mimeType };
      const response = await send(endpoint, "POST", {
        "upload-length": String(sizeBytes),
        "upload-metadata": Object.entries(metadata)
          .map(([name, value]) => `${name} ${toBase64(encoder.encode(value))}`)
          .join(","),
        "x-upsert": "true",
      });
      const location = response.headers.get("location");
      if (response.status === 201 && location) return toReachable(location);
      throw failure(response, "open");
    },

    /** Bytes that are stored; null when the upload is over, finished or not. */
    async ask(uploadUrl: string): Promise<number | null> {
      const response = await send(uploadUrl, "HEAD", {});
      if (response.ok) return readOffset(response, "ask");
      if ([403, 404, 410].includes(response.status)) return null;
      throw failure(response, "ask");
    },

    /** Sends a part and returns how many bytes are stored; null when they are not where we think: ask. */
    async put(
      uploadUrl: string,
      bytes: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>,
      offset: number,
    ): Promise<number | null> {
      const headers = { "content-type": "application/offset+octet-stream", "upload-offset": String(offset) };
      const response = await send(uploadUrl, "PATCH", headers, bytes);
      if (response.ok) return readOffset(response, "put");
      if ([404, 409, 410, 423].includes(response.status)) return null;
      throw failure(response, "put");
    },
  };
}

function readOffset(response: Response, what: string): number {
  const offset = Number(response.headers.get("upload-offset") ?? NaN);
  if (!Number.isInteger(offset)) throw failure(response, what);
  return offset;
}

function failure(response: Response, what: string): AppError {
  const cause = new Error(`The Storage API answered ${response.status} to ${what}.`);
  return new AppError("temporarily_unavailable", { cause });
}
