import type { BlobStore } from "./blob-store.ts";
import { createBlobStore } from "./blob-store.ts";
import { SERVER } from "./caller.ts";
import type { StorageConfig } from "./config.ts";
import { createDatabase } from "./database.ts";
import type { Database } from "./database.ts";
import { findVersions } from "./object-rows.ts";
import { createUrlTokens } from "./url-tokens.ts";
import type { UrlTokens } from "./url-tokens.ts";

/** What every route works with. */
export interface Storage {
  readonly config: StorageConfig;
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly tokens: UrlTokens;
  /** Which of these versions have a row. */
  findLive(versions: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Opens the database and the data directory. */
export async function openStorage(config: StorageConfig): Promise<Storage> {
  const database = createDatabase(config.databaseUrl);
  const findLive = (versions: readonly string[]) =>
    database.run(SERVER, "storage.sweep", (tx) => findVersions(tx, versions));
  const blobs = await createBlobStore(config.dataDir, findLive);
  return { config, database, blobs, tokens: createUrlTokens(config.jwtSecret), findLive };
}
