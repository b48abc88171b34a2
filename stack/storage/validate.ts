import type { z } from "zod";
import { refusals, StorageError } from "./storage-error.ts";

/** The longest JSON body: a thousand keys of the greatest length. */
const MAX_JSON_BYTES = 2 * 1024 * 1024;

/**
 * Reads a JSON body and checks its shape. Sentences follow those of the hosted service, e.g.
 * "body must have required property 'prefix'".
 * @throws StorageError InvalidRequest
 */
export async function readJson<T extends z.ZodType>(request: Request, schema: T): Promise<z.output<T>> {
  const body = await readLimited(request);
  let value: unknown;
  try {
    value = body === "" ? {} : JSON.parse(body, refuseNul);
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw refusals.invalidRequest("Body is not valid JSON but content-type is set to 'application/json'");
  }
  return check("body", schema, value);
}

/** Postgres cannot hold U+0000 in a text. */
function refuseNul(_key: string, value: unknown): unknown {
  if (typeof value !== "string" || !value.includes("\0")) return value;
  throw refusals.invalidRequest("body must not contain the character U+0000");
}

/** Checks the query parameters. @throws StorageError InvalidRequest */
export function readQuery<T extends z.ZodType>(url: string, schema: T): z.output<T> {
  return check("querystring", schema, Object.fromEntries(new URL(url).searchParams));
}

function check<T extends z.ZodType>(part: string, schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const path = issue.path.map(String);
  if (issue.code === "invalid_type" && issue.input === undefined && path.length > 0) {
    const parent = [part, ...path.slice(0, -1)].join("/");
    throw refusals.invalidRequest(`${parent} must have required property '${path.at(-1)}'`);
  }
  throw refusals.invalidRequest(`${[part, ...path].join("/")}: ${issue.message}`);
}

async function readLimited(request: Request): Promise<string> {
  if (!request.body) return "";
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.length;
      if (size > MAX_JSON_BYTES) throw bodyTooLarge();
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    reader.releaseLock();
  }
}

function bodyTooLarge(): StorageError {
  return new StorageError({
    statusCode: 413,
    code: "EntityTooLarge",
    error: "Payload too large",
    message: "Request body is too large",
    httpStatus: 413,
  });
}
