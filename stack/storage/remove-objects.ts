import type { Caller } from "./caller.ts";
import type { Tx } from "./database.ts";
import { storedVersion } from "./object-rows.ts";
import type { ObjectRow } from "./object-rows.ts";
import type { Storage } from "./storage.ts";

/**
 * Deletes rows and their bytes. The bytes go after the commit; the versions are noted before it, so that a
 * crash in between leaves neither a row without bytes nor bytes without a row.
 * @param deleteRows deletes in the caller's name and answers what was deleted
 */
export async function removeObjects(
  storage: Storage,
  caller: Caller,
  operation: string,
  deleteRows: (tx: Tx) => Promise<ObjectRow[]>,
): Promise<ObjectRow[]> {
  let versions: string[] = [];
  try {
    const rows = await storage.database.run(caller, operation, async (tx) => {
      const deleted = await deleteRows(tx);
      versions = deleted.flatMap((row) => storedVersion(row) ?? []);
      await storage.blobs.condemn(versions);
      return deleted;
    });
    await storage.blobs.conclude({ gone: versions });
    return rows;
  } catch (error) {
    await storage.blobs.settle(versions);
    throw error;
  }
}
