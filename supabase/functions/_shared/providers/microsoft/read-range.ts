import { ProviderApiError } from "../../core/provider-errors.ts";
import { PROVIDER } from "./error-answer.ts";
import type { RequestRange } from "./request-range.ts";

export type ReadRange = ReturnType<typeof createReadRange>;

/**
 * Reads bytes [start, end) of a file from its download address into memory. Never holds more than the bytes asked for:
 * a server that sends the whole file instead is cut off. Throws ProviderApiError as `requestRange` does.
 */
export function createReadRange(requestRange: RequestRange) {
  return async (downloadUrl: string, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = new Uint8Array(end - start);
    const { body } = await requestRange(downloadUrl, start, end);
    try {
      await fill(bytes, body!);
    } catch (error) {
      if (error instanceof ProviderApiError) throw error;
      // The cause would carry the address, which opens the file.
      throw new ProviderApiError(PROVIDER, 0, "no_answer");
    }
    return bytes;
  };
}

async function fill(bytes: Uint8Array, stream: ReadableStream<Uint8Array>): Promise<void> {
  let at = 0;
  for await (const part of stream) {
    if (at + part.length > bytes.length) {
      throw new ProviderApiError(PROVIDER, 206, "too_many_bytes");
    }
    bytes.set(part, at);
    at += part.length;
  }
  if (at < bytes.length) throw new ProviderApiError(PROVIDER, 0, "cut_off");
}
