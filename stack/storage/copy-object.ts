import { Buffer } from "node:buffer";
import type { Caller } from "./caller.ts";
import { parseUserMetadata } from "./incoming-file.ts";
import { findObject, storedVersion } from "./object-rows.ts";
import type { ObjectMetadata, ObjectRow } from "./object-rows.ts";
import type { Storage } from "./storage.ts";
import { refusals } from "./storage-error.ts";
import { commitObject, openBucket, requireUploadAllowed } from "./upload-object.ts";

export interface CopyRequest {
  readonly caller: Caller;
  readonly bucketId: string;
  readonly sourceKey: string;
  readonly destinationBucket?: string;
  readonly destinationKey: string;
  readonly upsert: boolean;
  /** False applies `metadata` and the header's metadata instead of the source's own. */
  readonly copyMetadata?: boolean;
  readonly metadata?: Partial<Pick<ObjectMetadata, "cacheControl" | "mimetype" | "contentEncoding">>;
  /** Base64 of a JSON object. */
  readonly userMetadataHeader?: string;
}

const OPERATION = "storage.object.copy";

/** Copies an object within a bucket or to another one: SELECT on the source, INSERT at the destination. */
export async function copyObject(storage: Storage, request: CopyRequest): Promise<ObjectRow> {
  const { caller } = request;
  const target = {
    caller,
    operation: OPERATION,
    bucketId: request.destinationBucket ?? request.bucketId,
    name: request.destinationKey,
    owner: caller.sub,
    upsert: request.upsert,
  };
  await openBucket(storage, target);
  const source = await storage.database.run(
    caller,
    OPERATION,
    (tx) => findObject(tx, request.bucketId, request.sourceKey),
  );
  const sourceVersion = storedVersion(source);
  if (!source || !sourceVersion) throw refusals.noSuchKey();
  const keepMetadata = request.copyMetadata ?? true;
  const metadata = {
    ...source.metadata,
    ...(keepMetadata ? {} : request.metadata),
    lastModified: new Date().toISOString(),
  };
  await requireUploadAllowed(storage, target, metadata);

  const version = crypto.randomUUID();
  try {
    await storage.blobs.copy(sourceVersion, version);
    const header = request.userMetadataHeader;
    const object = {
      bucketId: target.bucketId,
      name: target.name,
      owner: target.owner,
      version,
      metadata,
      userMetadata: keepMetadata
        ? source.user_metadata
        : parseUserMetadata(header ? Buffer.from(header, "base64").toString("utf8") : null),
    };
    return await commitObject(storage, target, object, () => storage.blobs.publish(version));
  } catch (error) {
    await storage.blobs.settle([version]);
    if (error instanceof Deno.errors.NotFound) throw refusals.noSuchKey();
    throw error;
  }
}
