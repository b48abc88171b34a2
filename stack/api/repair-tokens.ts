import { decodeJwt, SignJWT } from "jose";
import type postgres from "postgres";

interface RepairOptions {
  /** Logged in as `supabase_auth_admin`. */
  readonly sql: postgres.Sql;
  readonly jwtSecret: string;
  readonly issuer: string;
}

interface UserRow {
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
 * fragment of the redirect.
 */
export async function repairTokens(
  response: Response,
  request: URL,
  options: RepairOptions,
): Promise<Response> {
  const location = response.headers.get("location");
  if (location?.includes("#access_token=")) {
    const [target, fragment] = location.split("#", 2);
    const parameters = new URLSearchParams(fragment);
    parameters.set("access_token", await signAgain(parameters.get("access_token")!, request, options));
    const headers = new Headers(response.headers);
    headers.set("location", `${target}#${parameters}`);
    return new Response(response.body, { status: response.status, headers });
  }
  if (!response.ok || !/^\/auth\/v1\/(token|signup|verify)$/.test(request.pathname)) return response;
  const body = await response.json();
  if (typeof body?.access_token === "string") {
    body.access_token = await signAgain(body.access_token, request, options);
  }
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return Response.json(body, { status: response.status, headers });
}

async function signAgain(token: string, request: URL, options: RepairOptions): Promise<string> {
  const claims = decodeJwt(token);
  const [user] = await options.sql<UserRow[]>`
    select phone, is_anonymous, raw_app_meta_data as app_metadata, raw_user_meta_data as user_metadata
    from auth.users where id = ${claims.sub!}`;
  const amr = await readMethods(options.sql, String(claims.session_id), readMethod(request));
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
