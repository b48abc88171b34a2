/** Bytes held in memory per reader. */
const CHUNK_BYTES = 256 * 1024;

/**
 * Streams part of a file; a chunk is read when the client has taken the one before. The file is closed at the
 * end, on an error and when the client goes away.
 */
export function streamFile(file: Deno.FsFile, start: number, length: number): ReadableStream<Uint8Array> {
  let left = length;
  let closed = false;
  const close = () => {
    if (!closed) file.close();
    closed = true;
  };
  return new ReadableStream<Uint8Array>({
    async start() {
      if (start > 0) await file.seek(start, Deno.SeekMode.Start);
    },
    async pull(controller) {
      try {
        const buffer = new Uint8Array(Math.min(CHUNK_BYTES, left));
        const read = left === 0 ? null : await file.read(buffer);
        if (read === null) {
          close();
          // A short file must not look like a complete answer.
          return left === 0
            ? controller.close()
            : controller.error(new Error("The stored file is too short."));
        }
        left -= read;
        controller.enqueue(buffer.subarray(0, read));
      } catch (error) {
        close();
        controller.error(error);
      }
    },
    cancel: close,
  }, { highWaterMark: 0 });
}
