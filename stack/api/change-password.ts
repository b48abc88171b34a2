import { createHash } from "node:crypto";
import type postgres from "postgres";
import type { AuthBody } from "./auth-body.ts";
import { authError } from "./auth-error.ts";

/** GoTrue asks for the code of a mail when the session is older than this. */
const REAUTHENTICATE_AFTER = "24 hours";

export interface SessionClaims {
  readonly userId: string;
  readonly sessionId: string;
}

/**
 * With `secure_password_change`: a session older than a day changes the password only with the code from the mail of
 * `reauthenticate`. Also the longest password bcrypt tells apart.
 * @returns null when the change may go on
 */
export async function refusePasswordChange(
  sql: postgres.Sql,
  body: AuthBody,
  caller: SessionClaims,
  isSecure: boolean,
): Promise<Response | null> {
  if (typeof body.password === "string" && new TextEncoder().encode(body.password).length > 72) {
    return authError(422, "validation_failed", "Password cannot be longer than 72 characters");
  }
  if (!isSecure) return null;
  const [session] = await sql`
    select from auth.sessions
    where id = ${caller.sessionId} and created_at > now() - ${REAUTHENTICATE_AFTER}::interval`;
  if (session) return null;
  if (typeof body.nonce !== "string" || body.nonce === "") {
    return authError(400, "reauthentication_needed", "Password update requires reauthentication");
  }
  const [user] = await sql<{ email: string }[]>`select email from auth.users where id = ${caller.userId}`;
  const hash = createHash("sha256").update((user?.email ?? "").toLowerCase() + body.nonce).digest("hex");
  const used = await sql`
    update auth.users set reauthentication_token = ''
    where id = ${caller.userId} and reauthentication_token = ${hash}
      and reauthentication_sent_at > now() - interval '1 hour'
    returning id`;
  return used.length > 0
    ? null
    : authError(422, "reauthentication_not_valid", "Nonce has expired or is invalid");
}

/** After a change of the password every other session ends, as in GoTrue. */
export async function endOtherSessions(sql: postgres.Sql, caller: SessionClaims): Promise<void> {
  await sql`delete from auth.sessions where user_id = ${caller.userId} and id <> ${caller.sessionId}`;
}
