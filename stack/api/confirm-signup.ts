import type postgres from "postgres";
import type { AuthBody } from "./auth-body.ts";
import type { AuthMailer } from "./auth-mailer.ts";
import { refuseUntil } from "./mail-frequency.ts";
import { issueToken } from "./issue-token.ts";

interface ConfirmOptions {
  /** Logged in as `supabase_auth_admin`. */
  readonly sql: postgres.Sql;
  readonly mailer: AuthMailer;
  readonly frequencyMs: number;
}

interface Account {
  readonly id: string;
  readonly email: string;
  readonly email_confirmed_at: Date | null;
  readonly confirmation_sent_at: Date | null;
}

/**
 * With `enable_confirmations`: signing up with an address that is taken, and `resend`, both of which lite answers
 * with a rate limit that never ends. A confirmed address is not given away: the answer looks like a new account.
 * @returns null when lite shall answer
 */
export async function answerConfirmation(
  path: string,
  body: AuthBody,
  options: ConfirmOptions,
): Promise<Response | null> {
  const isSignUp = path === "/auth/v1/signup" && typeof body.password === "string";
  const isResend = path === "/auth/v1/resend" && body.type === "signup";
  if (!(isSignUp || isResend) || typeof body.email !== "string") return null;
  const account = await findAccount(options.sql, body.email);
  if (!account) return isResend ? Response.json({}) : null;
  if (account.email_confirmed_at) {
    return isResend ? Response.json({}) : Response.json(describeNobody(account.email));
  }
  const refusal = refuseUntil(account.confirmation_sent_at, options.frequencyMs);
  if (refusal) return refusal;
  const token = issueToken(account.email);
  await options.sql`
    update auth.users set confirmation_token = ${token.hash}, confirmation_sent_at = now()
    where id = ${account.id}`;
  await options.mailer.send("confirmation", account.email, token);
  if (isResend) return Response.json({});
  return Response.json({ ...describeNobody(account.email), id: account.id });
}

async function findAccount(sql: postgres.Sql, email: string): Promise<Account | undefined> {
  const [account] = await sql<Account[]>`
    select id, email, email_confirmed_at, confirmation_sent_at from auth.users
    where email = ${email.toLowerCase()} and not is_sso_user`;
  return account;
}

/** What GoTrue answers when the address is taken: a user with an id of nobody and without identities. */
function describeNobody(email: string) {
  const now = new Date().toISOString();
  return {
    id: crypto.randomUUID(),
    aud: "authenticated",
    role: "authenticated",
    email,
    phone: "",
    confirmation_sent_at: now,
    app_metadata: { provider: "email", providers: ["email"] },
    user_metadata: {},
    identities: [],
    created_at: now,
    updated_at: now,
    is_anonymous: false,
  };
}
