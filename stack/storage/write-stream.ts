import { createHash } from "node:crypto";
import { writeAll } from "./files.ts";
import { refusals } from "./storage-error.ts";

export interface WrittenFile {
  readonly size: number;
  /** Hex digest. */
  readonly md5: string;
}

/**
 * Writes a stream to a new file and forces it to disk, one chunk in memory at a time.
 * @param limit largest size in bytes
 * @throws StorageError EntityTooLarge as soon as the limit is passed
 */
export async function writeStream(
  path: string,
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<WrittenFile> {
  const file = await Deno.open(path, { write: true, createNew: true });
  try {
    const hash = createHash("md5");
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > limit) throw refusals.tooLarge();
      hash.update(chunk);
      await writeAll(file, chunk);
    }
    await file.sync();
    return { size, md5: hash.digest("hex") };
  } finally {
    file.close();
  }
}
