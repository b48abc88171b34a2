-- The clock's part of the mails.

-- One worker at a time is enough for what may go out in a second; one that died is missed when its lease ends.
create function private.poke_mail_worker() returns bigint
language sql
set search_path = ''
as $$
  select private.call_function('account/internal/send-mails')
  where exists (
      select from private.mail_outbox as mail
      where mail.status in ('collecting', 'sending') and mail.send_at <= now()
        and (mail.lease_until is null or mail.lease_until <= now())
    )
    and not exists (select from private.mail_outbox as mail where mail.status = 'sending' and mail.lease_until > now())
    and not exists (select from private.mail_gate as gate where gate.closed_until > now());
$$;

-- What can not be sent any more ends, and what ended is forgotten. Returns how many mails. A call whose answer was
-- lost is not repeated once the mail service has forgotten its key (24 hours): the mail may be there already.
create function private.tend_mails() returns integer
language sql
set search_path = ''
as $$
  with doubtful as (
    update private.mail_outbox as mail
    set status = 'failed', ended_at = now(), lease_token = null, lease_until = null, error_code = 'outcome_unknown'
    where mail.status = 'sending'
      and coalesce(mail.doubtful_since, mail.called_at) <= now() - interval '23 hours'
      and (mail.lease_until is null or mail.lease_until <= now())
    returning 1
  ),
  too_old as (
    update private.mail_outbox as mail
    set status = 'expired', ended_at = now(), lease_token = null, lease_until = null
    where mail.status in ('collecting', 'sending')
      and mail.doubtful_since is null and mail.called_at is null
      and mail.created_at < now() - make_interval(secs => private.mail_setting('max_age_seconds')::double precision)
      and (mail.lease_until is null or mail.lease_until <= now())
    returning 1
  ),
  forgotten as (
    delete from private.mail_outbox as mail
    where mail.ended_at < now() - make_interval(days => private.mail_setting('keep_days')::integer)
    returning 1
  )
  select (
    (select count(*) from doubtful) + (select count(*) from too_old) + (select count(*) from forgotten)
  )::integer;
$$;

-- Idempotent: a job is known by its name. pg_cron takes seconds from 1.5 on.
create function private.setup_mail_cron_jobs() returns void
language plpgsql
set search_path = ''
as $$
declare
  v_version int[] := (
    select string_to_array(substring(extversion from '^\d+\.\d+'), '.')::int[]
    from pg_catalog.pg_extension
    where extname = 'pg_cron'
  );
begin
  perform cron.schedule(
    'mail-poke-worker', case when coalesce(v_version >= array[1, 5], false) then '5 seconds' else '* * * * *' end,
    'select private.poke_mail_worker()'
  );
  perform cron.schedule('mail-tend', '37 * * * *', 'select private.tend_mails()');
end;
$$;

comment on function private.poke_mail_worker is 'Pokes the mail worker when there is work for it. Called by cron.';
comment on function private.tend_mails is 'Ends old mails and forgets ended ones; returns how many. Called by cron.';
comment on function private.setup_mail_cron_jobs is 'Schedules the jobs of mails by name; safe to run again.';

revoke execute on function
  private.poke_mail_worker(), private.tend_mails(), private.setup_mail_cron_jobs()
  from public, anon, authenticated, service_role;

select private.setup_mail_cron_jobs();
