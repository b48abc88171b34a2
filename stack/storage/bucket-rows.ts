import type { Tx } from "./database.ts";
import { isUuid } from "./names.ts";

export interface BucketRow {
  readonly id: string;
  readonly name: string;
  readonly owner: string | null;
  readonly public: boolean;
  readonly type: string;
  readonly file_size_limit: number | null;
  readonly allowed_mime_types: string[] | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Undefined leaves a column as it is. */
export interface BucketChanges {
  readonly public?: boolean;
  readonly fileSizeLimit?: number | null;
  readonly allowedMimeTypes?: readonly string[] | null;
}

export interface BucketListOptions {
  readonly limit?: number;
  readonly offset?: number;
  readonly sortColumn?: "id" | "name" | "created_at" | "updated_at";
  readonly sortOrder?: "asc" | "desc";
  readonly search?: string;
}

function columns(tx: Tx) {
  return tx`id, name, owner, public, type, file_size_limit, allowed_mime_types, created_at, updated_at`;
}

/** @returns null when it does not exist or the caller may not see it */
export async function findBucket(tx: Tx, id: string): Promise<BucketRow | null> {
  const [row] = await tx<BucketRow[]>`select ${columns(tx)} from storage.buckets where id = ${id}`;
  return row ?? null;
}

/** The buckets the caller may see. */
export function listBuckets(tx: Tx, options: BucketListOptions): Promise<BucketRow[]> {
  const pattern = options.search ? `%${options.search.replace(/[\\%_]/g, "\\$&")}%` : null;
  const order = options.sortOrder === "desc" ? tx`desc` : tx`asc`;
  return tx<BucketRow[]>`
    select ${columns(tx)} from storage.buckets
    ${pattern ? tx`where name ilike ${pattern}` : tx``}
    ${options.sortColumn ? tx`order by ${tx(options.sortColumn)} ${order}` : tx``}
    ${options.limit === undefined ? tx`` : tx`limit ${options.limit}`}
    offset ${options.offset ?? 0}`;
}

/** Inserts a bucket; the database refuses a second one of that id or name. */
export async function insertBucket(
  tx: Tx,
  bucket: { readonly id: string; readonly name: string; readonly owner: string | null } & BucketChanges,
): Promise<void> {
  const owner = bucket.owner && isUuid(bucket.owner) ? bucket.owner : null;
  await tx`
    insert into storage.buckets (id, name, owner, owner_id, public, file_size_limit, allowed_mime_types)
    values (${bucket.id}, ${bucket.name}, ${owner}, ${bucket.owner}, ${bucket.public ?? false},
      ${bucket.fileSizeLimit ?? null}, ${bucket.allowedMimeTypes ? [...bucket.allowedMimeTypes] : null})`;
}

/** @returns false when the caller may not, or it does not exist */
export async function updateBucket(tx: Tx, id: string, changes: BucketChanges): Promise<boolean> {
  const values: Record<string, unknown> = { updated_at: new Date() };
  if (changes.public !== undefined) values.public = changes.public;
  if (changes.fileSizeLimit !== undefined) values.file_size_limit = changes.fileSizeLimit;
  if (changes.allowedMimeTypes !== undefined) values.allowed_mime_types = changes.allowedMimeTypes;
  const result = await tx`update storage.buckets set ${tx(values)} where id = ${id}`;
  return result.count > 0;
}

/** @returns false when the caller may not, or it does not exist */
export async function deleteBucket(tx: Tx, id: string): Promise<boolean> {
  const result = await tx`delete from storage.buckets where id = ${id}`;
  return result.count > 0;
}

/** Whether the caller sees any object in the bucket. */
export async function hasObjects(tx: Tx, bucketId: string): Promise<boolean> {
  const rows = await tx`select from storage.objects where bucket_id = ${bucketId} limit 1`;
  return rows.length > 0;
}
