import type postgres from "postgres";
import type { AuthBody } from "./auth-body.ts";
import type { AuthMailer } from "./auth-mailer.ts";
import { issueToken } from "./issue-token.ts";

const ACCEPTED = "Confirmation link accepted. Please proceed to confirm link sent to the other email";

interface ChangeOptions {
  /** Logged in as `supabase_auth_admin`. */
  readonly sql: postgres.Sql;
  /** [auth.email] double_confirm_changes: both addresses confirm. */
  readonly isDouble: boolean;
  /** Where a link leads that names no page of the web app. */
  readonly webUrl: string;
}

/**
 * GoTrue changes an address once the links in both mailboxes were opened; lite after the one of the current address
 * alone. The first link is answered here, the second is given to lite as the one it waits for.
 * @returns null when lite shall answer
 */
export async function acceptFirstEmailLink(
  request: Request,
  body: AuthBody,
  { sql, isDouble, webUrl }: ChangeOptions,
): Promise<Response | null> {
  const url = new URL(request.url);
  if (url.pathname !== "/auth/v1/verify" || !isDouble) return null;
  const isLink = request.method === "GET";
  const type = isLink ? url.searchParams.get("type") : body.type;
  const hash = isLink ? url.searchParams.get("token") : body.token_hash;
  if (type !== "email_change" || typeof hash !== "string" || hash.length < 7) return null;
  const [user] = await sql<{ id: string; is_first: boolean }[]>`
    select id, email_change_confirm_status = 0 as is_first from auth.users
    where ${hash} in (email_change_token_current, email_change_token_new)
      and email_change_sent_at > now() - interval '1 hour'`;
  if (!user) return null;
  if (!user.is_first) {
    await sql`
      update auth.users
      set email_change_token_current = ${hash}, email_change_token_new = '', email_change_confirm_status = 0
      where id = ${user.id}`;
    return null;
  }
  await sql`
    update auth.users
    set email_change_confirm_status = 1,
        email_change_token_current = nullif(email_change_token_current, ${hash}),
        email_change_token_new = nullif(email_change_token_new, ${hash})
    where id = ${user.id}`;
  if (!isLink) return Response.json({ code: "200", msg: ACCEPTED });
  const wanted = url.searchParams.get("redirect_to") ?? "";
  const target = wanted.startsWith(`${webUrl}/`) ? wanted : webUrl;
  const headers = { location: `${target}#${new URLSearchParams({ message: ACCEPTED })}` };
  return new Response(null, { status: 303, headers });
}

/** After a user asked for another address: the mail to the new one, which lite does not send. */
export async function mailNewAddress(
  userId: string,
  sql: postgres.Sql,
  mailer: AuthMailer,
): Promise<void> {
  const [user] = await sql<{ email: string; email_change: string | null }[]>`
    select email, email_change from auth.users where id = ${userId}`;
  if (!user?.email_change) return;
  const token = issueToken(user.email_change);
  await sql`
    update auth.users set email_change_token_new = ${token.hash}, email_change_confirm_status = 0
    where id = ${userId}`;
  await mailer.send("email_change", user.email_change, token, user.email_change);
}
