import { join } from "node:path";
import { listFiles, removeIfPresent, syncDirectory } from "./files.ts";
import { writeStream } from "./write-stream.ts";
import type { WrittenFile } from "./write-stream.ts";

/** Answers which of these versions have a row in the database. */
export type FindLive = (versions: readonly string[]) => Promise<ReadonlySet<string>>;

/**
 * Bytes on disk, one file per object version, named by the version's uuid. The row in the database decides what
 * exists. Whenever a file may lack its row for a moment, a note with its name stands in `journal/`; a note that
 * outlives its request (a crash) is settled by `settle`: no row, no file.
 */
export interface BlobStore {
  /** Streams bytes into a new version that nobody sees yet. @throws StorageError when larger than `limit` */
  receive(version: string, body: AsyncIterable<Uint8Array>, limit: number): Promise<WrittenFile>;
  /** Puts received bytes in their place; called inside the transaction that writes the row. */
  publish(version: string): Promise<void>;
  /** Publishes a file that stays where it is until the caller removes it. */
  adopt(version: string, path: string): Promise<void>;
  /** Makes a second version with the same bytes, to be published. */
  copy(from: string, to: string): Promise<void>;
  /** Notes versions whose rows are about to be deleted; called inside that transaction. */
  condemn(versions: readonly string[]): Promise<void>;
  /** After a commit: `kept` have their rows, `gone` have lost theirs. */
  conclude(outcome: { readonly kept?: readonly string[]; readonly gone?: readonly string[] }): Promise<void>;
  /**
   * After a failure, when nobody knows whether the transaction was committed: asks the database and removes
   * what has no row. While the database is away the notes stay for the next sweep.
   */
  settle(versions: readonly string[]): Promise<void>;
  /** Settles what crashed requests left behind. Leaves running requests alone. */
  sweep(): Promise<void>;
  pathOf(version: string): string;
}

/** Opens the store below `dataDir`, making its folders. Only one process may use it at a time. */
export async function createBlobStore(dataDir: string, findLive: FindLive): Promise<BlobStore> {
  const receivingDir = join(dataDir, "receiving");
  const objectsDir = join(dataDir, "objects");
  const journalDir = join(dataDir, "journal");
  for (const dir of [receivingDir, objectsDir, journalDir]) await Deno.mkdir(dir, { recursive: true });
  /** Versions of requests that run now. */
  const busy = new Set<string>();

  const folderOf = (version: string) => join(objectsDir, version.slice(0, 2));
  const pathOf = (version: string) => join(folderOf(version), version);
  const note = async (version: string) => {
    busy.add(version);
    await Deno.writeTextFile(join(journalDir, version), "");
  };

  async function strike(version: string, keep: boolean): Promise<void> {
    if (!keep) {
      await removeIfPresent(join(receivingDir, version));
      await removeIfPresent(pathOf(version));
    }
    await removeIfPresent(join(journalDir, version));
    busy.delete(version);
  }

  async function settle(versions: readonly string[]): Promise<void> {
    if (versions.length === 0) return;
    try {
      const live = await findLive(versions);
      for (const version of versions) await strike(version, live.has(version));
    } catch (error) {
      for (const version of versions) busy.delete(version);
      console.error(`Storage: ${versions.length} files wait for the next sweep:`, error);
    }
  }

  return {
    pathOf,
    receive: async (version, body, limit) => {
      await note(version);
      return await writeStream(join(receivingDir, version), body, limit);
    },
    publish: async (version) => {
      await Deno.mkdir(folderOf(version), { recursive: true });
      await Deno.rename(join(receivingDir, version), pathOf(version));
      await syncDirectory(folderOf(version));
    },
    adopt: async (version, path) => {
      await note(version);
      await Deno.mkdir(folderOf(version), { recursive: true });
      await removeIfPresent(pathOf(version));
      await Deno.link(path, pathOf(version));
      await syncDirectory(folderOf(version));
    },
    copy: async (from, to) => {
      await note(to);
      await Deno.copyFile(pathOf(from), join(receivingDir, to));
      const file = await Deno.open(join(receivingDir, to), { read: true });
      await file.sync().finally(() => file.close());
    },
    condemn: async (versions) => {
      for (const version of versions) await note(version);
    },
    conclude: async ({ kept = [], gone = [] }) => {
      for (const version of kept) await strike(version, true);
      for (const version of gone) await strike(version, false);
    },
    settle,
    sweep: async () => {
      const notes = await listFiles(journalDir);
      await settle(notes.filter((version) => !busy.has(version)));
    },
  };
}
