import type postgres from "postgres";
import type { AuthBody } from "./auth-body.ts";
import { authError } from "./auth-error.ts";
import type { ApiConfig } from "./config.ts";
import { generateLink } from "./generate-link.ts";

interface AdminOptions {
  /** Logged in as `supabase_auth_admin`. */
  readonly sql: postgres.Sql;
  readonly config: ApiConfig;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The part of GoTrue's admin API the product uses, which @supabase/lite does not have: `admin/generate_link`, and
 * reading and deleting `admin/users/:id`. Only the secret key opens it.
 * @returns null for other paths
 */
export async function answerAdminRequest(
  request: Request,
  body: AuthBody,
  options: AdminOptions,
): Promise<Response | null> {
  const { pathname } = new URL(request.url);
  const userId = /^\/auth\/v1\/admin\/users\/([^/]+)$/.exec(pathname)?.[1];
  const isLink = pathname === "/auth/v1/admin/generate_link" && request.method === "POST";
  const isUser = userId !== undefined && (request.method === "GET" || request.method === "DELETE");
  if (!isUser && !isLink) return null;
  if (!isAdministrator(request, options.config.secretKey)) {
    return request.headers.has("apikey")
      ? authError(403, "not_admin", "User not allowed")
      : authError(401, "no_authorization", "This endpoint requires a valid Bearer token");
  }
  if (!isUser) return await generateLink(body, options);
  if (!UUID.test(userId)) return authError(404, "validation_failed", "user_id must be an UUID");
  return request.method === "GET"
    ? await readUser(options.sql, userId)
    : await deleteUser(options.sql, userId);
}

function isAdministrator(request: Request, secretKey: string): boolean {
  const bearer = request.headers.get("authorization")?.replace(/^Bearer\s+/i, "");
  return request.headers.get("apikey") === secretKey && (bearer === undefined || bearer === secretKey);
}

async function readUser(sql: postgres.Sql, userId: string): Promise<Response> {
  const [user] = await sql`
    select id, aud, role, email, coalesce(phone, '') as phone, email_confirmed_at, last_sign_in_at, banned_until,
      raw_app_meta_data as app_metadata, raw_user_meta_data as user_metadata, created_at, updated_at, is_anonymous
    from auth.users where id = ${userId}`;
  return user ? Response.json({ ...user, identities: [] }) : userNotFound();
}

async function deleteUser(sql: postgres.Sql, userId: string): Promise<Response> {
  const deleted = await sql`delete from auth.users where id = ${userId} returning id`;
  return deleted.length > 0 ? Response.json({}) : userNotFound();
}

function userNotFound(): Response {
  return authError(404, "user_not_found", "User not found");
}
