const MAX_MOVIE_BYTES = 64 * 1024 * 1024;

/** One box of an MP4 or QuickTime file; `data` is its payload. */
export interface Mp4Box {
  type: string;
  data: DataView;
}

/** The boxes inside a payload, in order. Stops at the first damaged one. */
export function* readBoxes(data: DataView): Generator<Mp4Box> {
  let at = 0;
  while (at + 8 <= data.byteLength) {
    const header = readHeader(new DataView(data.buffer, data.byteOffset + at, data.byteLength - at));
    const size = header.size === 0 ? data.byteLength - at : header.size;
    if (size < header.length || at + size > data.byteLength) return;
    const start = data.byteOffset + at + header.length;
    yield { type: header.type, data: new DataView(data.buffer, start, size - header.length) };
    at += size;
  }
}

/** Follows a chain of box types downwards; null when one is missing. */
export function findBox(data: DataView, ...types: string[]): DataView | null {
  let found: DataView | null = data;
  for (const type of types) {
    const parent: DataView = found;
    found = [...readBoxes(parent)].find((box) => box.type === type)?.data ?? null;
    if (found === null) return null;
  }
  return found;
}

/** Reads the `moov` box of a file, skipping over the media; null when there is none of sensible size. */
export async function readMovieBox(path: string): Promise<DataView | null> {
  using file = await Deno.open(path);
  const { size: fileSize } = await file.stat();
  let at = 0;
  while (at + 8 <= fileSize) {
    const header = readHeader(await readAt(file, at, Math.min(16, fileSize - at)));
    const size = header.size === 0 ? fileSize - at : header.size;
    if (size < header.length || at + size > fileSize) return null;
    if (header.type === "moov") {
      return size > MAX_MOVIE_BYTES ? null : await readAt(file, at + header.length, size - header.length);
    }
    at += size;
  }
  return null;
}

function readHeader(view: DataView): { type: string; size: number; length: number } {
  const type = String.fromCharCode(...[4, 5, 6, 7].map((at) => view.getUint8(at)));
  const size = view.getUint32(0);
  if (size !== 1 || view.byteLength < 16) return { type, size, length: 8 };
  return { type, size: Number(view.getBigUint64(8)), length: 16 };
}

async function readAt(file: Deno.FsFile, offset: number, length: number): Promise<DataView> {
  await file.seek(offset, Deno.SeekMode.Start);
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return new DataView(bytes.buffer, 0, filled);
}
