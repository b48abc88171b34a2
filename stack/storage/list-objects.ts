import { Buffer } from "node:buffer";
import type { Tx } from "./database.ts";
import type { ObjectMetadata } from "./object-rows.ts";
import { refusals } from "./storage-error.ts";

export interface ListOptions {
  readonly prefix?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly withDelimiter?: boolean;
  readonly column?: "name" | "created_at" | "updated_at";
  readonly order?: "asc" | "desc";
}

interface ListedObject {
  readonly id: string;
  /** The whole key. */
  readonly name: string;
  readonly key: string;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly last_accessed_at: Date;
  readonly metadata: Partial<ObjectMetadata> | null;
}

export interface ObjectPage {
  readonly hasNext: boolean;
  /** Common prefixes, each with its trailing slash. */
  readonly folders: { readonly name: string; readonly key: string }[];
  readonly objects: ListedObject[];
  readonly nextCursor?: string;
}

interface Entry extends Omit<ListedObject, "id" | "name"> {
  readonly id: string | null;
  readonly sort_value: string;
}

const MAX_LIMIT = 1000;

/**
 * One page of a bucket in a stable order. With a delimiter, keys that share the next path segment appear once,
 * as a folder, whose times are those of its oldest object. Files and folders count towards the limit alike.
 */
export async function listObjects(tx: Tx, bucketId: string, options: ListOptions): Promise<ObjectPage> {
  const prefix = options.prefix ?? "";
  const limit = Math.min(options.limit ?? MAX_LIMIT, MAX_LIMIT);
  const column = options.column ?? "name";
  const direction = options.order === "desc" ? tx`desc` : tx`asc`;
  const after = options.cursor ? readCursor(options.cursor) : null;
  const compare = options.order === "desc" ? tx`<` : tx`>`;
  const sortValue = column === "name"
    ? tx`''`
    : tx`to_char(${tx(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
  const delimited = options.withDelimiter ?? false;

  const entries = await tx<Entry[]>`
    with matched as (
      select *, position('/' in substr(name, length(${prefix}) + 1)) as slash
      from storage.objects
      where bucket_id = ${bucketId} and starts_with(name, ${prefix})
    ), entries as (
      select id, name as key, created_at, updated_at, last_accessed_at, metadata
      from matched
      where slash = 0 or not ${delimited}
      union all
      select null, left(name, length(${prefix}) + slash), min(created_at), min(created_at), null, null
      from matched
      where slash > 0 and ${delimited}
      group by 2
    ), sorted as (
      select *, ${sortValue} as sort_value from entries
    )
    select * from sorted
    ${
    after
      ? tx`where (sort_value collate "C", key collate "C") ${compare} (${after.value}, ${after.key})`
      : tx``
  }
    order by sort_value collate "C" ${direction}, key collate "C" ${direction}
    limit ${limit + 1}`;

  const page = entries.slice(0, limit);
  const last = page.at(-1);
  const hasNext = entries.length > limit;
  return {
    hasNext,
    folders: page.filter((entry) => entry.id === null).map(({ key }) => ({ name: key, key })),
    objects: page.flatMap(toObject),
    ...(hasNext && last ? { nextCursor: writeCursor({ value: last.sort_value, key: last.key }) } : {}),
  };
}

function toObject({ id, sort_value: _, ...entry }: Entry): ListedObject[] {
  return id === null ? [] : [{ ...entry, id, name: entry.key }];
}

interface Cursor {
  readonly value: string;
  readonly key: string;
}

function writeCursor({ value, key }: Cursor): string {
  return Buffer.from(JSON.stringify([value, key])).toString("base64url");
}

function readCursor(text: string): Cursor {
  try {
    const [value, key] = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (typeof value === "string" && typeof key === "string") return { value, key };
  } catch {
    // Falls through to the refusal.
  }
  throw refusals.invalidRequest("body/cursor is not a cursor of this server");
}
