import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

/** A notice that a mail tells. */
export interface MailNotice {
  kind: string;
  title: string;
  body: string | null;
  link_path: string | null;
}

/** A post as it stands when its mail is written. */
export interface MailPost {
  id: string;
  caption: string;
  targets: {
    platform: string;
    account_name: string | null;
    status: string;
    url: string | null;
    message: string | null;
    scheduled_for: string;
  }[];
}

/** A mail in a worker's hands; writes count only with its lease token. */
export interface ClaimedMail {
  id: string;
  leaseToken: string;
  /** Its content stands already. */
  isWritten: boolean;
  timeZone: string;
  notices: MailNotice[];
  posts: MailPost[];
}

export interface MailContent {
  subject: string;
  html: string;
  text: string;
}

/** A mail as it is sent now and, should the answer get lost, again. */
export interface BegunMail extends MailContent {
  recipient: string;
  idempotencyKey: string;
  /** Until its place in the pace of all mails. */
  waitSeconds: number;
}

export interface Postponement {
  code: string;
  message: string;
  /** Nothing went out for sure. */
  isCertain: boolean;
  /** One of the tries of which a mail has only so many. */
  counts: boolean;
  waitSeconds?: number;
  /** Why nothing at all is sent for a while. */
  stop?: "quota" | "refused";
}

export type MailOutbox = ReturnType<typeof createMailOutbox>;

/** The functions over private.mail_outbox (service_role). Times are the database's. */
export function createMailOutbox(admin: DatabaseClient) {
  return {
    async claim(limit: number, leaseSeconds: number): Promise<ClaimedMail[]> {
      const rows = unwrap(await admin.rpc("claim_mails", { p_limit: limit, p_lease_seconds: leaseSeconds }));
      return rows.map((row) => ({
        id: row.mail_id,
        leaseToken: row.lease_token,
        isWritten: row.is_written,
        timeZone: row.time_zone,
        notices: (row.notices ?? []) as unknown as MailNotice[],
        posts: row.posts as unknown as MailPost[],
      }));
    },

    /** Null when the mail is somebody else's by now, or nobody's. After it a call may have been made. */
    async begin(
      mail: ClaimedMail,
      leaseSeconds: number,
      content: MailContent | null,
    ): Promise<BegunMail | null> {
      const [row] = unwrap(
        await admin.rpc("begin_mail", {
          p_mail_id: mail.id,
          p_lease_token: mail.leaseToken,
          p_lease_seconds: leaseSeconds,
          p_subject: content?.subject,
          p_html: content?.html,
          p_text: content?.text,
        }),
      );
      if (!row) return null;
      return {
        recipient: row.recipient,
        idempotencyKey: row.idempotency_key,
        subject: row.subject,
        html: row.html_body,
        text: row.text_body,
        waitSeconds: row.wait_seconds,
      };
    },

    async finish(mail: ClaimedMail, providerId: string): Promise<boolean> {
      return unwrap(
        await admin.rpc("finish_mail", {
          p_mail_id: mail.id,
          p_lease_token: mail.leaseToken,
          p_provider_id: providerId,
        }),
      );
    },

    /** The mail's status, null when the lease was lost. */
    async postpone(mail: ClaimedMail, why: Postponement): Promise<string | null> {
      return unwrap(
        await admin.rpc("postpone_mail", {
          p_mail_id: mail.id,
          p_lease_token: mail.leaseToken,
          p_error_code: why.code,
          p_error_message: why.message,
          p_is_certain: why.isCertain,
          p_counts: why.counts,
          p_wait_seconds: why.waitSeconds,
          p_stop: why.stop,
        }),
      );
    },

    async fail(mail: ClaimedMail, code: string, message: string): Promise<boolean> {
      return unwrap(
        await admin.rpc("fail_mail", {
          p_mail_id: mail.id,
          p_lease_token: mail.leaseToken,
          p_error_code: code,
          p_error_message: message,
        }),
      );
    },

    /** Nothing is sent for a while. */
    async stop(reason: string): Promise<void> {
      unwrap(await admin.rpc("stop_mails", { p_reason: reason }));
    },
  };
}
