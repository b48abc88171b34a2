import { findBucket } from "./bucket-rows.ts";
import type { Caller } from "./caller.ts";
import { deleteObjects, listNames } from "./object-rows.ts";
import { removeObjects } from "./remove-objects.ts";
import type { Storage } from "./storage.ts";
import { refusals } from "./storage-error.ts";

const OPERATION = "storage.bucket.empty";
const BATCH = 500;

/**
 * Deletes all objects of a bucket the caller may see and delete, a batch at a time.
 * @throws StorageError AccessDenied when the caller sees objects it may not delete
 */
export async function emptyBucket(storage: Storage, caller: Caller, bucketId: string): Promise<void> {
  const bucket = await storage.database.run(caller, OPERATION, (tx) => findBucket(tx, bucketId));
  if (!bucket) throw refusals.noSuchBucket();
  while (true) {
    const names = await storage.database.run(caller, OPERATION, (tx) => listNames(tx, bucketId, BATCH));
    if (names.length === 0) return;
    const deleted = await removeObjects(
      storage,
      caller,
      OPERATION,
      (tx) => deleteObjects(tx, bucketId, names),
    );
    if (deleted.length < names.length) {
      const gone = new Set(deleted.map((row) => row.name));
      const left = names.filter((name) => !gone.has(name)).join(" ,");
      throw refusals.accessDenied(`Cannot delete: ${left}, you may have SELECT but not DELETE permissions`);
    }
  }
}
