import type { Sql } from "../support/database.ts";

export interface ClaimedMail {
  mail_id: string;
  lease_token: string;
  is_written: boolean;
  time_zone: string;
  notices: { kind: string; title: string; body: string | null; link_path: string | null }[];
  posts: { id: string; caption: string; targets: { platform: string; status: string }[] }[];
}

export interface NoticeOptions {
  kind?: string;
  title?: string;
  body?: string;
  groupKey?: string;
  linkPath?: string;
}

/** Tells a user something, as any writer of notices does. */
export async function tell(sql: Sql, userId: string, options: NoticeOptions = {}): Promise<string> {
  const { kind = "publish.failed", title = "Not published", body = null } = options;
  const [row] = await sql<{ id: string }[]>`
    insert into public.notifications (user_id, kind, title, body, group_key, link_path)
    values (${userId}, ${kind}, ${title}, ${body}, ${options.groupKey ?? null}, ${options.linkPath ?? null})
    returning id`;
  return row!.id;
}

export async function listMails(sql: Sql, userId: string) {
  return await sql`
    select mail.*, (select count(*)::int from private.mail_notices as notice where notice.mail_id = mail.id) as notices
    from private.mail_outbox as mail where user_id = ${userId} order by id`;
}

/** Lets the time pass that mails wait for more of their group. */
export async function settle(sql: Sql, userId: string): Promise<void> {
  await sql`update private.mail_outbox set send_at = now() where user_id = ${userId} and ended_at is null`;
}

/** Mails of a user in the hands of a worker. Others' stay claimed too. */
export async function claimMails(sql: Sql): Promise<ClaimedMail[]> {
  return await sql<ClaimedMail[]>`select * from public.claim_mails(100, 60)`;
}

/** Claims the one mail of a user that is due. */
export async function claimOne(sql: Sql, admin: Sql, userId: string): Promise<ClaimedMail> {
  await settle(admin, userId);
  const ids = (await listMails(admin, userId)).map(({ id }) => id);
  const mail = (await claimMails(sql)).find(({ mail_id }) => ids.includes(mail_id));
  if (!mail) throw new Error("No mail of this user is due.");
  return mail;
}

export async function begin(sql: Sql, mail: ClaimedMail, subject = "Subject") {
  const [row] = await sql`
    select * from public.begin_mail(${mail.mail_id}, ${mail.lease_token}, 60, ${subject}, '<p>', 'text')`;
  return row;
}
