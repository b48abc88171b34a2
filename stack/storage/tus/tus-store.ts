import { join } from "node:path";
import { DataStore, Upload } from "@tus/server";
import type { Readable } from "node:stream";
import { FileWriter } from "../file-writer.ts";
import { listFiles, removeIfPresent, sizeIfPresent } from "../files.ts";
import { parseUploadId } from "./upload-id.ts";

/** The hosted service takes parts of exactly this size; only the last may be smaller. */
export const PART_BYTES = 6 * 1024 * 1024;
const EXPIRATION_MS = 24 * 60 * 60 * 1000;

/** A refusal in the form @tus/server understands. */
export interface TusRefusal {
  readonly status_code: number;
  readonly body: string;
}

interface StoredUpload {
  readonly id: string;
  readonly size?: number;
  readonly metadata?: Record<string, string | null>;
  readonly creationDate: string;
  /** True once the upload is an object; its bytes have moved there. */
  readonly finished: boolean;
}

/**
 * Unfinished resumable uploads on disk: `<version>` holds the bytes, `<version>.json` what was announced. The
 * offset is the length of the file, so a crash loses at most what was not yet written.
 */
export class TusStore extends DataStore {
  /** Complete uploads that are becoming an object at this moment. */
  private readonly finishing = new Set<string>();

  constructor(
    private readonly dir: string,
    private readonly findLive: (versions: readonly string[]) => Promise<ReadonlySet<string>>,
  ) {
    super();
    this.extensions = [
      "creation",
      "creation-with-upload",
      "creation-defer-length",
      "termination",
      "expiration",
    ];
  }

  override async create(upload: Upload): Promise<Upload> {
    upload.creation_date = new Date().toISOString();
    await Deno.writeFile(this.pathOf(upload.id), new Uint8Array(), { createNew: true });
    await this.save({
      id: upload.id,
      size: upload.size,
      metadata: upload.metadata,
      creationDate: upload.creation_date,
      finished: false,
    });
    if (upload.size === 0) this.finishing.add(upload.id);
    return upload;
  }

  /**
   * Appends one part. A part of a wrong size is taken back, so that the client can send it again; what arrived
   * before a broken connection stays.
   */
  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const { size } = await this.readInfo(id);
    const file = await Deno.open(this.pathOf(id), { write: true });
    const writer = new FileWriter(file);
    let written = 0;
    try {
      await file.seek(offset, Deno.SeekMode.Start);
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        written += chunk.length;
        if (written > PART_BYTES) break;
        await writer.write(chunk);
      }
    } finally {
      await closeWriter(writer, file);
    }
    if (written !== PART_BYTES && offset + written !== size) {
      await Deno.truncate(this.pathOf(id), offset);
      throw wrongPartSize();
    }
    if (offset + written === size) this.finishing.add(id);
    return offset + written;
  }

  /**
   * A complete upload that never became an object (a crash, a refusal at the end) gives its last part back:
   * a client that asks for the offset would otherwise take it for done.
   */
  override async getUpload(id: string): Promise<Upload> {
    const stored = await this.readInfo(id);
    let offset = stored.finished ? stored.size! : await sizeIfPresent(this.pathOf(id));
    if (offset === null) throw notFound();
    if (!stored.finished && offset === stored.size) {
      if (this.finishing.has(id)) throw locked();
      const { version } = parseUploadId(id)!;
      if ((await this.findLive([version])).has(version)) await this.markFinished(id);
      else offset = await this.giveBackLastPart(id, offset);
    }
    const upload = new Upload({
      id,
      size: stored.size,
      offset,
      metadata: stored.metadata,
      creation_date: stored.creationDate,
    });
    return upload;
  }

  override async declareUploadLength(id: string, size: number): Promise<void> {
    await this.save({ ...await this.readInfo(id), size });
  }

  override async remove(id: string): Promise<void> {
    await this.readInfo(id);
    await removeIfPresent(this.pathOf(id));
    await removeIfPresent(this.infoPathOf(id));
  }

  override getExpiration(): number {
    return EXPIRATION_MS;
  }

  /** Removes uploads nobody finished within 24 hours. @returns how many */
  override async deleteExpired(): Promise<number> {
    let removed = 0;
    for (const name of await listFiles(this.dir)) {
      if (!name.endsWith(".json")) continue;
      const stored: StoredUpload = JSON.parse(await Deno.readTextFile(join(this.dir, name)));
      if (Date.parse(stored.creationDate) + EXPIRATION_MS > Date.now()) continue;
      await removeIfPresent(this.pathOf(stored.id));
      await removeIfPresent(join(this.dir, name));
      removed += 1;
    }
    return removed;
  }

  /** Where the bytes of an upload are. */
  pathOf(id: string): string {
    return join(this.dir, parseUploadId(id)!.version);
  }

  /** The upload is an object now; a later question for its offset is answered with its length. */
  async markFinished(id: string): Promise<void> {
    await this.save({ ...await this.readInfo(id), finished: true });
    await removeIfPresent(this.pathOf(id));
  }

  /** Ends what `write` began when the last part arrived, whether it worked or not. */
  endFinishing(id: string): void {
    this.finishing.delete(id);
  }

  private async giveBackLastPart(id: string, size: number): Promise<number> {
    const boundary = Math.floor(Math.max(size - 1, 0) / PART_BYTES) * PART_BYTES;
    await Deno.truncate(this.pathOf(id), boundary);
    return boundary;
  }

  private infoPathOf(id: string): string {
    return `${this.pathOf(id)}.json`;
  }

  /** What was announced. @throws TusRefusal 404 */
  async readInfo(id: string): Promise<StoredUpload> {
    try {
      const stored: StoredUpload = JSON.parse(await Deno.readTextFile(this.infoPathOf(id)));
      // The id names bucket and key too, and whoever holds the URL could have changed them.
      if (stored.id === id) return stored;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    throw notFound();
  }

  private async save(stored: StoredUpload): Promise<void> {
    const path = this.infoPathOf(stored.id);
    await Deno.writeTextFile(`${path}.new`, JSON.stringify(stored));
    await Deno.rename(`${path}.new`, path);
  }
}

/** What arrived is forced to disk whether or not the rest did: it counts towards the offset. */
async function closeWriter(writer: FileWriter, file: Deno.FsFile): Promise<void> {
  try {
    await writer.flush();
    await file.sync();
  } finally {
    file.close();
  }
}

function notFound(): TusRefusal {
  return { status_code: 404, body: "The file for this url was not found\n" };
}

function locked(): TusRefusal {
  return { status_code: 423, body: "The upload is being completed; try again\n" };
}

/** The refusal of a part that is neither of the right size nor the last. */
export function wrongPartSize(): TusRefusal {
  return {
    status_code: 400,
    body: `Every part must have ${PART_BYTES} bytes (6 MiB), only the last may be smaller\n`,
  };
}
