import { App } from "@supabase/lite";
import { PostgresConnection } from "@supabase/lite/postgres";
import postgres from "postgres";
import type { ApiConfig } from "./config.ts";
import { DataConnection } from "./data-connection.ts";
import type { RoleSettings } from "./data-connection.ts";
import { protectValues } from "./protect-values.ts";
import { createTokenReader } from "./read-token.ts";

type Claims = Record<string, unknown>;
type Handler = (request: Request) => Promise<Response>;

/** Settings of a role that hold for its requests too, as in PostgREST. */
const APPLIED_SETTINGS = ["statement_timeout", "lock_timeout"];
const METHODS = ["GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"];

/**
 * The Data API: @supabase/lite on a login that may do nothing but take on the three API roles. Keys and tokens
 * are checked here, so lite never falls back to another role.
 */
export async function createDataApi(config: ApiConfig): Promise<Handler> {
  const catalog = new PostgresConnection({ url: config.catalogUrl, postgresOptions: { max: 1 } });
  const connection = new DataConnection({
    url: config.dataUrl,
    catalog,
    roleSettings: await readRoleSettings(config.catalogUrl),
    schemas: config.schemas,
  });
  await reloadOnNotify(config.catalogUrl, connection);

  const claimsOf = new WeakMap<Request, Claims>();
  const app = new App({
    connection,
    api: { enabled: true, schemas: [...config.schemas], max_rows: config.maxRows },
    auth: { enabled: false, publishable_key: config.publishableKey, secret_key: config.secretKey },
    storage: { enabled: false },
    studio: { enabled: false },
    options: {
      server: {
        admin: false,
        apiKeys: {
          resolver: (key, context) => {
            const claims = claimsOf.get(context.req.raw);
            if (key === config.publishableKey) {
              return Promise.resolve({ type: "publishable", claims: claims ?? { role: "anon" } });
            }
            if (key === config.secretKey) {
              return Promise.resolve({ type: "secret", claims: claims ?? { role: "service_role" } });
            }
            return Promise.resolve(null);
          },
        },
      },
    },
  });
  const readToken = createTokenReader(config.jwtSecret);

  return async (request) => {
    if (!METHODS.includes(request.method)) return refuseMethod(request.method);
    const token = await readToken(request.headers.get("authorization"));
    if (token.kind === "refused") return token.response;
    const headers = new Headers(request.headers);
    // The claims travel beside the request; a token left in it would be looked up in auth.sessions.
    headers.delete("authorization");
    const url = new URL(request.url);
    url.search = protectValues(url.search);
    const { method, body } = request;
    // Without the signal of the request: to be told of its end costs more than the request.
    const inner = new Request(url, { method, headers, body, duplex: "half" } as RequestInit);
    if (token.kind === "user") claimsOf.set(inner, token.claims);
    return await unwrapSingle(request, await app.fetch(inner, { peerAddress: null }));
  };
}

/** lite takes any other method for a GET. */
function refuseMethod(method: string): Response {
  const message = `Unsupported HTTP method: ${method}`;
  return Response.json({ code: "PGRST117", message, details: null, hint: null }, { status: 405 });
}

/**
 * `insert(…).select('*, other(…)').single()` asks for one object; lite answers an array when the insert embeds
 * another table. PostgREST answers the object.
 */
async function unwrapSingle(request: Request, response: Response): Promise<Response> {
  const isSingle = request.headers.get("accept")?.includes("application/vnd.pgrst.object+json");
  if (!isSingle || !response.ok || request.method === "GET" || request.method === "HEAD") return response;
  const text = await response.text();
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  if (text === "") return new Response(null, { status: response.status, headers });
  const rows: unknown = text.startsWith("[") ? JSON.parse(text) : null;
  const body = Array.isArray(rows) && rows.length === 1 ? JSON.stringify(rows[0]) : text;
  headers.set("content-type", "application/vnd.pgrst.object+json; charset=utf-8");
  return new Response(body, { status: response.status, headers });
}

async function readRoleSettings(url: string): Promise<RoleSettings> {
  const sql = postgres(url, { max: 1 });
  const rows = await sql<{ role: string; setting: string }[]>`
    select rolname as role, unnest(rolconfig) as setting from pg_roles
    where rolname in ('anon', 'authenticated', 'service_role')`;
  await sql.end();
  const settings: Record<string, Record<string, string>> = {};
  for (const { role, setting } of rows) {
    const [name = "", value = ""] = setting.split("=", 2);
    if (APPLIED_SETTINGS.includes(name)) (settings[role] ??= {})[name] = value;
  }
  return settings;
}

/** `notify pgrst, 'reload schema'` makes PostgREST read the catalog again; so it does here. */
async function reloadOnNotify(url: string, connection: DataConnection): Promise<void> {
  const sql = postgres(url, { max: 1 });
  await sql.listen("pgrst", (payload) => {
    if (payload === "" || payload === "reload schema") connection.forgetSchema();
  });
}
