import { decodeJwt, SignJWT } from "jose";
import type postgres from "postgres";
import { authError } from "./auth-error.ts";

interface RepairOptions {
  /** Logged in as `supabase_auth_admin`. */
  readonly sql: postgres.Sql;
  readonly jwtSecret: string;
  readonly issuer: string;
}

interface UserRow {
  readonly is_banned: boolean | null;
  readonly phone: string | null;
  readonly is_anonymous: boolean;
  readonly app_metadata: Record<string, unknown> | null;
  readonly user_metadata: Record<string, unknown> | null;
}

/** GoTrue's name of the way in, by the path and parameters of the request that opened the session. */
function readMethod(url: URL): string | null {
  if (url.pathname === "/auth/v1/verify") return "otp";
  if (url.pathname === "/auth/v1/signup") return "password";
  const grant = url.searchParams.get("grant_type");
  if (grant === "password") return "password";
  return grant === "pkce" ? "oauth" : null;
}

/**
 * Signs the access tokens of a response again. lite's tokens lack most of GoTrue's claims: iss, aal, amr, phone,
 * is_anonymous, app_metadata, user_metadata. Tokens stand in the JSON body or, after a link in a mail, in the
 * fragment of the redirect. A banned user gets none, and the session remembers the device it is used on.
 */
export async function repairTokens(
  response: Response,
  request: Request,
  options: RepairOptions,
): Promise<Response> {
  const headers = new Headers(response.headers);
  const location = headers.get("location");
  if (location?.includes("#access_token=")) {
    const [target, fragment] = location.split("#", 2);
    const parameters = new URLSearchParams(fragment);
    const token = await signAgain(parameters.get("access_token")!, request, options);
    if (token) parameters.set("access_token", token);
    else for (const name of [...parameters.keys()]) parameters.delete(name);
    if (!token) parameters.set("error_code", "user_banned");
    headers.set("location", `${target}#${parameters}`);
    return new Response(response.body, { status: response.status, headers });
  }
  const { pathname } = new URL(request.url);
  if (!response.ok || !/^\/auth\/v1\/(token|signup|verify)$/.test(pathname)) return response;
  const body = await response.json();
  if (typeof body?.access_token === "string") {
    body.access_token = await signAgain(body.access_token, request, options);
    if (body.access_token === null) return authError(400, "user_banned", "User is banned");
  }
  headers.delete("content-length");
  return Response.json(body, { status: response.status, headers });
}

/** The token with GoTrue's claims; null for a banned user, whose session ends. */
async function signAgain(token: string, request: Request, options: RepairOptions): Promise<string | null> {
  const claims = decodeJwt(token);
  const sessionId = String(claims.session_id);
  const [user] = await options.sql<UserRow[]>`
    select phone, is_anonymous, raw_app_meta_data as app_metadata, raw_user_meta_data as user_metadata,
      banned_until > now() as is_banned
    from auth.users where id = ${claims.sub!}`;
  if (user?.is_banned) {
    await options.sql`delete from auth.sessions where id = ${sessionId}`;
    return null;
  }
  await recordDevice(options.sql, sessionId, request.headers);
  const amr = await readMethods(options.sql, sessionId, readMethod(new URL(request.url)));
  return await new SignJWT({
    ...claims,
    iss: options.issuer,
    email: claims.email ?? "",
    phone: user?.phone ?? "",
    app_metadata: user?.app_metadata ?? {},
    user_metadata: user?.user_metadata ?? {},
    aal: "aal1",
    amr,
    is_anonymous: user?.is_anonymous ?? false,
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(new TextEncoder().encode(options.jwtSecret));
}

/** GoTrue notes browser and address at sign-in and at every refresh; lite leaves both empty. */
async function recordDevice(sql: postgres.Sql, sessionId: string, headers: Headers): Promise<void> {
  const address = headers.get("x-forwarded-for")?.split(",")[0]?.trim() || null;
  await sql`
    update auth.sessions set user_agent = ${headers.get("user-agent")}, ip = ${address}
    where id = ${sessionId}`;
}

/** Remembers how a session was opened and answers it again at each refresh. */
async function readMethods(
  sql: postgres.Sql,
  sessionId: string,
  method: string | null,
): Promise<{ method: string; timestamp: number }[]> {
  if (method) {
    await sql`
      insert into auth.mfa_amr_claims (session_id, authentication_method) values (${sessionId}, ${method})
      on conflict (session_id, authentication_method) do update set updated_at = now()`;
  }
  const rows = await sql<{ method: string; timestamp: number }[]>`
    select authentication_method as method, extract(epoch from updated_at)::int as timestamp
    from auth.mfa_amr_claims where session_id = ${sessionId} order by updated_at desc`;
  return [...rows];
}
