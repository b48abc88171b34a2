import assert from "node:assert/strict";
import type { JsonSchema } from "./json-schema.ts";

const FUNCTIONS_DIR = new URL("../../../supabase/functions", import.meta.url).pathname;
const VERBS = ["get", "post", "put", "patch", "delete"] as const;

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

/** One route of a function as its OpenAPI document tells it. */
export interface Operation {
  readonly method: string;
  /** With the function's name and `{id}` for parameters. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Schema of its JSON body; null when it takes none. */
  readonly body: JsonSchema | null;
  /** Schema of its form; null when it takes none. */
  readonly form: JsonSchema | null;
  /** Takes signed calls of the scheduler only. */
  readonly isInternal: boolean;
  /** Methods that the same path has. */
  readonly methods: readonly string[];
}

/** The path of an operation with an id for each parameter; one that takes certain words gets one of them. */
export function fillPath({ path, parameters }: Pick<Operation, "path" | "parameters">, id: string): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const words = parameters.find((parameter) => parameter.in === "path" && parameter.name === name)?.schema
      .enum;
    return words ? String(words.at(-1)) : id;
  });
}

interface PathItem {
  readonly [verb: string]: {
    readonly parameters?: readonly Parameter[];
    readonly requestBody?: { readonly content?: Record<string, { readonly schema?: JsonSchema }> };
  };
}

/** Every route of every function below supabase/functions, from the documents they serve. */
export async function readOperations(apiUrl: string): Promise<Operation[]> {
  const operations: Operation[] = [];
  for await (const entry of Deno.readDir(FUNCTIONS_DIR)) {
    if (!entry.isDirectory || entry.name.startsWith("_")) continue;
    const response = await fetch(`${apiUrl}/functions/v1/${entry.name}/openapi.json`);
    assert.equal(response.status, 200, `${entry.name} serves no OpenAPI document`);
    const { paths } = await response.json() as { paths: Record<string, PathItem> };
    for (const [path, item] of Object.entries(paths)) operations.push(...readPath(path, item));
  }
  return operations.sort((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`));
}

function readPath(path: string, item: PathItem): Operation[] {
  const verbs = VERBS.filter((verb) => verb in item);
  return verbs.map((verb) => ({
    method: verb.toUpperCase(),
    path: path.replace(/\/$/, ""),
    parameters: item[verb]!.parameters ?? [],
    body: item[verb]!.requestBody?.content?.["application/json"]?.schema ?? null,
    form: item[verb]!.requestBody?.content?.["application/x-www-form-urlencoded"]?.schema ?? null,
    isInternal: path.includes("/internal/"),
    methods: verbs.map((each) => each.toUpperCase()),
  }));
}
