import { refusals } from "./storage-error.ts";

/** Characters S3 keys carry safely; no other letters, no `#` and no `%`. */
const KEY = /^[\w/!\-.*'() &$@=;:+,?]+$/;
const BUCKET_NAME = /^[\w!\-.*'() &$@=;:+,?]{1,100}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-5][0-9a-f]{3}-[089ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const MIME_TYPE = /^([\w\-+.]+)\/([\w\-+.]+)(;\s*charset=[\w-]+)?$|\*$/;
/** S3's limit, in bytes of UTF-8; keys here are ASCII. */
const MAX_KEY_LENGTH = 1024;
const MAX_MIME_TYPE_LENGTH = 1000;
const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9 };

/** @throws StorageError InvalidKey */
export function requireValidKey(key: string): void {
  if (key.length > MAX_KEY_LENGTH || !KEY.test(key)) throw refusals.invalidKey(key);
}

/** @throws StorageError InvalidBucketName */
export function requireValidBucketName(name: string): void {
  if (!BUCKET_NAME.test(name) || name.trim() !== name) throw refusals.invalidBucketName();
}

/** Folders made in Studio are an empty object of this name; it may be stored in any bucket. */
export function isFolderPlaceholder(key: string): boolean {
  return key.endsWith(".emptyFolderPlaceholder");
}

/** Whether the text is a uuid of versions 1 to 5, in either case. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}

/**
 * Compares the declared type with the bucket's list: equal, or `type/*`. Parameters count as part of the type.
 * @throws StorageError InvalidMimeType
 */
export function requireAllowedMimeType(type: string, allowed: readonly string[] | null): void {
  if (!allowed || allowed.length === 0) return;
  const [main, sub] = type.split("/");
  const fits = sub !== undefined &&
    allowed.some((candidate) => {
      const [allowedMain, allowedSub] = candidate.split("/");
      return allowedMain === main && (allowedSub === "*" || allowedSub === sub);
    });
  if (!fits) throw refusals.invalidMimeType(type);
}

/** @throws StorageError InvalidMimeType naming the first entry that is none */
export function requireMimeTypes(types: readonly string[]): void {
  const wrong = types.find((type) => type.length > MAX_MIME_TYPE_LENGTH || !MIME_TYPE.test(type));
  if (wrong !== undefined) throw refusals.invalidMimeType(wrong);
}

/**
 * Reads a number of bytes, or a size such as "50MB" (decimal units, as hosted).
 * @throws StorageError InvalidRequest
 */
export function parseFileSize(size: number | string): number {
  if (typeof size === "number") return size;
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(gb|mb|kb|b)?$/i.exec(size) ?? [];
  if (!digits) throw refusals.invalidFileSize();
  return Math.floor(Number(digits) * UNITS[(unit ?? "b").toLowerCase()]!);
}
