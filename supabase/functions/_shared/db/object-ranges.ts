import { AppError } from "../core/app-error.ts";
import type { PlatformEnv } from "../core/env.ts";

const TIMEOUT_MS = 60_000;

export type ObjectRanges = ReturnType<typeof createObjectRanges>;

/** Reads parts of stored objects as service_role. Throws AppError temporarily_unavailable. */
export function createObjectRanges(
  env: Pick<PlatformEnv, "SUPABASE_URL" | "SUPABASE_SECRET_KEYS">,
  doFetch: typeof fetch = fetch,
) {
  const key = env.SUPABASE_SECRET_KEYS.default;

  async function request(bucket: string, objectPath: string, start: number, end: number): Promise<Response> {
    const url = `${env.SUPABASE_URL}/storage/v1/object/authenticated/${bucket}/${objectPath}`;
    try {
      const response = await doFetch(url, {
        headers: {
          apikey: key,
          authorization: `Bearer ${key}`,
          range: `bytes=${start}-${end - 1}`,
          "accept-encoding": "identity",
        },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const isPart = response.headers.get("content-range")?.startsWith(`bytes ${start}-${end - 1}/`);
      if (response.status === 206 && isPart) return response;
      await response.body?.cancel();
      throw new Error(`The Storage API answered ${response.status} to a range.`);
    } catch (cause) {
      throw new AppError("temporarily_unavailable", { cause });
    }
  }

  async function read(bucket: string, objectPath: string, start: number, end: number) {
    const response = await request(bucket, objectPath, start, end);
    const bytes = new Uint8Array(end - start);
    let at = 0;
    try {
      for await (const part of response.body ?? []) {
        bytes.set(part, at);
        at += part.length;
      }
    } catch (cause) {
      throw new AppError("temporarily_unavailable", { cause });
    }
    if (at < bytes.length) throw new AppError("temporarily_unavailable");
    return bytes;
  }

  return {
    /** Bytes [start, end) in memory. */
    read,

    /** Bytes [start, end) to be the body of one request: the answer's own stream where it tells its length. */
    async open(bucket: string, objectPath: string, start: number, end: number) {
      const { body, headers } = await request(bucket, objectPath, start, end);
      if (body && headers.get("content-length") === String(end - start)) return body;
      await body?.cancel();
      return await read(bucket, objectPath, start, end);
    },
  };
}
