/** Signs with a meaning in a logic tree, and a private sign that stands for each while @supabase/lite parses. */
const RESERVED = [...',()."\\:{}'];
const FIRST_STAND_IN = 0xf0000;
/** Stands at both ends of a value: lite would read a bare `5` as a number and an empty one as nothing. */
const EDGE = String.fromCodePoint(FIRST_STAND_IN + RESERVED.length);
const STAND_INS = new RegExp(
  `[${String.fromCodePoint(FIRST_STAND_IN)}-${EDGE}]`,
  "gu",
);
const NO_FILTERS = new Set(["select", "order", "limit", "offset", "columns", "on_conflict"]);
const COMPARISON = /^(not\.)?(eq|neq|gte?|lte?|i?like|i?match|isdistinct)\./;
const LIST = /^(not\.)?in\.\((.*)\)$/s;
const LIST_ITEM = /"((?:\\.|[^"\\])*)"|[^,]+/gs;
const LOGIC_TREE = /(^|\.)(or|and)$/;

/**
 * Rewrites values so that lite's parser takes them as PostgREST does: in `or=(…)` and `and=(…)` a double-quoted value
 * may hold every sign, `\\"` and `\\\\` (lite keeps quotes of patterns and all backslashes); in a plain filter every
 * sign counts (lite drops blanks at the ends and reads `null`, `true` and `007` as other than texts). Undone by
 * `revealValues` after parsing.
 * @param search the query string of a Data API request
 */
export function protectValues(search: string): string {
  const parameters = [...new URLSearchParams(search)];
  const isPlain = (name: string) => !LOGIC_TREE.test(name) && !NO_FILTERS.has(name);
  const isConcerned = ([name, value]: [string, string]) =>
    isPlain(name) ? COMPARISON.test(value) || LIST.test(value) : LOGIC_TREE.test(name) && value.includes('"');
  if (!parameters.some(isConcerned)) return search;
  return "?" + new URLSearchParams(parameters.map((parameter) => {
    const [name, value] = parameter;
    if (!isConcerned(parameter)) return parameter;
    if (!isPlain(name)) return [name, protectTree(value)];
    return [name, protectFilter(value)];
  }));
}

/** Puts back in all texts of a parsed filter what `protectValues` replaced. */
export function revealValues(value: unknown): unknown {
  if (typeof value === "string") {
    return value.replace(STAND_INS, (sign) => RESERVED[sign.codePointAt(0)! - FIRST_STAND_IN] ?? "");
  }
  if (Array.isArray(value)) return value.map(revealValues);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, revealValues(part)]));
}

function protectFilter(filter: string): string {
  const [operator] = COMPARISON.exec(filter) ?? [];
  if (operator) return operator + protect(filter.slice(operator.length));
  return filter.replace(LIST, (_filter, not = "", items: string) => `${not}in.(${protectList(items)})`);
}

function protectList(items: string): string {
  return items.replace(
    LIST_ITEM,
    (item, quoted?: string) => protect(quoted === undefined ? item : unquote(quoted)),
  );
}

function unquote(quoted: string): string {
  return quoted.replace(/\\(.)/gs, "$1");
}

/** A value follows the dot of its operator or stands in the list of `in.(…)`; other quotes stay. */
function protectTree(tree: string): string {
  return tree.replace(
    /\bin\.\(((?:"(?:\\.|[^"\\])*"|[^")])*)\)|\."((?:\\.|[^"\\])*)"/gs,
    (_match, list: string | undefined, quoted: string) =>
      list === undefined ? `.${protect(unquote(quoted))}` : `in.(${protectList(list)})`,
  );
}

function protect(text: string): string {
  return EDGE + [...text].map(toStandIn).join("") + EDGE;
}

function toStandIn(sign: string): string {
  const index = RESERVED.indexOf(sign);
  return index < 0 ? sign : String.fromCodePoint(FIRST_STAND_IN + index);
}
