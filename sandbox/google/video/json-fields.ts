import { badRequest } from "../google-failure.ts";

export type JsonObject = Record<string, unknown>;

/** A field that must be an object or missing. Throws 400 for another type. */
export function readObject(from: JsonObject, name: string, path: string): JsonObject | null {
  const value = from[name];
  if (value === undefined || value === null) return null;
  if (isObject(value)) return value;
  throw wrongType(path, name, value);
}

/** A field that must be a string or missing; a number is not taken for one. Throws 400. */
export function readString(from: JsonObject, name: string, path: string): string | null {
  const value = from[name];
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return value;
  throw wrongType(`${path} (TYPE_STRING)`, name, value);
}

/** A field that must be true, false or missing. Throws 400. */
export function readFlag(from: JsonObject, name: string, path: string): boolean | null {
  const value = from[name];
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value;
  throw wrongType(`${path} (TYPE_BOOL)`, name, value);
}

/** A field that must be a list of strings or missing. Throws 400. */
export function readStrings(from: JsonObject, name: string, path: string): string[] {
  const value = from[name] ?? [];
  if (Array.isArray(value) && value.every((word) => typeof word === "string")) return value;
  throw wrongType(`${path} (TYPE_STRING)`, name, value);
}

/** A request body as a JSON object; an empty body is an empty object. Throws 400 parseError. */
export function parseJsonObject(text: string): JsonObject {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw badRequest("Parse Error", "parseError");
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrongType(path: string, name: string, value: unknown) {
  return badRequest(`Invalid value at 'resource.${path}' field '${name}', ${JSON.stringify(value)}`);
}
