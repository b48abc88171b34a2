-- Mails to users: made from notices by trigger, sent by the `account` function one after the other. Notices of one
-- group that come within a short time become one mail. Its content stands from its first sending on, so that a
-- repeated call means the same mail.

create table private.mail_outbox (
  id uuid primary key default private.uuid_v7(),
  user_id uuid not null references auth.users (id) on delete cascade,
  group_key text not null,
  idempotency_key text not null,
  status text not null default 'collecting',
  send_at timestamptz not null,
  attempts integer not null default 0,
  lease_token uuid,
  lease_until timestamptz,
  called_at timestamptz,
  doubtful_since timestamptz,
  subject text,
  html_body text,
  text_body text,
  provider_id text,
  error_code text,
  error_message text,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint mail_is_made_once_per_event unique (idempotency_key),
  constraint mail_status_is_known check (status in ('collecting', 'sending', 'sent', 'failed', 'expired')),
  constraint mail_lease_has_token_and_end check ((lease_token is null) = (lease_until is null)),
  constraint mail_body_is_whole check (
    (subject is null) = (html_body is null) and (subject is null) = (text_body is null)
  ),
  constraint ended_mail_has_its_time check ((ended_at is not null) = (status in ('sent', 'failed', 'expired')))
);

create table private.mail_notices (
  mail_id uuid not null references private.mail_outbox (id) on delete cascade,
  notification_id uuid not null references public.notifications (id) on delete cascade,
  primary key (mail_id, notification_id)
);

-- Mails go out at the pace the service allows the whole team, whoever sends them. One row.
create table private.mail_gate (
  is_the_gate boolean primary key default true,
  next_at timestamptz not null default now(),
  closed_until timestamptz,
  closed_because text,
  constraint gate_is_one_row check (is_the_gate)
);

insert into private.mail_gate default values;

create index mail_notices_notification_id_idx on private.mail_notices (notification_id);
create index mail_outbox_user_id_idx on private.mail_outbox (user_id);
create unique index mail_outbox_collecting_idx on private.mail_outbox (user_id, group_key)
  where status = 'collecting';
create index mail_outbox_due_idx on private.mail_outbox (send_at) where status in ('collecting', 'sending');
create index mail_outbox_ended_idx on private.mail_outbox (ended_at) where ended_at is not null;

comment on table private.mail_outbox is 'Mails to send and sent. Addresses are read from auth.users when sending.';
comment on column private.mail_outbox.idempotency_key is
  'Names the event; with the address it is the Idempotency-Key of the mail service, which forgets it after 24 hours.';
comment on column private.mail_outbox.status is
  'collecting: later notices of the group join. sending: its notices stand. failed: an operator has to look.';
comment on column private.mail_outbox.send_at is 'Not before.';
comment on column private.mail_outbox.attempts is 'Calls that the mail service failed.';
comment on column private.mail_outbox.called_at is 'Set before a call of the mail service, null again after its answer.';
comment on column private.mail_outbox.doubtful_since is
  'Since when a call may have had an effect that nobody knows of. Null: for certain nothing went out.';
comment on column private.mail_outbox.subject is 'Null until the mail is written, right before it is first sent, and again once it was sent.';
comment on table private.mail_notices is
  'What a mail tells. A notice that is taken back or removed before its mail is written is not mailed.';
comment on table private.mail_gate is 'When the next mail may be sent, and whether sending is stopped for a while.';

revoke all on private.mail_outbox, private.mail_notices, private.mail_gate
  from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.mail_outbox, private.mail_notices to service_role;
grant select, update on private.mail_gate to service_role;

insert into private.settings (key, value, description) values
  ('mail.settle_seconds', '20', 'How long a mail waits for more of its group after each notice.'),
  ('mail.max_settle_seconds', '900', 'How long a mail waits for more of its group, and for a post on its way, at most.'),
  ('mail.pause_ms', '550', 'Between two mails, whoever sends them: two a second, with room for delays on the way.'),
  ('mail.retry_delays_seconds', '[15, 60, 300, 900, 3600, 3600]',
    'Pauses between the tries of a mail that the service failed; after the last it is failed.'),
  ('mail.quota_pause_seconds', '3600', 'How long nothing is sent after the service''s day or month was used up.'),
  ('mail.refused_pause_seconds', '900', 'How long nothing is sent after the service refused our key or sender.'),
  ('mail.max_age_seconds', '172800', 'A mail that could not be sent for so long is not sent any more.'),
  ('mail.keep_days', '30', 'How long mails that ended are kept.');

create function private.mail_setting(p_key text) returns numeric
language sql
stable
set search_path = ''
as $$
  select (setting.value #>> '{}')::numeric from private.settings as setting where setting.key = 'mail.' || p_key;
$$;

-- Runs as its owner: whoever tells a user something, also by hand, the mail is made. For all notices of a statement
-- together, in one order, so that two writers wait for each other and never in a circle.
create function private.queue_mails() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  with told as (
    select notice.*, coalesce(notice.group_key, 'notice:' || notice.id::text) as mail_group
    from new_notices as notice
    left join public.notification_preferences as preference
      on preference.user_id = notice.user_id
      and preference.kind_group = private.notification_kind_group(notice.kind)
    where coalesce(preference.by_mail, true)
      and not exists (select from private.account_deletions as leaving where leaving.user_id = notice.user_id)
  ),
  opened as (
    insert into private.mail_outbox as mail (user_id, group_key, idempotency_key, send_at)
    select
      told.user_id, told.mail_group, told.mail_group || '/' || min(told.id::text),
      now() + make_interval(
        secs => case when count(told.group_key) = 0 then 0 else private.mail_setting('settle_seconds') end
      )
    from told
    group by told.user_id, told.mail_group
    order by told.user_id, told.mail_group
    on conflict (user_id, group_key) where status = 'collecting' do update
    set send_at = greatest(mail.send_at, least(
      excluded.send_at, mail.created_at + make_interval(secs => private.mail_setting('max_settle_seconds'))
    ))
    returning mail.id, mail.user_id, mail.group_key
  )
  insert into private.mail_notices (mail_id, notification_id)
  select opened.id, told.id
  from told
  join opened on opened.user_id = told.user_id and opened.group_key = told.mail_group;
  return null;
end;
$$;

comment on function private.mail_setting is 'A number of private.settings below mail.';
comment on function private.queue_mails() is 'Trigger of notifications: makes mails by the preferences of their users.';

revoke execute on function private.mail_setting(text), private.queue_mails()
  from public, anon, authenticated, service_role;
grant execute on function private.mail_setting(text) to service_role;

create trigger notifications_queue_mails after insert on public.notifications
  referencing new table as new_notices
  for each statement execute function private.queue_mails();
