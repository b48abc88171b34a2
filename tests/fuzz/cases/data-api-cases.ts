import {
  type Column,
  listRelations,
  listRoutines,
  type Relation,
  type Routine,
} from "../../privacy/support/catalog.ts";
import type { Case } from "../support/case.ts";
import type { FuzzWorld } from "../support/fuzz-world.ts";
import type { RouteCases } from "./function-cases.ts";

const NOBODY = "id=eq.99999999-9999-4999-8999-999999999999";

/** Queries that PostgREST cannot read, whatever the table. */
const WRONG_QUERIES = [
  "select=no_such_column",
  "select=*,no_such_table(*)",
  "select=*,(",
  "no_such_column=eq.1",
  "or=(((",
  "and=(",
  "order=no_such_column",
];
/** Queries that are odd; what PostgREST and its stand-in say of them may differ. */
const ODD_QUERIES = [
  "limit=abc",
  "limit=-1",
  "offset=-1",
  "offset=abc",
  "offset=99999999999999999999",
  "order=user_id.sideways",
  `select=${"x".repeat(6_000)}`,
  `select=${"a(".repeat(300)}`,
  "select=%00",
  "select=%ff",
  "select='%20or%201=1--",
  "columns=no_such_column",
];
const BODIES: readonly [string, string | Uint8Array, Record<string, string>?][] = [
  ["one brace", "{"],
  ["a number", "5"],
  ["a text", '"x"'],
  ["a list of numbers", "[1,2]"],
  ["a list in a list", "[[]]"],
  ["an unknown column", '{"no_such_column":1}'],
  ["invalid UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ["30,000 open brackets", "[".repeat(30_000)],
  ["plain text", "x", { "content-type": "text/plain" }],
  ["XML", "<a/>", { "content-type": "application/xml" }],
];

/** Bad requests to every table, view and function of the Data API, generated from the catalog. */
export async function listDataApiCases({ sql }: FuzzWorld): Promise<RouteCases[]> {
  const relations = await listRelations(sql, "public");
  const routines = await listRoutines(sql, "public");
  return [
    ...relations.map((relation) => ({ title: relation.name, cases: listTable(relation) })),
    ...routines.filter(({ isForUsers }) => isForUsers)
      .map((routine) => ({ title: `rpc ${routine.name}`, cases: listRoutine(routine) })),
  ];
}

function listTable({ name, columns }: Relation): Case[] {
  const path = `/rest/v1/${name}`;
  const visible = columns.filter(({ canSelect }) => canSelect);
  const writable = columns.filter(({ canInsert }) => canInsert);
  const json = { "content-type": "application/json" };
  const filters = visible.flatMap((column) => wrongTexts(column).map((text) => `${column.name}=eq.${text}`));
  const operators = visible.slice(0, 2).flatMap(({ name }) => [`${name}=no_such_operator.1`, `${name}=5`]);
  return [
    ...[...WRONG_QUERIES, ...filters, ...operators].map((query) => ({
      ...{ method: "GET", path: `${path}?${query}`, title: `GET ${name}?${query.slice(0, 60)}` },
    })),
    ...ODD_QUERIES.map((query) => ({
      ...{ method: "GET", path: `${path}?${query}`, title: `GET ${name}?${query.slice(0, 60)}` },
      mayBeTaken: true,
    })),
    ...(writable.length === 0 ? [] : ["POST", "PATCH"]).flatMap((method) =>
      BODIES.map(([title, body, headers]) => ({
        method,
        path: method === "PATCH" ? `${path}?${NOBODY}` : path,
        title: `${method} ${name}: the body is ${title}`,
        headers: { ...json, ...headers },
        body,
        // A change of no row may be accepted without a look at the values.
        mayBeTaken: method === "PATCH",
      }))
    ),
    ...writable.flatMap((column) =>
      wrongJson(column).map(([title, value]) => ({
        ...{ method: "POST", path, headers: json, body: `{"${column.name}":${value}}` },
        title: `POST ${name}: ${column.name} is ${title}`,
        // Of a whole row given as one field only the other fields may be missing.
        mayBeTaken: ["a list", "an object", "20,000 characters", "half a surrogate pair"].includes(title),
      }))
    ),
  ];
}

function listRoutine({ name, parameters }: Routine): Case[] {
  const target = { method: "POST", path: `/rest/v1/rpc/${name}` };
  const json = { "content-type": "application/json" };
  const others = (own: string) => parameters.filter((p) => p.name !== own).map((p) => `"${p.name}":null`);
  return [
    ...BODIES.filter(([title]) => title !== "plain text").map(([title, body, headers]) => ({
      ...target,
      title: `rpc ${name}: the body is ${title}`,
      headers: { ...json, ...headers },
      body,
      mayBeTaken: title.startsWith("a list") ||
        (title === "a number" && !parameters.some(({ name }) => !name.startsWith("p_"))),
    })),
    ...parameters.flatMap((parameter) =>
      wrongJson(parameter).map(([title, value]) => ({
        ...target,
        title: `rpc ${name}: ${parameter.name} is ${title}`,
        headers: json,
        body: `{${[`"${parameter.name}":${value}`, ...others(parameter.name)].join(",")}}`,
        mayBeTaken: true,
      }))
    ),
  ];
}

type Typed = Pick<Column, "name" | "type">;

/** Values that a filter on a column of this type cannot take. */
function wrongTexts({ type }: Typed): string[] {
  if (type === "uuid") return ["x", "%00", "1".repeat(5_000)];
  if (type === "boolean") return ["perhaps"];
  if (type.startsWith("timestamp")) return ["yesterday-ish", "2026-13-45"];
  if (/int|numeric|double/.test(type)) return ["x", "1-1"];
  if (type === "text") return ["%00"];
  return [];
}

/** Values of another type, as JSON; a text takes nearly everything but a zero character. */
function wrongJson({ type }: Typed): [title: string, json: string][] {
  const zero: [string, string] = ["a text with a zero character", '"a\\u0000b"'];
  const long: [string, string] = ["20,000 characters", JSON.stringify("x".repeat(20_000))];
  if (type === "text" || type.startsWith("character")) {
    return [zero, long, ["half a surrogate pair", '"a\\ud800"']];
  }
  if (type === "jsonb") return [zero];
  if (type.endsWith("[]")) {
    return [zero, ["a number", "5"], ["an object", '{"a":1}'], ["a nested list", "[[1],[2,3]]"]];
  }
  return [zero, ["a word", '"x"'], ["a list", "[1]"], ["an object", '{"a":1}'], ["huge", "1e999"]];
}
