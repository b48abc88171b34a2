import { join } from "node:path";

const WRITE_DELAY_MS = 250;

/**
 * Keeps the state of all providers in one JSON file, so that accounts and files survive a restart. Written soon
 * after a change and on close, under another name first, so that the file is always whole.
 */
export class Journal {
  #path: string;
  #snapshot: () => unknown;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(dataDir: string, snapshot: () => unknown) {
    Deno.mkdirSync(dataDir, { recursive: true });
    this.#path = join(dataDir, "state.json");
    this.#snapshot = snapshot;
  }

  /** The state of the last run; null on a first start. Throws when the file cannot be read. */
  async load(): Promise<unknown> {
    try {
      return JSON.parse(await Deno.readTextFile(this.#path));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw new Error(`${this.#path} is damaged; delete it to start with empty accounts.`, { cause: error });
    }
  }

  /** Tells that something changed. */
  touch(): void {
    this.#timer ??= setTimeout(() => void this.flush(), WRITE_DELAY_MS);
  }

  /** Writes the present state; resolves when it is on disk. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.catch(() => {}).then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const temporary = `${this.#path}.new`;
    await Deno.writeTextFile(temporary, JSON.stringify(this.#snapshot()));
    await Deno.rename(temporary, this.#path);
  }
}
