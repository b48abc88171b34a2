/** Chromium hands over at most 2 MiB at a time; a larger buffer would stay empty. */
const BUFFER_BYTES = 2 * 1024 * 1024;

export interface SequentialReader {
  /**
   * The next bytes of the file, at least one and at most `limit`. They are valid until the next call.
   * Rejects when the file cannot be read any more: it was changed, moved or removed since it was picked.
   */
  read(limit: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Reads a file in order through one stream, from `offset` (bytes) on. Where the browser can fill our own buffer,
 * the same 2 MiB are used all the way: half the processor time of slicing and no garbage.
 */
export function createSequentialReader(file: Blob, offset: number): SequentialReader {
  const stream = file.slice(offset).stream();
  const byob = openByob(stream);
  return byob ? readIntoOwnBuffer(byob) : readChunks(stream.getReader());
}

function openByob(stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    return null;
  }
}

function readIntoOwnBuffer(reader: ReadableStreamBYOBReader): SequentialReader {
  let buffer = new ArrayBuffer(BUFFER_BYTES);
  return {
    async read(limit) {
      const view = new Uint8Array(buffer, 0, Math.min(limit, BUFFER_BYTES));
      const { value } = await reader.read(view);
      if (!value || value.length === 0) throw endedEarly();
      buffer = value.buffer;
      return value;
    },
    close: () => reader.cancel().catch(() => {}),
  };
}

function readChunks(reader: ReadableStreamDefaultReader<Uint8Array>): SequentialReader {
  let rest: Uint8Array = new Uint8Array(0);
  return {
    async read(limit) {
      while (rest.length === 0) {
        const { value, done } = await reader.read();
        if (done) throw endedEarly();
        rest = value;
      }
      const bytes = rest.subarray(0, limit);
      rest = rest.subarray(bytes.length);
      return bytes;
    },
    close: () => reader.cancel().catch(() => {}),
  };
}

function endedEarly(): Error {
  return new DOMException("The file is shorter than before.", "NotReadableError");
}
