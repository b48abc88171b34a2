import { writeAll } from "./files.ts";

/** Each write to disk costs a change of threads; network chunks are far smaller than this. */
const BATCH_BYTES = 1024 * 1024;

/** Collects small chunks and writes them in large ones, one being filled while the other is written. */
export class FileWriter {
  private filling = new Uint8Array(BATCH_BYTES);
  private spare = new Uint8Array(BATCH_BYTES);
  private filled = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly file: Deno.FsFile) {}

  async write(chunk: Uint8Array): Promise<void> {
    let rest = chunk;
    while (rest.length > 0) {
      const part = rest.subarray(0, BATCH_BYTES - this.filled);
      this.filling.set(part, this.filled);
      this.filled += part.length;
      rest = rest.subarray(part.length);
      if (this.filled === BATCH_BYTES) await this.startWrite();
    }
  }

  /** Writes what is left. Call it before the file is synced, truncated or closed, also after a failure. */
  async flush(): Promise<void> {
    await this.startWrite();
    await this.writing;
  }

  private async startWrite(): Promise<void> {
    await this.writing;
    const full = this.filling.subarray(0, this.filled);
    [this.filling, this.spare] = [this.spare, this.filling];
    this.filled = 0;
    this.writing = writeAll(this.file, full);
    // The next call to `await this.writing` reports a failure; it must not count as unhandled until then.
    this.writing.catch(() => {});
  }
}
