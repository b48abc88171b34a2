import type postgres from "postgres";
import type { AuthBody } from "./auth-body.ts";
import { authError } from "./auth-error.ts";
import type { ApiConfig } from "./config.ts";
import { issueToken } from "./issue-token.ts";

type LinkType = "signup" | "invite" | "magiclink" | "recovery" | "email_change_current" | "email_change_new";

/** Where lite looks for the token of each kind, and the type its link carries. */
const LINKS: Readonly<Record<LinkType, { column: string; sentAt: string; verifyType: string }>> = {
  signup: { column: "confirmation_token", sentAt: "confirmation_sent_at", verifyType: "signup" },
  invite: { column: "confirmation_token", sentAt: "confirmation_sent_at", verifyType: "invite" },
  magiclink: { column: "recovery_token", sentAt: "recovery_sent_at", verifyType: "magiclink" },
  recovery: { column: "recovery_token", sentAt: "recovery_sent_at", verifyType: "recovery" },
  email_change_current: {
    column: "email_change_token_current",
    sentAt: "email_change_sent_at",
    verifyType: "email_change",
  },
  email_change_new: {
    column: "email_change_token_new",
    sentAt: "email_change_sent_at",
    verifyType: "email_change",
  },
};

interface GenerateOptions {
  /** Logged in as `supabase_auth_admin`. */
  readonly sql: postgres.Sql;
  readonly config: ApiConfig;
}

/**
 * GoTrue's `admin/generate_link`: a link like those in mails, without sending it. A newer link of a kind replaces the
 * older. `signup`, `invite` and a `magiclink` for nobody make the account, unconfirmed.
 */
export async function generateLink(body: AuthBody, options: GenerateOptions): Promise<Response> {
  const { sql, config } = options;
  const asked = String(body.type);
  if (!Object.hasOwn(LINKS, asked)) {
    return authError(400, "validation_failed", `Invalid email action link type requested: ${asked}`);
  }
  const email = readEmail(body.email);
  if (!email) return authError(400, "validation_failed", "Unable to validate email address: invalid format");
  const exists = await isTaken(sql, email);
  const type = asked === "magiclink" && !exists ? "signup" : asked as LinkType;

  if (type === "signup" || type === "invite") {
    const refusal = await makeAccount(type, email, exists, body, options);
    if (refusal) return refusal;
  } else if (!exists) {
    return authError(404, "user_not_found", "User with this email not found");
  }
  let holder = email;
  if (type.startsWith("email_change")) {
    const newEmail = readEmail(body.new_email);
    if (!newEmail) {
      return authError(400, "validation_failed", "Unable to validate email address: invalid format");
    }
    if (await isTaken(sql, newEmail)) return emailExists();
    await sql`
      update auth.users set email_change = ${newEmail}, email_change_confirm_status = 0 where email = ${email}`;
    if (type === "email_change_new") holder = newEmail;
  }

  const { column, sentAt, verifyType } = LINKS[type];
  const token = issueToken(holder);
  const [user] = await sql`
    update auth.users set ${sql(column)} = ${token.hash}, ${sql(sentAt)} = now()
    where email = ${email} and not is_sso_user
    returning id, aud, role, email, coalesce(phone, '') as phone, email_confirmed_at, last_sign_in_at,
      raw_app_meta_data as app_metadata, raw_user_meta_data as user_metadata, created_at, updated_at, is_anonymous`;
  const redirectTo = typeof body.redirect_to === "string" ? body.redirect_to : config.webUrl;
  const link = new URL(`${config.publicApiUrl}/auth/v1/verify`);
  link.search = new URLSearchParams({ token: token.hash, type: verifyType, redirect_to: redirectTo })
    .toString();
  return Response.json({
    ...user,
    identities: [],
    action_link: link.href,
    email_otp: token.otp,
    hashed_token: token.hash,
    verification_type: type,
    redirect_to: redirectTo,
  });
}

async function makeAccount(
  type: "signup" | "invite",
  email: string,
  exists: boolean,
  body: AuthBody,
  { sql, config }: GenerateOptions,
): Promise<Response | null> {
  if (exists) {
    const [user] = await sql`select email_confirmed_at from auth.users where email = ${email}`;
    return user?.email_confirmed_at ? emailExists() : null;
  }
  if (type === "signup" && body.type === "signup" && !body.password) {
    return authError(400, "validation_failed", "Signup requires a valid password");
  }
  const password = typeof body.password === "string" ? body.password : crypto.randomUUID();
  const shortest = Number(config.auth.minimum_password_length ?? 6);
  if (password.length < shortest) {
    return authError(422, "weak_password", `Password should be at least ${shortest} characters.`, {
      weak_password: { reasons: ["length"] },
    });
  }
  await insertAccount(sql, email, password, body.data ?? {});
  return null;
}

/** An account whose address is not proven yet; the link confirms it, whatever sign-up would do. */
async function insertAccount(sql: postgres.Sql, email: string, password: string, data: unknown) {
  const id = crypto.randomUUID();
  const facts = { sub: id, email, email_verified: false, phone_verified: false };
  await sql.begin(async (tx) => {
    await tx`
      insert into auth.users (id, aud, role, email, encrypted_password, raw_app_meta_data, raw_user_meta_data)
      values (
        ${id}, 'authenticated', 'authenticated', ${email},
        extensions.crypt(${password}, extensions.gen_salt('bf', 10)),
        '{"provider": "email", "providers": ["email"]}', ${tx.json({ ...data as object, ...facts })}
      )`;
    await tx`
      insert into auth.identities (id, provider, provider_id, user_id, identity_data)
      values (${crypto.randomUUID()}, 'email', ${id}, ${id}, ${tx.json(facts)})`;
  });
}

async function isTaken(sql: postgres.Sql, email: string): Promise<boolean> {
  const rows = await sql`select from auth.users where email = ${email} and not is_sso_user`;
  return rows.length > 0;
}

function readEmail(value: unknown): string | null {
  return typeof value === "string" && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? value.toLowerCase() : null;
}

function emailExists(): Response {
  return authError(422, "email_exists", "A user with this email address has already been registered");
}
