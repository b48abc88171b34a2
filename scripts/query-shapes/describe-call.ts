/** Stands for an argument whose value only the running program knows. */
export const DYNAMIC = Symbol("dynamic");

const COLUMN_FILTERS = [
  ...["eq", "neq", "gt", "gte", "lt", "lte", "like", "ilike", "likeAnyOf", "likeAllOf", "ilikeAnyOf"],
  ...["ilikeAllOf", "in", "contains", "containedBy", "overlaps", "isDistinct", "regexMatch", "regexIMatch"],
];
/** What the client does with a query; nothing of it reaches the Data API. */
const CLIENT_SIDE = new Set([
  "abortSignal",
  "overrideTypes",
  "returns",
  "setHeader",
  "throwOnError",
  "retry",
]);
const OPTIONS_ONLY: Readonly<Record<string, number>> = {
  ...{ insert: 1, update: 1, upsert: 1, delete: 0, or: 1, limit: 1, range: 2 },
  ...{ single: 0, maybeSingle: 0, csv: 0, explain: 0, rollback: 0, maxAffected: 1 },
};

/**
 * One call of a supabase-js query as part of the query's shape: names, columns and options stay, values go.
 * @param args literal arguments, DYNAMIC for the others
 * @returns for example `.order(created_at; ascending=false)`; an empty text for what stays in the client
 * @throws Error when a part of the shape is not known
 */
export function describeCall(method: string, args: readonly unknown[]): string {
  if (CLIENT_SIDE.has(method)) return "";
  if (method === "from" || method === "schema") return `.${method}(${text(args[0])})`;
  if (method === "rpc") return `.rpc(${text(args[0])}: ${names(args[1])}${options(args[2])})`;
  if (method === "select") return `.select(${text(args[0] ?? "*").replace(/\s/g, "")}${options(args[1])})`;
  if (method === "order") return `.order(${text(args[0])}${options(args[1])})`;
  if (method === "is") return `.is(${text(args[0])}, ${text(args[1])})`;
  if (method === "not" || method === "filter") return `.${method}(${text(args[0])}, ${text(args[1])})`;
  if (method === "match") return `.match(${names(args[0])})`;
  if (COLUMN_FILTERS.includes(method)) return `.${method}(${text(args[0])})`;
  const position = OPTIONS_ONLY[method];
  if (position === undefined) throw new Error(`the method ${method} is not known to the check`);
  return `.${method}(${options(args[position]).replace("; ", "")})`;
}

function text(value: unknown): string {
  if (value === DYNAMIC || typeof value === "object" && value !== null) {
    throw new Error("a name in it is not a literal");
  }
  return String(value);
}

function names(value: unknown): string {
  if (value === DYNAMIC) throw new Error("its arguments are not written as an object");
  return Object.keys(value ?? {}).join(", ");
}

function options(value: unknown): string {
  if (value === DYNAMIC) throw new Error("its options are not written as an object");
  const entries = Object.entries(value ?? {});
  return entries.length === 0 ? "" : `; ${entries.map(([name, one]) => `${name}=${text(one)}`).join(", ")}`;
}
