import type { JsonSchema } from "../support/json-schema.ts";

export interface WrongValue {
  readonly title: string;
  readonly value: unknown;
  readonly mayBeTaken?: boolean;
}

/** Stands for a field that is not there. */
export const MISSING = Symbol("missing");

const LONG = "x".repeat(20_000);
const ODD_TEXTS: readonly [string, string][] = [
  ["a zero character", "a\u0000b"],
  ["half a surrogate pair", "a\ud800b"],
  ["right-to-left marks", "\u202egpj.4pm\u202c"],
  ["a path that climbs", "../../../../etc/passwd"],
  ["SQL", "'; drop table public.profiles; --"],
  ["only spaces", "   "],
  ["no character", ""],
];

const OTHER_TYPES: Readonly<Record<string, readonly unknown[]>> = {
  string: [5, true, [], {}],
  integer: ["5", 1.5, true, [], {}],
  number: ["5", true, [], {}],
  boolean: ["true", 1, [], {}],
  object: ["{}", 5, true, []],
  array: ["[]", 5, true, {}],
};

/** Values that a schema refuses, and some that it may or may not take but must not stumble over. */
export function wrongValuesFor(schema: JsonSchema, isRequired: boolean): WrongValue[] {
  if (schema.oneOf || schema.anyOf || schema.allOf || (!schema.type && !schema.enum)) return [];
  const type = schema.type ?? "string";
  const wrong: WrongValue[] = (OTHER_TYPES[type] ?? []).map((value) => ({
    title: `is ${JSON.stringify(value)}`,
    value,
  }));
  if (isRequired) wrong.push({ title: "is missing", value: MISSING });
  wrong.push({ title: "is null", value: null, mayBeTaken: schema.nullable ?? false });
  if (type === "string") wrong.push(...wrongTexts(schema));
  if (type === "integer" || type === "number") wrong.push(...wrongNumbers(schema));
  if (type === "array") {
    const long = Array.from({ length: 5_000 }, () => 1);
    wrong.push({ title: "has 5,000 entries of another type", value: long });
  }
  return wrong;
}

function wrongTexts(schema: JsonSchema): WrongValue[] {
  const isFree = !schema.enum && !schema.format && !schema.pattern;
  const isShort = schema.maxLength !== undefined && schema.maxLength < LONG.length;
  return [
    { title: "has 20,000 characters", value: LONG, mayBeTaken: isFree && !isShort },
    ...ODD_TEXTS.map(([title, value]) => ({
      title: `has ${title}`,
      value,
      mayBeTaken: !schema.enum && !(schema.format && schema.format !== "uri"),
    })),
  ];
}

function wrongNumbers({ minimum, maximum, type }: JsonSchema): WrongValue[] {
  const isWhole = type === "integer";
  return [
    { title: "is below the least", value: (minimum ?? 0) - 1, mayBeTaken: minimum === undefined },
    { title: "is beyond what a whole number holds", value: 1e21, mayBeTaken: maximum === undefined },
    { title: "is nearly infinite", value: 1e308, mayBeTaken: maximum === undefined && !isWhole },
  ];
}
