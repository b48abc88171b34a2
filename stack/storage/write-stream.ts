import { createHash } from "node:crypto";
import { FileWriter } from "./file-writer.ts";
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
  const writer = new FileWriter(file);
  try {
    const hash = createHash("md5");
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > limit) throw refusals.tooLarge();
      hash.update(chunk);
      await writer.write(chunk);
    }
    await writer.flush();
    await file.sync();
    return { size, md5: hash.digest("hex") };
  } catch (error) {
    // A write that still runs must end before the file is closed.
    await writer.flush().catch(() => {});
    throw error;
  } finally {
    file.close();
  }
}
