import type { ClaimedMail } from "../../_shared/db/mail-outbox.ts";
import { composeMail } from "../rules/compose-mail.ts";
import { judgeMailFailure } from "../rules/judge-mail-failure.ts";
import type { AccountDeps } from "./deps.ts";

const CLAIMED_AT_ONCE = 5;
/** Longer than the claimed mails take one after the other, time limit of a call included. */
const LEASE_SECONDS = 90;
const WORKING_MS = 45_000;

type MailDeps = Pick<AccountDeps, "mails" | "mailer" | "clock" | "sleep" | "logError" | "webUrl">;
type Outcome = "sent" | "later" | "failed" | "stopped" | "left";

/**
 * Sends what is due, one mail after the other at the pace of private.mail_gate. Every step may end anywhere: a mail
 * begun comes back with the same content and the same key.
 */
export async function sendMails(deps: MailDeps): Promise<Record<string, number>> {
  const total: Record<string, number> = {};
  if (!deps.mailer) {
    await deps.mails.stop("not_configured");
    return total;
  }
  const end = deps.clock().getTime() + WORKING_MS;
  while (deps.clock().getTime() < end) {
    const mails = await deps.mails.claim(CLAIMED_AT_ONCE, LEASE_SECONDS);
    if (mails.length === 0) break;
    for (const mail of mails) {
      const outcome = await sendMail(deps, mail);
      total[outcome] = (total[outcome] ?? 0) + 1;
      if (outcome === "stopped") return total;
    }
  }
  return total;
}

async function sendMail(deps: MailDeps, mail: ClaimedMail): Promise<Outcome> {
  const content = mail.isWritten ? null : composeMail(mail, deps.webUrl);
  const begun = await deps.mails.begin(mail, LEASE_SECONDS, content);
  if (!begun) return "left";
  await deps.sleep(begun.waitSeconds * 1000);
  try {
    const { recipient: to, idempotencyKey, subject, html, text } = begun;
    const headers = { "List-Unsubscribe": `<${deps.webUrl}/settings/notifications>` };
    const providerId = await deps.mailer!.send(idempotencyKey, { to, subject, html, text, headers });
    return await deps.mails.finish(mail, providerId) ? "sent" : "left";
  } catch (error) {
    const verdict = judgeMailFailure(error);
    // Not about the mail service: the lease ends, and the same call is made again.
    if (verdict === null) throw error;
    if (verdict.kind === "never") {
      deps.logError({ mail_id: mail.id, mail_error: verdict.code }, error);
      await deps.mails.fail(mail, verdict.code, verdict.message);
      return "failed";
    }
    const status = await deps.mails.postpone(mail, verdict);
    if (status === "failed" || verdict.stop) {
      deps.logError({ mail_id: mail.id, mail_error: verdict.code }, error);
    }
    return verdict.stop ? "stopped" : status === "failed" ? "failed" : "later";
  }
}
