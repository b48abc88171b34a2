import type { Relation } from "../../../privacy/support/catalog.ts";
import { type FilledCall, type FilledShape, textColumns } from "./fill-shape.ts";

/** A statement whose one row has the answer's body as text, and the status of its success. */
export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
  readonly status: number;
}

type Bind = (value: unknown) => string;
const COMPARISONS: Readonly<Record<string, string>> = {
  eq: "=",
  neq: "<>",
  lt: "<",
  lte: "<=",
  gt: ">",
  gte: ">=",
};

/** The SQL a query of one table stands for. */
export function writeQuery({ relation, calls }: FilledShape): Statement {
  const parameters: unknown[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const find = (method: string) => calls.find((call) => call.method === method);
  const table = `public.${relation!.name}`;
  const select = find("select");
  const columns = columnsText(select?.args[0] ?? "*", relation!);
  const write = find("insert") ?? find("update") ?? find("delete");
  const statement = write
    ? `${writeText(write, table, bind)}${whereText(calls, relation!, bind)} returning ${columns}`
    : `select ${columns} from ${table}${whereText(calls, relation!, bind)}${orderText(calls)}`;
  const body = find("single") || find("maybeSingle") ? "json_agg(t) -> 0" : "coalesce(json_agg(t), '[]')";
  return {
    text: `with t as (${statement}) select (${select ? body : "null"})::text as body from t`,
    parameters,
    status: write ? statusOfWrite(write.method, select !== undefined) : 200,
  };
}

/** A name that is no column of the table is a function over its row. */
function columnsText(selected: string, { name, columns }: Relation): string {
  const isStored = (one: string) => one === "*" || columns.some((column) => column.name === one);
  return selected.split(",").map((one) => isStored(one) ? one : `${name}.${one}`).join(",");
}

function statusOfWrite(method: string, returnsRows: boolean): number {
  if (method === "insert") return 201;
  return returnsRows ? 200 : 204;
}

function writeText({ method, values }: FilledCall, table: string, bind: Bind): string {
  if (method === "delete") return `delete from ${table}`;
  const rows = [values[0]].flat() as Record<string, unknown>[];
  const names = Object.keys(rows[0]!);
  const source = `json_populate_recordset(null::${table}, ${bind(JSON.stringify(rows))}::text::json)`;
  if (method === "insert") return `insert into ${table} (${names}) select ${names} from ${source}`;
  return `update ${table} set ${names.map((name) => `${name} = (select ${name} from ${source})`).join(", ")}`;
}

function whereText(calls: readonly FilledCall[], relation: Relation, bind: Bind): string {
  const conditions = calls.flatMap(({ method, args, values }) => {
    const comparison = COMPARISONS[method];
    if (comparison) return [`${args[0]} ${comparison} ${bind(values[0])}`];
    if (method === "is") return [`${args[0]} is ${args[1]}`];
    if (method === "in") return [`${args[0]}::text = any(${bind(values[0])}::text[])`];
    if (method !== "or") return [];
    const pattern = /imatch\."(.*?)"/.exec(String(values[0]))![1]!;
    return [`(${textColumns(relation.columns).map((name) => `${name} ~* ${bind(pattern)}`).join(" or ")})`];
  });
  return conditions.length > 0 ? ` where ${conditions.join(" and ")}` : "";
}

function orderText(calls: readonly FilledCall[]): string {
  const order = calls.filter(({ method }) => method === "order").map(({ args, options }) =>
    `${args[0]}${options.ascending === false ? " desc" : ""}`
  );
  const range = calls.find(({ method }) => method === "range")?.values as [number, number] | undefined;
  const limit = range ? range[1] - range[0] + 1 : calls.find(({ method }) => method === "limit")?.values[0];
  return (order.length > 0 ? ` order by ${order.join(", ")}` : "") + (limit ? ` limit ${limit}` : "");
}
