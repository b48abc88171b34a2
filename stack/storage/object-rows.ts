import type { Tx } from "./database.ts";
import { isUuid } from "./names.ts";

/** System metadata of an object, in the form hosted Storage keeps it. */
export interface ObjectMetadata {
  readonly eTag: string;
  readonly size: number;
  readonly mimetype: string;
  readonly cacheControl: string;
  /** ISO 8601. */
  readonly lastModified: string;
  readonly contentLength: number;
  readonly httpStatusCode: number;
  /** Encoding of the stored bytes, e.g. gzip. */
  readonly contentEncoding?: string;
}

export type UserMetadata = Readonly<Record<string, unknown>>;

export interface ObjectRow {
  readonly id: string;
  readonly bucket_id: string;
  readonly name: string;
  readonly owner: string | null;
  readonly owner_id: string | null;
  /** Names the file with the bytes. Rows inserted by SQL may hold anything: see `storedVersion`. */
  readonly version: string | null;
  readonly metadata: Partial<ObjectMetadata> | null;
  readonly user_metadata: UserMetadata | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly last_accessed_at: Date;
}

/** The version whose bytes are on disk; null for a row with anything but a uuid, which no upload writes. */
export function storedVersion(row: ObjectRow | null): string | null {
  return row?.version && isUuid(row.version) ? row.version : null;
}

/** What an upload writes. */
export interface NewObject {
  readonly bucketId: string;
  readonly name: string;
  readonly owner: string | null;
  readonly version: string;
  readonly metadata: Partial<ObjectMetadata>;
  readonly userMetadata: UserMetadata | null;
}

/** Columns of an object a client may see. */
function columns(tx: Tx) {
  return tx`id, bucket_id, name, owner, owner_id, version, metadata, user_metadata, created_at, updated_at,
    last_accessed_at`;
}

/** Inserts a row, or replaces the row of that name when `upsert` is set. */
export async function writeObject(tx: Tx, object: NewObject, upsert: boolean): Promise<ObjectRow> {
  const conflict = upsert
    ? tx`on conflict (bucket_id, name) do update set metadata = excluded.metadata,
        user_metadata = excluded.user_metadata, version = excluded.version, owner = excluded.owner,
        owner_id = excluded.owner_id`
    : tx``;
  const [row] = await tx<ObjectRow[]>`${insertInto(tx, object)} ${conflict} returning ${columns(tx)}`;
  return row!;
}

/** Inserts a row without reading it back, which needs an INSERT policy and no SELECT policy. */
export async function insertObject(tx: Tx, object: NewObject): Promise<void> {
  await insertInto(tx, object);
}

function insertInto(tx: Tx, object: NewObject) {
  return tx`
    insert into storage.objects (bucket_id, name, owner, owner_id, version, metadata, user_metadata)
    values (${object.bucketId}, ${object.name}, ${toUuid(object.owner)}, ${object.owner}, ${object.version},
      ${toJson(tx, object.metadata)}, ${toJson(tx, object.userMetadata)})`;
}

/** @returns null when it does not exist or the caller may not see it */
export async function findObject(tx: Tx, bucketId: string, name: string): Promise<ObjectRow | null> {
  const [row] = await tx<ObjectRow[]>`
    select ${columns(tx)} from storage.objects where bucket_id = ${bucketId} and name = ${name}`;
  return row ?? null;
}

/** Those of these names the caller may see. */
export async function findNames(tx: Tx, bucketId: string, names: readonly string[]): Promise<Set<string>> {
  const rows = await tx<{ name: string }[]>`
    select name from storage.objects where bucket_id = ${bucketId} and name = any(${[...names]})`;
  return new Set(rows.map((row) => row.name));
}

/** The first names of a bucket the caller may see. */
export async function listNames(tx: Tx, bucketId: string, limit: number): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`
    select name from storage.objects where bucket_id = ${bucketId} order by name collate "C" limit ${limit}`;
  return rows.map((row) => row.name);
}

/** Holds back every other writer of this name until the transaction ends. */
export async function lockName(tx: Tx, bucketId: string, name: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`${bucketId}/${name}`}, 0))`;
}

/** Deletes the rows the caller may delete. */
export function deleteObjects(tx: Tx, bucketId: string, names: readonly string[]): Promise<ObjectRow[]> {
  return tx<ObjectRow[]>`
    delete from storage.objects where bucket_id = ${bucketId} and name = any(${[...names]})
    returning ${columns(tx)}`;
}

/** Moves a row to another name. @returns null when the caller may not, or it does not exist */
export async function renameObject(
  tx: Tx,
  from: { readonly bucketId: string; readonly name: string },
  to: { readonly bucketId: string; readonly name: string },
  owner: string | null,
): Promise<ObjectRow | null> {
  const [row] = await tx<ObjectRow[]>`
    update storage.objects
    set bucket_id = ${to.bucketId}, name = ${to.name}, owner = ${toUuid(owner)}, owner_id = ${owner}
    where bucket_id = ${from.bucketId} and name = ${from.name}
    returning ${columns(tx)}`;
  return row ?? null;
}

/** Which of these versions have a row. */
export async function findVersions(tx: Tx, versions: readonly string[]): Promise<Set<string>> {
  const rows = await tx<{ version: string }[]>`
    select version from storage.objects where version = any(${[...versions]})`;
  return new Set(rows.map((row) => row.version));
}

/** The deprecated column `owner` is a uuid, `owner_id` holds any subject. */
function toUuid(owner: string | null): string | null {
  return owner && isUuid(owner) ? owner : null;
}

function toJson(tx: Tx, value: object | null) {
  return value === null ? null : tx.json(value as Parameters<Tx["json"]>[0]);
}
