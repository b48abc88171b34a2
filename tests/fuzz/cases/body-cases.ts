import type { Case } from "../support/case.ts";
import type { Random } from "../../faults/support/random.ts";
import { type JsonSchema, sampleOf } from "../support/json-schema.ts";
import { MISSING, wrongValuesFor } from "./wrong-values.ts";

type Target = Pick<Case, "method" | "path" | "headers">;
type Json = Record<string, unknown>;

/** Bodies that no route takes, whatever it expects. */
const UNREADABLE: readonly [string, string | Uint8Array, Record<string, string>?][] = [
  ["one brace", "{"],
  ["a comma too much", '{"a":1,}'],
  ["two values", "{} {}"],
  ["nothing", ""],
  ["null", "null"],
  ["a list", "[]"],
  ["a number", "5"],
  ["an infinite number", "1e999"],
  ["30,000 open brackets", "[".repeat(30_000)],
  ["8,000 nested objects", '{"a":'.repeat(8_000) + "1" + "}".repeat(8_000)],
  ["invalid UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ["zero bytes", new Uint8Array(64)],
  ["a byte order mark of UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ["plain text", "a=1", { "content-type": "text/plain" }],
  ["a form", "a=1", { "content-type": "application/x-www-form-urlencoded" }],
  ["XML", "<a/>", { "content-type": "application/xml" }],
  ["a type that is none", "{}", { "content-type": "///" }],
  ["a compressed body", new Uint8Array([31, 139, 8, 0, 0]), { "content-encoding": "gzip" }],
];

/** Every way a body of this schema can be wrong. */
export function listBodyCases(target: Target, schema: JsonSchema): Case[] {
  const sample = sampleOf(schema);
  const says = (text: string) => `${target.method} ${target.path}: ${text}`;
  const cases: Case[] = UNREADABLE.map(([title, body, headers]) => ({
    ...target,
    title: says(`the body is ${title}`),
    headers: { "content-type": "application/json", ...target.headers, ...headers },
    body,
  }));
  cases.push({
    ...target,
    title: says("the body has a field nobody knows and prototype keys"),
    headers: { "content-type": "application/json", ...target.headers },
    body: addText(sample, '"no_such_field":1,"__proto__":{"a":1},"constructor":{"prototype":{"a":1}}'),
    mayBeTaken: schema.additionalProperties !== false,
  });
  for (const { path, inner, isRequired } of listFields(schema)) {
    for (const { title, value, mayBeTaken } of wrongValuesFor(inner, isRequired)) {
      const field = path.join(".");
      cases.push({
        ...target,
        title: says(`${field} ${title}`),
        body: replaceAt(sample, path, value),
        ...(mayBeTaken ? { mayBeTaken } : { field }),
      });
    }
  }
  return cases;
}

/** Bodies with several wrong fields at once; the same for the same `random`. */
export function listRandomBodies(target: Target, schema: JsonSchema, random: Random, count: number): Case[] {
  const wrongs = listFields(schema).flatMap(({ path, inner, isRequired }) =>
    wrongValuesFor(inner, isRequired).filter(({ mayBeTaken }) => !mayBeTaken)
      .map(({ title, value }) => ({ path, value, title: `${path.join(".")} ${title}` }))
  );
  if (wrongs.length === 0) return [];
  return Array.from({ length: count }, () => {
    const chosen = Array.from({ length: 2 + random.below(3) }, () => random.pick(wrongs));
    const body = chosen.reduce((all, { path, value }) => replaceAt(all, path, value), sampleOf(schema));
    const titles = chosen.map(({ title }) => title).join(", ");
    return { ...target, body, title: `${target.method} ${target.path}: ${titles}` };
  });
}

interface Field {
  readonly path: readonly string[];
  readonly inner: JsonSchema;
  readonly isRequired: boolean;
}

/** Every field of a body, nested ones after the one they are in; of a list those of its first entry. */
function listFields(schema: JsonSchema, path: readonly string[] = []): Field[] {
  if (schema.items) return listFields(schema.items, [...path, "0"]);
  const { properties = {}, required } = (schema.oneOf ?? schema.anyOf)?.[0] ?? schema;
  return Object.entries(properties).flatMap(([name, inner]) => {
    const own = [...path, name];
    return [
      { path: own, inner, isRequired: required?.includes(name) ?? false },
      ...listFields(inner, own),
    ];
  });
}

function replaceAt(sample: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === "0") return [replaceAt(Array.isArray(sample) ? sample[0] : undefined, rest, value)];
  // An earlier change may have put something else in the place of the object.
  const whole = typeof sample === "object" && sample !== null && !Array.isArray(sample) ? sample as Json : {};
  const { [name!]: old, ...others } = whole;
  if (rest.length > 0) return { ...others, [name!]: replaceAt(old, rest, value) };
  return value === MISSING ? others : { ...others, [name!]: value };
}

function addText(sample: unknown, members: string): string {
  const text = JSON.stringify(sample);
  return text === "{}" ? `{${members}}` : `${text.slice(0, -1)},${members}}`;
}
