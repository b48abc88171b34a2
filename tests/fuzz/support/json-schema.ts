/** The part of JSON Schema (OpenAPI 3.0 dialect) that our documents use. */
export interface JsonSchema {
  readonly type?: "string" | "integer" | "number" | "boolean" | "object" | "array";
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  "uuid": "11111111-2222-4333-8444-555555555555",
  "date-time": "2027-01-31T18:00:00Z",
  "date": "2027-01-31",
  "email": "somebody@example.com",
  "uri": "https://example.com/clip.mp4",
};

/** Texts that fit the patterns in use; one that fits none of them is not sampled well, which only costs depth. */
const CANDIDATES = [
  "ab".repeat(32),
  "video/mp4",
  "AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
  "B0FUZZ0001",
  "plain",
  "Etc/UTC",
  "en",
];

/** A value the schema accepts, as far as that can be told. */
export function sampleOf(schema: JsonSchema): unknown {
  const variants = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (variants?.[0]) return sampleOf(variants[0]);
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, sampleOf(inner)]),
      );
    case "array":
      return [sampleOf(schema.items ?? {})];
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 1, 1);
    case "boolean":
      return true;
    default:
      return sampleText(schema);
  }
}

function sampleText({ format, pattern, minLength = 1 }: JsonSchema): string {
  if (format && BY_FORMAT[format]) return BY_FORMAT[format];
  const expression = pattern === undefined ? null : new RegExp(pattern, "u");
  const fitting = expression && CANDIDATES.find((candidate) => expression.test(candidate));
  return fitting ?? "plain".padEnd(minLength, "x");
}
