const BUFFER_BYTES = 1024 * 1024;

/** Buffers of closed writers, used again so that a long upload leaves nothing to collect. */
const idleBuffers: Uint8Array<ArrayBuffer>[] = [];

/** Sees the bytes in order as they go to disk, for example a running hash. */
export type ByteObserver = (bytes: Uint8Array) => void;

/**
 * Writes a stream of chunks to a file from an offset on. Two buffers take turns: one fills and is observed while
 * the other goes to disk off the main thread, so memory stays flat and other requests are served meanwhile.
 */
export class BlobWriter {
  #file: Deno.FsFile;
  #observe: ByteObserver;
  #buffers = [takeBuffer(), takeBuffer()];
  #filled = 0;
  #pending: Promise<void> = Promise.resolve();

  private constructor(file: Deno.FsFile, observe: ByteObserver) {
    this.#file = file;
    this.#observe = observe;
  }

  /** Opens `path` for writing at `offset` (bytes). Rejects with NotFound when the file is gone. */
  static async open(path: string, offset: number, observe: ByteObserver): Promise<BlobWriter> {
    const file = await Deno.open(path, { write: true });
    await file.seek(offset, Deno.SeekMode.Start);
    return new BlobWriter(file, observe);
  }

  /** Takes a chunk; returns a promise when the disk is behind. */
  write(chunk: Uint8Array): void | Promise<void> {
    let at = 0;
    while (at < chunk.length) {
      const buffer = this.#buffers[0]!;
      const count = Math.min(buffer.length - this.#filled, chunk.length - at);
      buffer.set(chunk.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === buffer.length) return this.#flushThenWrite(chunk.subarray(at));
    }
  }

  /** Writes what is buffered and closes the file. */
  async close(): Promise<void> {
    try {
      await this.#flush();
      await this.#pending;
    } finally {
      this.#file.close();
      idleBuffers.push(...this.#buffers.splice(0));
    }
  }

  async #flushThenWrite(rest: Uint8Array): Promise<void> {
    await this.#flush();
    await this.write(rest);
  }

  async #flush(): Promise<void> {
    const bytes = this.#buffers[0]!.subarray(0, this.#filled);
    this.#observe(bytes);
    await this.#pending;
    this.#buffers.reverse();
    this.#filled = 0;
    this.#pending = this.#writeAll(bytes);
    this.#pending.catch(() => {});
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    let at = 0;
    while (at < bytes.length) at += await this.#file.write(bytes.subarray(at));
  }
}

function takeBuffer(): Uint8Array<ArrayBuffer> {
  return idleBuffers.pop() ?? new Uint8Array(BUFFER_BYTES);
}
