import { Buffer } from "node:buffer";
import { refusals } from "./storage-error.ts";

/** The file of a form, and the fields that stand before it. */
export interface MultipartFile {
  readonly fields: ReadonlyMap<string, string>;
  /** Declared type of the file. */
  readonly contentType: string;
  /** Bytes of the file. Reading to the end also reads the rest of the form. */
  readonly body: AsyncGenerator<Uint8Array>;
}

const MAX_FIELDS = 10;
const MAX_FIELD_BYTES = 1024 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;
const HEADER_END = Buffer.from("\r\n\r\n");

/**
 * Reads a multipart/form-data body up to its first file without holding the file in memory.
 * @param source chunks of the body
 * @throws StorageError InvalidRequest when the form is broken or has no file
 */
export async function readMultipart(
  source: AsyncGenerator<Uint8Array>,
  contentType: string,
): Promise<MultipartFile> {
  const form = new FormReader(source, readBoundary(contentType));
  const fields = new Map<string, string>();
  await form.skipPreamble();
  while (await form.hasPart()) {
    const headers = await form.readHeaders();
    const { name, isFile } = readDisposition(headers.get("content-disposition") ?? "");
    if (isFile) {
      return {
        fields,
        contentType: headers.get("content-type") ?? "application/octet-stream",
        body: form.readLastPart(),
      };
    }
    if (fields.size >= MAX_FIELDS) throw refusals.noContent("reach fields limit");
    fields.set(name, await form.readText());
  }
  throw refusals.noContent();
}

/** Cuts the byte stream at its delimiters, holding at most a chunk and a delimiter. */
class FormReader {
  private readonly delimiter: Buffer;
  /** The first delimiter has no line break before it; this one stands in for it. */
  private buffered: Buffer = Buffer.from("\r\n");

  constructor(private readonly source: AsyncGenerator<Uint8Array>, boundary: string) {
    this.delimiter = Buffer.from(`\r\n--${boundary}`);
  }

  /** Reads past the first delimiter; what stands before it has no meaning. */
  async skipPreamble(): Promise<void> {
    for await (const _skipped of this.readPart());
  }

  /** Whether the delimiter just read begins a part or ends the form. */
  async hasPart(): Promise<boolean> {
    while (this.buffered.length < 2) await this.fill();
    return this.buffered.subarray(0, 2).toString("latin1") !== "--";
  }

  async readHeaders(): Promise<Headers> {
    let end = this.buffered.indexOf(HEADER_END);
    while (end < 0) {
      if (this.buffered.length > MAX_HEADER_BYTES) throw refusals.noContent("Malformed part header");
      await this.fill();
      end = this.buffered.indexOf(HEADER_END);
    }
    const lines = this.buffered.subarray(0, end).toString("utf8").split("\r\n").filter(Boolean);
    this.buffered = this.buffered.subarray(end + HEADER_END.length);
    const headers = new Headers();
    for (const line of lines) {
      const colon = line.indexOf(":");
      const value = line.slice(colon + 1).trim();
      // Header values are Latin-1 to the platform; names of files are not needed.
      if (colon > 0) headers.set(line.slice(0, colon).trim(), value.replace(/[^\x20-\x7e]/g, "?"));
    }
    return headers;
  }

  async readText(): Promise<string> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of this.readPart()) {
      size += chunk.length;
      if (size > MAX_FIELD_BYTES) throw refusals.tooLarge("user_metadata");
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  }

  async *readLastPart(): AsyncGenerator<Uint8Array> {
    yield* this.readPart();
    // A second file is not taken; reading on lets the client finish sending.
    for await (const _rest of this.source);
  }

  /** Bytes up to the next delimiter, which is consumed. */
  private async *readPart(): AsyncGenerator<Uint8Array> {
    while (true) {
      const found = this.buffered.indexOf(this.delimiter);
      if (found >= 0) {
        const last = this.buffered.subarray(0, found);
        this.buffered = this.buffered.subarray(found + this.delimiter.length);
        if (last.length > 0) yield last;
        return;
      }
      const safe = this.buffered.length - this.delimiter.length + 1;
      if (safe > 0) {
        const chunk = this.buffered.subarray(0, safe);
        this.buffered = this.buffered.subarray(safe);
        yield chunk;
      }
      await this.fill();
    }
  }

  private async fill(): Promise<void> {
    const { done, value } = await this.source.next();
    if (done) throw refusals.noContent("Unexpected end of form");
    this.buffered = Buffer.concat([this.buffered, value]);
  }
}

function readBoundary(contentType: string): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (!boundary) throw refusals.noContent("Multipart: Boundary not found");
  return boundary;
}

function readDisposition(value: string): { name: string; isFile: boolean } {
  const name = /;\s*name="([^"]*)"/i.exec(value)?.[1] ?? "";
  return { name, isFile: /;\s*filename\*?=/i.test(value) };
}
