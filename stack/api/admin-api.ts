import { createHash, randomInt } from "node:crypto";
import type postgres from "postgres";
import type { ApiConfig } from "./config.ts";

/** Links an administrator may make, and the column in which @supabase/lite looks for the token of each. */
const LINK_TYPES = ["magiclink", "recovery"];

/**
 * The part of GoTrue's admin API the product uses, which @supabase/lite does not have: `admin/generate_link`
 * (a link for a user who exists, without sending it), and reading and deleting `admin/users/:id`.
 * @returns null for other paths
 */
export async function answerAdminRequest(
  request: Request,
  sql: postgres.Sql,
  config: ApiConfig,
): Promise<Response | null> {
  const { pathname } = new URL(request.url);
  const userId = /^\/auth\/v1\/admin\/users\/([0-9a-f-]{36})$/.exec(pathname)?.[1];
  const isLink = pathname === "/auth/v1/admin/generate_link";
  const isUser = userId && (request.method === "GET" || request.method === "DELETE");
  if (!isUser && !(isLink && request.method === "POST")) return null;
  if (!isAdministrator(request, config.secretKey)) {
    return failure(401, "no_authorization", "This endpoint requires the secret key");
  }
  if (isLink) return await generateLink(sql, config, await readBody(request));
  return request.method === "GET" ? await readUser(sql, userId!) : await deleteUser(sql, userId!);
}

function isAdministrator(request: Request, secretKey: string): boolean {
  const bearer = request.headers.get("authorization")?.replace(/^Bearer\s+/i, "");
  return request.headers.get("apikey") === secretKey && (bearer === undefined || bearer === secretKey);
}

async function readBody(request: Request): Promise<Record<string, unknown>> {
  return await request.json().catch(() => ({}));
}

/** The columns of auth.users under GoTrue's names. */
function userColumns(sql: postgres.Sql): postgres.PendingQuery<postgres.Row[]> {
  return sql`id, aud, role, email, coalesce(phone, '') as phone, email_confirmed_at, last_sign_in_at,
    raw_app_meta_data as app_metadata, raw_user_meta_data as user_metadata, created_at, updated_at, is_anonymous`;
}

async function readUser(sql: postgres.Sql, userId: string): Promise<Response> {
  const [user] = await sql`select ${userColumns(sql)} from auth.users where id = ${userId}`;
  return user ? Response.json({ ...user, identities: [] }) : failure(404, "user_not_found", "User not found");
}

async function deleteUser(sql: postgres.Sql, userId: string): Promise<Response> {
  const deleted = await sql`delete from auth.users where id = ${userId} returning id`;
  return deleted.length > 0 ? Response.json({}) : failure(404, "user_not_found", "User not found");
}

async function generateLink(
  sql: postgres.Sql,
  config: ApiConfig,
  body: Record<string, unknown>,
): Promise<Response> {
  const type = String(body.type);
  if (!LINK_TYPES.includes(type)) {
    return failure(400, "validation_failed", `Link type ${type} is not available here`);
  }
  const email = String(body.email).toLowerCase();
  const otp = String(randomInt(1_000_000)).padStart(6, "0");
  // The token @supabase/lite recomputes from address and code.
  const hashedToken = createHash("sha256").update(email + otp).digest("hex");
  const [user] = await sql`
    update auth.users set recovery_token = ${hashedToken}, recovery_sent_at = now()
    where email = ${email} and not is_sso_user
    returning ${userColumns(sql)}`;
  if (!user) return failure(404, "user_not_found", "User with this email not found");
  const redirectTo = typeof body.redirect_to === "string" ? body.redirect_to : config.webUrl;
  const link = new URL(`${config.publicApiUrl}/auth/v1/verify`);
  link.search = new URLSearchParams({ token: hashedToken, type, redirect_to: redirectTo }).toString();
  return Response.json({
    ...user,
    identities: [],
    action_link: link.href,
    email_otp: otp,
    hashed_token: hashedToken,
    verification_type: type,
    redirect_to: redirectTo,
  });
}

function failure(status: number, code: string, message: string): Response {
  return Response.json({ code: status, error_code: code, msg: message }, {
    status,
    headers: { "x-sb-error-code": code },
  });
}
