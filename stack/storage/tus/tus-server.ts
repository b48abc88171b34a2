import { createHash } from "node:crypto";
import { MemoryLocker, Server } from "@tus/server";
import type { Upload } from "@tus/server";
import type { Caller } from "../caller.ts";
import { parseUserMetadata } from "../incoming-file.ts";
import { requireAllowedMimeType, requireValidBucketName, requireValidKey } from "../names.ts";
import type { ObjectMetadata } from "../object-rows.ts";
import type { Storage } from "../storage.ts";
import { StorageError } from "../storage-error.ts";
import {
  commitObject,
  describeObject,
  openBucket,
  requireUploadAllowed,
  sizeLimit,
} from "../upload-object.ts";
import type { UploadTarget } from "../upload-object.ts";
import { PART_BYTES, wrongPartSize } from "./tus-store.ts";
import type { TusStore } from "./tus-store.ts";
import { decodeUploadId, encodeUploadId, formatUploadId, parseUploadId } from "./upload-id.ts";

/** Who sends a request; decided before the TUS server sees it. */
export interface TusCaller {
  readonly operation: string;
  readonly isSigned: boolean;
  /**
   * Checks the credential against the object.
   * @throws StorageError
   */
  authorize(
    bucketId: string,
    name: string,
  ): Promise<{ caller: Caller; owner: string | null; upsert: boolean }>;
}

const PATH = "/upload/resumable";

/**
 * The TUS protocol on top of our rules: bucket and key come from Upload-Metadata, the policies are asked at
 * every request that changes something, and the last part turns the upload into an object.
 * @param callerOf finds what the route has put beside the request
 */
export function createTusServer(
  storage: Storage,
  store: TusStore,
  callerOf: (request: Request) => TusCaller,
): Server {
  async function findTarget(request: Request, id: string): Promise<UploadTarget> {
    const { bucketId, name } = parseUploadId(id)!;
    const { operation, authorize } = callerOf(request);
    return { operation, bucketId, name, ...await authorize(bucketId, name) };
  }

  async function findLimit(request: Request, id: string | null): Promise<number> {
    if (!id) return storage.config.fileSizeLimit;
    const { bucketId, name } = parseUploadId(id)!;
    const { operation } = callerOf(request);
    return sizeLimit(storage, await openBucket(storage, { bucketId, name, operation }));
  }

  async function admit(request: Request, id: string): Promise<void> {
    if (request.method === "HEAD" || request.method === "OPTIONS") return;
    if (Number(request.headers.get("content-length") ?? 0) > PART_BYTES) throw wrongPartSize();
    // A new upload has no file yet; `prepare` asks the policies when its metadata has been read.
    if (request.method === "POST") return;
    const { size, metadata } = await store.readInfo(id);
    await requireUploadAllowed(storage, await findTarget(request, id), declare(metadata, size));
  }

  async function prepare(request: Request, upload: Upload): Promise<{ metadata: Upload["metadata"] }> {
    const target = await findTarget(request, upload.id);
    const bucket = await openBucket(storage, target);
    const metadata = { ...upload.metadata };
    // Without a declared type the bucket's list is not consulted, as hosted.
    if (metadata.contentType) requireAllowedMimeType(metadata.contentType, bucket.allowed_mime_types);
    await requireUploadAllowed(storage, target, declare(metadata, upload.size));
    metadata.cacheControl = /^-?\d+$/.test(metadata.cacheControl ?? "")
      ? `max-age=${metadata.cacheControl}`
      : "no-cache";
    return { metadata };
  }

  async function finish(request: Request, upload: Upload) {
    try {
      const target = await findTarget(request, upload.id);
      const { version } = parseUploadId(upload.id)!;
      const size = upload.size!;
      const parts = Math.max(1, Math.ceil(size / PART_BYTES));
      const metadata = describeObject({
        eTag: `"${createHash("md5").update(version).digest("hex")}-${parts}"`,
        size,
        mimetype: upload.metadata?.contentType || "application/octet-stream",
        cacheControl: upload.metadata?.cacheControl || "no-cache",
        contentEncoding: upload.metadata?.contentEncoding || null,
      });
      const object = {
        bucketId: target.bucketId,
        name: target.name,
        owner: target.owner,
        version,
        metadata,
        userMetadata: parseUserMetadata(upload.metadata?.metadata),
      };
      const publish = () => storage.blobs.adopt(version, store.pathOf(upload.id));
      await commitObject(storage, target, object, publish).catch(async (error) => {
        await storage.blobs.settle([version]);
        throw error;
      });
      await store.markFinished(upload.id);
      return { headers: { "Tus-Complete": "1" } };
    } finally {
      store.endFinishing(upload.id);
    }
  }

  return new Server({
    path: PATH,
    datastore: store,
    locker: new MemoryLocker(),
    disableTerminationForFinishedUploads: true,
    maxSize: findLimit,
    namingFunction: (_request, metadata) => {
      const bucketId = metadata?.bucketName ?? "";
      const name = metadata?.objectName ?? "";
      requireValidBucketName(bucketId);
      requireValidKey(name);
      return formatUploadId({ bucketId, name, version: crypto.randomUUID() });
    },
    generateUrl: (request, { id }) => {
      const suffix = callerOf(request).isSigned ? "/sign" : "";
      return `${storage.config.publicApiUrl}/storage/v1${PATH}${suffix}/${encodeUploadId(id)}`;
    },
    getFileIdFromRequest: (_request, segment) => decodeUploadId(segment ?? ""),
    onIncomingRequest: admit,
    onUploadCreate: prepare,
    onUploadFinish: finish,
    onResponseError: (_request, error) => {
      if (error instanceof StorageError) return { status_code: error.statusCode, body: error.message };
      if (error instanceof Error && !("status_code" in error)) {
        console.error(error);
        return { status_code: 500, body: "Something went wrong with that request\n" };
      }
    },
  });
}

/** What policies see of an upload before its bytes are there. */
function declare(metadata: Upload["metadata"], size: number | undefined): Partial<ObjectMetadata> {
  return {
    ...(metadata?.contentType ? { mimetype: metadata.contentType } : {}),
    ...(size === undefined ? {} : { contentLength: size }),
  };
}
