import type postgres from "postgres";
import type { AuthBody } from "./auth-body.ts";
import { authError } from "./auth-error.ts";

const DEFAULT_FREQUENCY_MS = 1000;
const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Column that tells when the mail of a request was last sent. */
function sentAtColumn(path: string, body: AuthBody): string | null {
  if (path === "/auth/v1/recover" || path === "/auth/v1/otp" || path === "/auth/v1/magiclink") {
    return "recovery_sent_at";
  }
  if (path !== "/auth/v1/resend") return null;
  return body.type === "email_change" ? "email_change_sent_at" : "confirmation_sent_at";
}

/** `max_frequency` of [auth.email], a Go duration such as `1m0s`, in milliseconds. */
export function readFrequency(auth: Readonly<Record<string, unknown>>): number {
  const email = auth.email as Readonly<Record<string, unknown>> | undefined;
  const parts = String(email?.max_frequency ?? "").matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g);
  const total = [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * UNIT_MS[unit!]!, 0);
  return total || DEFAULT_FREQUENCY_MS;
}

/** Refuses a second mail of a kind to one person within `frequencyMs`, as GoTrue does and lite does not. */
export async function refuseFrequentMail(
  sql: postgres.Sql,
  path: string,
  body: AuthBody,
  frequencyMs: number,
): Promise<Response | null> {
  const column = sentAtColumn(path, body);
  if (!column || typeof body.email !== "string") return null;
  const [user] = await sql<{ sent_at: Date | null }[]>`
    select ${sql(column)} as sent_at from auth.users
    where email = ${body.email.toLowerCase()} and not is_sso_user`;
  return refuseUntil(user?.sent_at ?? null, frequencyMs);
}

/** The refusal while less than `frequencyMs` has passed since `sentAt`. */
export function refuseUntil(sentAt: Date | null, frequencyMs: number): Response | null {
  const waitMs = sentAt ? sentAt.getTime() + frequencyMs - Date.now() : 0;
  if (waitMs <= 0) return null;
  const seconds = Math.ceil(waitMs / 1000);
  const message = `For security purposes, you can only request this after ${seconds} seconds.`;
  return authError(429, "over_email_send_rate_limit", message);
}
