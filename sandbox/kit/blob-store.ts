import { join } from "node:path";

/** Bytes of stored files, one plain file each, in a folder of the data directory. */
export class BlobStore {
  #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, "blobs");
    Deno.mkdirSync(this.#folder, { recursive: true });
  }

  /** A new, empty blob; returns its id. */
  create(): string {
    const id = crypto.randomUUID();
    Deno.writeFileSync(this.path(id), new Uint8Array());
    return id;
  }

  path(id: string): string {
    return join(this.#folder, id);
  }

  /** Transfers that already opened the blob go on; a blob that is not there is fine. */
  async remove(id: string): Promise<void> {
    await Deno.remove(this.path(id)).catch(ignoreMissing);
  }

  /** Removes every blob whose id is not in `wanted`. */
  async sweep(wanted: ReadonlySet<string>): Promise<void> {
    for await (const entry of Deno.readDir(this.#folder)) {
      if (!wanted.has(entry.name)) await this.remove(entry.name);
    }
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
