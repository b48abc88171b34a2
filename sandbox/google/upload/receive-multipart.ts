import { BlobWriter } from "../../kit/blob-writer.ts";
import type { ApiCall } from "../api/api-call.ts";
import { badRequest } from "../google-failure.ts";

/** Metadata and part headers are not longer than this, in bytes. */
const MAX_HEAD_BYTES = 1024 * 1024;
const BLANK_LINE = "\r\n\r\n";

export interface MultipartUpload {
  /** Text of the first part. */
  metadata: string;
  /** Type of the second part, whose bytes lie in `blob`. */
  mimeType: string | null;
  blob: string;
  /** Bytes. */
  size: number;
}

/**
 * Reads a `multipart/related` body of two parts (RFC 2387): the first is kept as text, the second goes to disk as it
 * arrives, closing delimiter included, which is cut off at the end. Throws 400 for a body of another form.
 */
export async function receiveMultipart({ kit, request, exchange }: ApiCall): Promise<MultipartUpload> {
  const boundary = /boundary="?([^";]+)"?/.exec(request.headers.get("content-type") ?? "")?.[1];
  if (boundary === undefined) throw malformed();
  const head = new MultipartHead(boundary);
  const blob = kit.blobs.create();
  try {
    let written = 0;
    const writer = await BlobWriter.open(kit.blobs.path(blob), 0, (bytes) => void (written += bytes.length));
    try {
      await exchange.body.pump((chunk) => {
        const rest = head.take(chunk);
        if (rest.length > 0) return writer.write(rest);
      });
    } finally {
      await writer.close();
    }
    const parsed = head.parsed;
    const size = await cutDelimiter(kit.blobs.path(blob), written, boundary);
    if (parsed === null || size === null) throw malformed();
    return { ...parsed, blob, size };
  } catch (error) {
    await kit.blobs.remove(blob);
    throw error;
  }
}

/** Everything before the bytes of the second part. */
class MultipartHead {
  parsed: { metadata: string; mimeType: string | null } | null = null;
  #boundary: string;
  #bytes: number[] = [];

  constructor(boundary: string) {
    this.#boundary = boundary;
  }

  /** Takes what belongs to the head; returns what belongs to the second part. */
  take(chunk: Uint8Array): Uint8Array {
    if (this.parsed !== null) return chunk;
    if (this.#bytes.length > MAX_HEAD_BYTES) return new Uint8Array();
    const before = this.#bytes.length;
    for (const byte of chunk.subarray(0, MAX_HEAD_BYTES)) this.#bytes.push(byte);
    const length = this.#parse(new Uint8Array(this.#bytes));
    return length === null ? new Uint8Array() : chunk.subarray(length - before);
  }

  /** The length of the head in bytes once it is complete. */
  #parse(bytes: Uint8Array): number | null {
    const text = [...bytes].map((byte) => String.fromCharCode(byte)).join("");
    const delimiter = `--${this.#boundary}\r\n`;
    const first = text.indexOf(BLANK_LINE, text.indexOf(delimiter));
    const second = text.indexOf(`\r\n${delimiter}`, first);
    const end = text.indexOf(BLANK_LINE, second + delimiter.length);
    if (!text.startsWith(delimiter) || first < 0 || second < 0 || end < 0) return null;
    const metadata = new TextDecoder().decode(bytes.subarray(first + BLANK_LINE.length, second));
    const mimeType = /^content-type:\s*(.+?)\s*$/im.exec(text.slice(second, end))?.[1] ?? null;
    this.parsed = { metadata, mimeType };
    return end + BLANK_LINE.length;
  }
}

/** Cuts the closing delimiter off the end of a file; returns the length left, null when there is none. */
async function cutDelimiter(path: string, length: number, boundary: string): Promise<number | null> {
  const tailStart = Math.max(0, length - boundary.length - 16);
  using file = await Deno.open(path, { read: true, write: true });
  await file.seek(tailStart, Deno.SeekMode.Start);
  const tail = new Uint8Array(length - tailStart);
  for (let at = 0; at < tail.length;) at += await file.read(tail.subarray(at)) ?? tail.length;
  const text = String.fromCharCode(...tail);
  const at = text.lastIndexOf(`\r\n--${boundary}--`);
  if (at < 0) return null;
  await file.truncate(tailStart + at);
  return tailStart + at;
}

function malformed() {
  return badRequest("Malformed multipart body.", "badContent");
}
