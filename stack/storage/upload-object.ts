import type { BucketRow } from "./bucket-rows.ts";
import { findBucket } from "./bucket-rows.ts";
import type { Caller } from "./caller.ts";
import { SERVER } from "./caller.ts";
import type { Storage } from "./storage.ts";
import { readIncomingFile } from "./incoming-file.ts";
import type { IncomingFile } from "./incoming-file.ts";
import {
  isFolderPlaceholder,
  requireAllowedMimeType,
  requireValidBucketName,
  requireValidKey,
} from "./names.ts";
import { findObject, insertObject, lockName, storedVersion, writeObject } from "./object-rows.ts";
import type { NewObject, ObjectMetadata, ObjectRow } from "./object-rows.ts";
import { refusals, StorageError } from "./storage-error.ts";

/** Where an upload goes and in whose name. */
export interface UploadTarget {
  readonly caller: Caller;
  readonly operation: string;
  readonly bucketId: string;
  readonly name: string;
  /** User id the object will belong to. */
  readonly owner: string | null;
  readonly upsert: boolean;
}

/**
 * Stores the file of a request: asks the policies, streams the bytes to disk, then writes the row and puts the
 * bytes in place in one transaction. Nothing is left of an upload that fails.
 */
export async function uploadObject(
  storage: Storage,
  request: Request,
  target: UploadTarget,
): Promise<ObjectRow> {
  const bucket = await openBucket(storage, target);
  const file = await readIncomingFile(request);
  try {
    return await receive(storage, bucket, file, target);
  } finally {
    await file.release();
  }
}

async function receive(storage: Storage, bucket: BucketRow, file: IncomingFile, target: UploadTarget) {
  const placeholder = isFolderPlaceholder(target.name);
  if (!placeholder) requireAllowedMimeType(file.mimetype, bucket.allowed_mime_types);
  const limit = placeholder ? 0 : sizeLimit(storage, bucket);
  if (file.declaredSize !== null && file.declaredSize > limit) throw refusals.tooLarge();
  await requireUploadAllowed(storage, target, {
    mimetype: file.mimetype,
    ...(file.declaredSize === null ? {} : { contentLength: file.declaredSize }),
  });

  const version = crypto.randomUUID();
  try {
    const { size, md5 } = await storage.blobs.receive(version, file.body, limit);
    const metadata = describeObject({ ...file, eTag: `"${md5}"`, size });
    const object: NewObject = {
      bucketId: target.bucketId,
      name: target.name,
      owner: target.owner,
      version,
      metadata,
      userMetadata: file.userMetadata,
    };
    return await commitObject(storage, target, object, () => storage.blobs.publish(version));
  } catch (error) {
    await storage.blobs.settle([version]);
    throw error;
  }
}

/** @throws StorageError NoSuchBucket, InvalidKey or InvalidBucketName */
export async function openBucket(
  storage: Storage,
  target: Pick<UploadTarget, "bucketId" | "name" | "operation">,
): Promise<BucketRow> {
  requireValidBucketName(target.bucketId);
  requireValidKey(target.name);
  const bucket = await storage.database.run(
    SERVER,
    target.operation,
    (tx) => findBucket(tx, target.bucketId),
  );
  if (!bucket) throw refusals.noSuchBucket();
  return bucket;
}

/** Largest object of a bucket, in bytes. */
export function sizeLimit(storage: Storage, bucket: BucketRow): number {
  return Math.min(bucket.file_size_limit ?? Infinity, storage.config.fileSizeLimit);
}

/**
 * Lets the policies decide by writing the row and taking it back. They see the declared type and length.
 * @throws StorageError AccessDenied, or KeyAlreadyExists without `upsert`
 */
export async function requireUploadAllowed(
  storage: Storage,
  target: UploadTarget,
  metadata: Partial<ObjectMetadata>,
): Promise<void> {
  const object: NewObject = {
    bucketId: target.bucketId,
    name: target.name,
    owner: target.owner,
    version: "1",
    metadata,
    userMetadata: null,
  };
  try {
    await storage.database.rehearse(target.caller, target.operation, async (tx) => {
      await (target.upsert ? writeObject(tx, object, true) : insertObject(tx, object));
    });
  } catch (error) {
    const isDuplicate = error instanceof StorageError && error.code === "ResourceAlreadyExists";
    throw isDuplicate ? refusals.alreadyExists("KeyAlreadyExists") : error;
  }
}

/**
 * Writes the row of received bytes. The permission was checked before the bytes came, so this runs as the
 * server; other uploads to the same name wait.
 * @param publish puts the bytes in place; its effect counts only if the transaction is committed
 */
export async function commitObject(
  storage: Storage,
  target: Pick<UploadTarget, "operation" | "upsert">,
  object: NewObject,
  publish: () => Promise<void>,
): Promise<ObjectRow> {
  let replaced: string[] = [];
  try {
    const row = await storage.database.run(SERVER, target.operation, async (tx) => {
      await lockName(tx, object.bucketId, object.name);
      const current = await findObject(tx, object.bucketId, object.name);
      if (current && !target.upsert) throw refusals.alreadyExists("KeyAlreadyExists");
      const old = storedVersion(current);
      replaced = old ? [old] : [];
      const written = await writeObject(tx, object, target.upsert);
      await storage.blobs.condemn(replaced);
      await publish();
      return written;
    });
    await storage.blobs.conclude({ kept: [object.version], gone: replaced });
    return row;
  } catch (error) {
    await storage.blobs.settle(replaced);
    throw error;
  }
}

/** System metadata of bytes that are on disk. */
export function describeObject(
  file: {
    readonly eTag: string;
    readonly size: number;
    readonly mimetype: string;
    readonly cacheControl: string;
    readonly contentEncoding: string | null;
  },
): ObjectMetadata {
  return {
    eTag: file.eTag,
    size: file.size,
    mimetype: file.mimetype,
    cacheControl: file.cacheControl,
    lastModified: new Date().toISOString(),
    contentLength: file.size,
    httpStatusCode: 200,
    ...(file.contentEncoding ? { contentEncoding: file.contentEncoding } : {}),
  };
}
