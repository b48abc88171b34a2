import { join } from "node:path";
import { parse } from "smol-toml";
import { StackError } from "./stack-error.ts";

/** The part of supabase/config.toml the stack obeys. */
export interface SupabaseConfig {
  readonly apiSchemas: readonly string[];
  readonly maxRows: number;
  readonly seedPaths: readonly string[];
  /** Vault secrets by name; `env(NAME)` is already replaced. */
  readonly vault: Readonly<Record<string, string>>;
  /** The table `[auth]`, in the form @supabase/lite reads. */
  readonly auth: Readonly<Record<string, unknown>>;
  readonly functions: Readonly<Record<string, FunctionConfig>>;
}

export interface FunctionConfig {
  readonly enabled: boolean;
  /** When true the gateway lets no request through without a valid token or an API key. */
  readonly verifyJwt: boolean;
}

type Table = Record<string, unknown>;

/**
 * Reads supabase/config.toml.
 * @param env values for `env(NAME)`
 * @throws StackError when the file cannot be read or a value has the wrong form
 */
export async function readSupabaseConfig(
  supabaseDir: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SupabaseConfig> {
  const path = join(supabaseDir, "config.toml");
  let root: Table;
  try {
    root = substitute(parse(await Deno.readTextFile(path)), env) as Table;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) root = {};
    else throw new StackError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  const api = table(root.api);
  const db = table(root.db);
  return {
    apiSchemas: strings(api.schemas) ?? ["public", "graphql_public"],
    maxRows: typeof api.max_rows === "number" ? api.max_rows : 1000,
    seedPaths: table(db.seed).enabled === false ? [] : strings(table(db.seed).sql_paths) ?? ["./seed.sql"],
    vault: Object.fromEntries(
      Object.entries(table(db.vault)).filter((entry): entry is [string, string] =>
        typeof entry[1] === "string"
      ),
    ),
    auth: table(root.auth),
    functions: readFunctions(table(root.functions)),
  };
}

/** The settings of a function; one that is not named in config.toml is enabled and verified. */
export function functionConfig(config: SupabaseConfig, name: string): FunctionConfig {
  return config.functions[name] ?? { enabled: true, verifyJwt: true };
}

function readFunctions(functions: Table): Record<string, FunctionConfig> {
  return Object.fromEntries(
    Object.entries(functions).map(([name, value]) => {
      const { enabled, verify_jwt } = table(value);
      return [name, { enabled: enabled !== false, verifyJwt: verify_jwt !== false }];
    }),
  );
}

function substitute(value: unknown, env: Readonly<Record<string, string | undefined>>): unknown {
  if (typeof value === "string") {
    return value.replace(/^env\((\w+)\)$/, (whole, name: string) => env[name] ?? whole);
  }
  if (Array.isArray(value)) return value.map((item) => substitute(item, env));
  if (value && typeof value === "object" && !(value instanceof Date)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, env)]));
  }
  return value;
}

function table(value: unknown): Table {
  return value && typeof value === "object" && !Array.isArray(value) ? value as Table : {};
}

function strings(value: unknown): string[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : null;
}
