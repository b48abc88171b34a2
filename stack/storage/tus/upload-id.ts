import { Buffer } from "node:buffer";
import { isUuid } from "../names.ts";

/** What the URL of a resumable upload stands for. */
export interface UploadId {
  readonly bucketId: string;
  readonly name: string;
  /** Version the object will have; names the files on disk. */
  readonly version: string;
}

/** The id the TUS server knows an upload by: bucket/key/version. */
export function formatUploadId({ bucketId, name, version }: UploadId): string {
  return `${bucketId}/${name}/${version}`;
}

/** @returns null when the text is no upload id */
export function parseUploadId(text: string): UploadId | null {
  const [, bucketId, name, version] = /^([^/]+)\/(.+)\/([^/]+)$/s.exec(text) ?? [];
  return bucketId && name && version && isUuid(version) ? { bucketId, name, version } : null;
}

/** Last path segment of the upload URL. */
export function encodeUploadId(id: string): string {
  return Buffer.from(id, "utf8").toString("base64url");
}

/** @returns undefined when the segment is no upload id */
export function decodeUploadId(segment: string): string | undefined {
  const id = Buffer.from(segment, "base64url").toString("utf8");
  return parseUploadId(id) ? id : undefined;
}
