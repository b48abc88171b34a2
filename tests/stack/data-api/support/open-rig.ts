import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import postgres from "postgres";
import { createAccount } from "../../../functions/support/account.ts";
import { eventually } from "../../../support/eventually.ts";
import { startStack } from "../../../support/stack.ts";

type Sql = postgres.Sql;

/** An answer of the Data API as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body read as JSON; null when there is none. */
  readonly body: unknown;
}

export interface WireRequest {
  readonly method?: string;
  /** Added to the user's key and token; null takes one of those away. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Sent as JSON, a text as it is. */
  readonly body?: unknown;
}

/** A stack with relations of every kind, see conformance.sql. */
export interface Rig extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
  /** As `postgres`. */
  readonly sql: Sql;
  readonly token: string;
  readonly user: SupabaseClient;
  readonly anonymous: SupabaseClient;
  readonly service: SupabaseClient;
  /** Sends a request as the signed-in user without a client in between. */
  send(path: string, request?: WireRequest): Promise<WireAnswer>;
}

export async function openRig(basePort: number): Promise<Rig> {
  const stack = await startStack({ basePort });
  const { env } = stack;
  const sql = postgres(env.DB_URL!, { max: 2, onnotice: () => {} });
  const close = async () => {
    await run(sql, "drop.sql");
    await sql.end();
    await stack.stop();
  };
  try {
    await run(sql, "drop.sql");
    await run(sql, "conformance.sql");
    const { token } = await createAccount(env);
    const connect = (key: string, bearer?: string) =>
      createClient(
        env.API_URL!,
        key,
        bearer ? { accessToken: () => Promise.resolve(bearer) } : {
          auth: { persistSession: false, autoRefreshToken: false },
        },
      );
    const user = connect(env.PUBLISHABLE_KEY!, token);
    await eventually("the new relations", async () => (await user.rpc("cf_true")).data === true);
    return {
      ...{ env, sql, token, user },
      anonymous: connect(env.PUBLISHABLE_KEY!),
      service: connect(env.SECRET_KEY!),
      send: (path, request = {}) => send(env, token, path, request),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function run(sql: Sql, name: string): Promise<void> {
  await sql.unsafe(await Deno.readTextFile(new URL(name, import.meta.url)));
}

async function send(
  env: Rig["env"],
  token: string,
  path: string,
  { method = "GET", headers = {}, body }: WireRequest,
): Promise<WireAnswer> {
  const all: Record<string, string | null> = {
    apikey: env.PUBLISHABLE_KEY!,
    authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...headers,
  };
  const response = await fetch(`${env.API_URL}/rest/v1/${path}`, {
    method,
    headers: Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
    body: body === undefined || typeof body === "string" ? body as string : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "") && text !== "";
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
}
