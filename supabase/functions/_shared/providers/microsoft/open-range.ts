import type { ReadRange } from "./read-range.ts";
import type { RequestRange } from "./request-range.ts";

/** What a request takes as its body without becoming chunked, which upload servers refuse. */
export type RangeBody = ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>;

export type OpenRange = ReturnType<typeof createOpenRange>;

/**
 * Bytes [start, end) of a file, to be the body of one upload request. The answer's own stream, which nobody may touch
 * before: then the runtime passes the bytes on outside of JavaScript and declares their length. When they break off,
 * so does the request they are in. Throws ProviderApiError as `requestRange` does.
 */
export function createOpenRange(requestRange: RequestRange, readRange: ReadRange) {
  return async (downloadUrl: string, start: number, end: number): Promise<RangeBody> => {
    const { body, headers } = await requestRange(downloadUrl, start, end);
    if (body && headers.get("content-length") === String(end - start)) return body;
    await body?.cancel();
    return await readRange(downloadUrl, start, end);
  };
}
