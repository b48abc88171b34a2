import type { Case } from "../support/case.ts";
import type { JsonSchema } from "../support/json-schema.ts";
import { sampleOf } from "../support/json-schema.ts";
import type { Operation, Parameter } from "../support/read-operations.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "BREW"];
const TOO_LARGE = 8_000_000;
const MISSING_ID = "99999999-9999-4999-8999-999999999999";

const ODD_IDS = [
  "x",
  "0",
  "null",
  "undefined",
  "%00",
  "%ff",
  "%E0%A4%A",
  "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
  "..%2finternal%2frefresh-tokens",
  "'%20or%201=1--",
  "99999999-9999-4999-8999-99999999999",
  "{id}",
  "x".repeat(6_000),
];

export interface FuzzIds {
  /** Ids of somebody else's rows. */
  readonly foreign: readonly string[];
}

/** Everything around the body that can be wrong: ids, query, headers, methods, credentials, length. */
export function listRequestCases(operation: Operation, ids: FuzzIds): Case[] {
  const { method, path } = operation;
  const says = (text: string) => `${method} ${path}: ${text}`;
  const body = operation.body ? sampleOf(operation.body) : undefined;
  const at = (id: string) => `/functions/v1${path.replace(/\{\w+\}/g, id)}`;
  const target = { method, path: at(MISSING_ID), body };
  const isPublic = path.endsWith("/callback");
  // Meta has a signature instead of a session, so other credentials are no reason to refuse.
  const refusals = path.startsWith("/publish/meta/") ? [400] : [401];
  return [
    ...listIds(operation, ids).map(([title, id]) => ({
      ...target,
      path: at(id),
      title: says(`the id is ${title}`),
    })),
    ...operation.parameters.filter((p) => p.in === "query").flatMap((p) =>
      listQueries(p).map(([text, mayBeTaken]) => ({
        ...target,
        path: `${target.path}?${text}`,
        title: says(`the query is ${text.slice(0, 60)}`),
        mayBeTaken,
      }))
    ),
    ...operation.parameters.filter((p) => p.in === "header" && p.schema.format).map((p) => ({
      ...target,
      headers: { [p.name]: "x" },
      title: says(`${p.name} is x`),
    })),
    ...METHODS.filter((other) => !operation.methods.includes(other)).map((other) => ({
      method: other,
      path: target.path,
      title: `${other} ${path}`,
      statuses: [400, 401, 404, 405],
    })),
    ...(isPublic ? [] : listCredentials().map(([title, headers]) => ({
      ...target,
      headers,
      title: says(`the credentials are ${title}`),
      statuses: refusals,
    }))),
    ...(method === "GET" ? [] : [{
      ...target,
      body: new Uint8Array(TOO_LARGE),
      headers: { "content-type": "application/json" },
      title: says("the body has 8 MB"),
      statuses: operation.isInternal ? [401, 413] : [413],
    }]),
  ];
}

function listIds({ path, body }: Operation, { foreign }: FuzzIds): [string, string][] {
  if (!/\{\w+\}/.test(path)) return [];
  const odd: [string, string][] = ODD_IDS.map((id) => [id.slice(0, 40), id]);
  // Without a body to refuse, a route without a row of this id has nothing else to say than 404.
  return [
    ...odd,
    ...foreign.map((id): [string, string] => [`somebody else's (${body ? "with" : "no"} body)`, id]),
  ];
}

function listQueries({ name, schema }: Parameter): [text: string, mayBeTaken: boolean][] {
  const isOpen = !schema.enum && !schema.format && !isNumber(schema) && name !== "cursor";
  const queries: [string, boolean][] = [
    [`${name}=${"x".repeat(9_000)}`, isOpen && schema.maxLength === undefined],
    [`${name}=%00`, isOpen],
    [`${name}=%ff`, isOpen],
    [`${name}=%ED%A0%80`, isOpen],
    [`${name}='%20or%201=1--`, isOpen],
    [`${name}=`, isOpen || isNumber(schema)],
    [`${name}[]=1&${name}[a]=2`, true],
  ];
  if (isNumber(schema)) {
    queries.push(
      ...["abc", "1.5", "1e9", "-1", "NaN", "Infinity"].map((
        v,
      ): [string, boolean] => [`${name}=${v}`, false]),
    );
  }
  if (name === "cursor") {
    const texts = ["x", "bnVsbA", "eyJhIjoxfQ", "W10", "%7B%7D", "MjAyNi0xMy00NXx4"];
    queries.push(...texts.map((text): [string, boolean] => [`cursor=${text}`, false]));
  }
  return queries;
}

function isNumber(schema: JsonSchema): boolean {
  return schema.type === "integer" || schema.type === "number";
}

/** Headers in place of the caller's own. */
function listCredentials(): [string, Record<string, string>][] {
  const bearer = (text: string) => ({ authorization: text });
  return [
    ["none", bearer("")],
    ["an empty bearer", bearer("Bearer ")],
    ["a password", bearer("Basic dXNlcjpwYXNz")],
    ["three words", bearer("Bearer a b c")],
    ["no token", bearer("Bearer x")],
    ["an empty token", bearer("Bearer ..")],
    ["a token of nonsense", bearer(`Bearer ${btoa("{}")}.${btoa("{}")}.x`)],
    ["a token of 9,000 characters", bearer(`Bearer ${"a".repeat(9_000)}.b.c`)],
  ];
}
