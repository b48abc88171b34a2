import type { IntrospectResult } from "@supabase/lite";
import type { PostgresConnection } from "@supabase/lite/postgres";
import { revealValues } from "./protect-values.ts";

/** A request as @supabase/lite has parsed it. */
export type ParsedQuery = Parameters<PostgresConnection["onPostgrestAST"]>[0];
type Fields = Record<string, unknown>;

/**
 * Puts right what lite's parser leaves different from PostgREST: values of filters, JSON values that
 * are no objects (PostgREST stores the text `"[1]"` as a text), values for a list that are none, and rows of unequal
 * keys under `columns`, whose missing values are null.
 */
export function repairQuery(query: ParsedQuery, catalog: IntrospectResult): ParsedQuery {
  const repaired = { ...query };
  // Filters of embedded tables stand beside what is selected of them.
  for (const part of ["where", "select", "join"] as const) {
    if (query[part]) Object.assign(repaired, { [part]: revealValues(query[part]) });
  }
  if (query.values) {
    const typeOf = columnTypes(query, catalog);
    const repair = (row: object) => encode(fillMissing(row as Fields, query), typeOf);
    repaired.values = Array.isArray(query.values)
      ? query.values.map(repairRow(repair))
      : repair(query.values);
  }
  if (query.args && !Array.isArray(query.args)) {
    // Only a GET has its arguments in the query string.
    const args = query.httpMethod === "GET" ? revealValues(query.args) : query.args;
    repaired.args = encode(args as Fields, argumentTypes(query, catalog));
  }
  return repaired;
}

/** Rows that are no objects are left for lite to refuse. */
function repairRow(repair: (row: object) => object): (row: object) => object {
  return (row) => typeof row === "object" && row !== null && !Array.isArray(row) ? repair(row) : row;
}

function fillMissing(row: Fields, { $meta }: ParsedQuery): Fields {
  if (!$meta?.columns || $meta.missing === "default") return row;
  return { ...Object.fromEntries($meta.columns.map((column) => [column, null])), ...row };
}

/** lite parses a text that looks like JSON, and takes a bare true for a boolean; an object it leaves alone. */
class JsonValue {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  toJSON(): unknown {
    return this.#value;
  }
}

function encode(row: Fields, typesOf: (name: string) => readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(row).map((
      [name, value],
    ) => [name, value === null ? null : encodeValue(value, typesOf(name))]),
  );
}

function encodeValue(value: unknown, types: readonly string[]): unknown {
  if (types.some(isJsonType)) return new JsonValue(value);
  // The database refuses it as it refuses such a text; the driver would break off on it.
  const isRefused = typeof value !== "string" && !Array.isArray(value) && types.some(isListType);
  return isRefused ? JSON.stringify(value) : value;
}

function columnTypes({ from, schema = "public" }: ParsedQuery, { columns }: IntrospectResult) {
  const own = columns.filter((column) => column.table === from && column.schema === schema);
  const types = new Map(own.map(({ name, type, pg_type }) => [name, [type, pg_type ?? type]]));
  return (name: string) => types.get(name) ?? [];
}

function argumentTypes(query: ParsedQuery, { functions = [] }: IntrospectResult) {
  const candidates = functions.filter((candidate) =>
    candidate.name === query.function && candidate.schema === (query.schema ?? "public")
  );
  return (name: string) =>
    candidates.flatMap(({ arg_names, arg_types }) => arg_types[arg_names.indexOf(name)] ?? []);
}

function isListType(type: string): boolean {
  return type.endsWith("[]") || type.startsWith("_") || type.toUpperCase() === "ARRAY";
}

function isJsonType(type: string): boolean {
  return type === "json" || type === "jsonb";
}
