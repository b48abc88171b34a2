const CHUNK_BYTES = 256 * 1024;

/**
 * Bytes `start` to `end` (inclusive) of a file as a stream. The file is opened at the first read, so a stream that
 * nobody reads holds nothing, and one that was opened survives the file's removal.
 */
export function streamBlob(
  path: string,
  start: number,
  end: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let file: Deno.FsFile | null = null;
  let at = start;
  const close = () => {
    file?.close();
    file = null;
  };
  return new ReadableStream({
    async pull(controller) {
      if (file === null) {
        file = await Deno.open(path);
        await file.seek(start, Deno.SeekMode.Start);
      }
      const chunk = new Uint8Array(Math.min(CHUNK_BYTES, end + 1 - at));
      const count = await file.read(chunk) ?? 0;
      at += count;
      if (count > 0) controller.enqueue(chunk.subarray(0, count));
      if (count === 0 || at > end) {
        close();
        controller.close();
      }
    },
    cancel: close,
  }, { highWaterMark: 0 });
}
