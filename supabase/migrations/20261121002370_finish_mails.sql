-- Between the claim of a mail and its end. Called by the `account` function as service_role.

-- The last word before a mail is sent: stores its content unless it has one, says where it goes, and takes the next
-- place in the pace of all mails. No row when the lease was lost or there is nobody to send to any more. From here on
-- a call may have been made.
-- Runs as its owner because it reads the address in auth.users.
create function private.begin_mail(
  p_mail_id uuid,
  p_lease_token uuid,
  p_lease_seconds integer,
  p_subject text,
  p_html text,
  p_text text
)
returns table (
  recipient text,
  idempotency_key text,
  subject text,
  html_body text,
  text_body text,
  wait_seconds double precision
)
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_mail private.mail_outbox;
  v_address text;
  v_at timestamptz;
begin
  select mail.* into v_mail
  from private.mail_outbox as mail
  where mail.id = p_mail_id and mail.lease_token = p_lease_token and mail.status = 'sending'
  for update;
  if not found then
    return;
  end if;
  select account.email into v_address
  from auth.users as account
  where account.id = v_mail.user_id
    and not exists (select from private.account_deletions as leaving where leaving.user_id = account.id);
  if coalesce(v_address, '') = '' then
    update private.mail_outbox as mail
    set status = 'expired', ended_at = now(), lease_token = null, lease_until = null, error_code = 'no_address'
    where mail.id = p_mail_id;
    return;
  end if;
  update private.mail_gate as gate
  set next_at = greatest(gate.next_at, clock_timestamp())
    + make_interval(secs => (private.mail_setting('pause_ms') / 1000)::double precision)
  returning gate.next_at - make_interval(secs => (private.mail_setting('pause_ms') / 1000)::double precision)
  into v_at;
  update private.mail_outbox as mail
  set subject = coalesce(mail.subject, p_subject),
      html_body = coalesce(mail.html_body, p_html),
      text_body = coalesce(mail.text_body, p_text),
      lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds),
      called_at = clock_timestamp()
  where mail.id = p_mail_id
  returning mail.* into v_mail;
  return query select
    v_address,
    -- The key goes with the address: who changed it meanwhile gets the mail there.
    v_mail.idempotency_key || '/' || left(md5(lower(v_address)), 12),
    v_mail.subject, v_mail.html_body, v_mail.text_body,
    greatest(0, extract(epoch from v_at - clock_timestamp()))::double precision;
end;
$$;

create function public.begin_mail(
  p_mail_id uuid,
  p_lease_token uuid,
  p_lease_seconds integer,
  p_subject text default null,
  p_html text default null,
  p_text text default null
)
returns table (
  recipient text,
  idempotency_key text,
  subject text,
  html_body text,
  text_body text,
  wait_seconds double precision
)
language sql
set search_path = ''
as $$
  select * from private.begin_mail(p_mail_id, p_lease_token, p_lease_seconds, p_subject, p_html, p_text);
$$;

-- The mail service has taken the mail: what it told is forgotten here, the rest is kept for a while.
create function public.finish_mail(p_mail_id uuid, p_lease_token uuid, p_provider_id text) returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.mail_outbox as mail
  set status = 'sent', ended_at = now(), lease_token = null, lease_until = null, called_at = null,
      doubtful_since = null, provider_id = p_provider_id, error_code = null, error_message = null,
      subject = null, html_body = null, text_body = null
  where mail.id = p_mail_id and mail.lease_token = p_lease_token;
  if not found then
    return false;
  end if;
  delete from private.mail_notices as notice where notice.mail_id = p_mail_id;
  return true;
end;
$$;

-- Not sent now. p_is_certain: nothing went out for sure. p_counts: one of the tries of which there are only so many;
-- after the last one the mail is failed. p_stop: null, or why nothing at all is sent for a while (quota, refused).
-- Returns the mail's status, null when the lease was lost.
create function public.postpone_mail(
  p_mail_id uuid,
  p_lease_token uuid,
  p_error_code text,
  p_error_message text,
  p_is_certain boolean,
  p_counts boolean,
  p_wait_seconds double precision default null,
  p_stop text default null
)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_delays jsonb := (
    select setting.value from private.settings as setting where setting.key = 'mail.retry_delays_seconds'
  );
  v_status text;
begin
  update private.mail_outbox as mail
  set attempts = mail.attempts + p_counts::integer,
      status = case when p_counts and mail.attempts >= jsonb_array_length(v_delays) then 'failed' else 'sending' end,
      ended_at = case when p_counts and mail.attempts >= jsonb_array_length(v_delays) then now() end,
      send_at = now() + make_interval(secs => greatest(
        case when p_counts then coalesce((v_delays ->> mail.attempts)::double precision, 0) else 0 end,
        least(coalesce(p_wait_seconds, 0), 86400)
      )),
      lease_token = null, lease_until = null, called_at = null,
      -- What an earlier call may have done stays open, whatever this one says.
      doubtful_since = case
        when p_is_certain then mail.doubtful_since else coalesce(mail.doubtful_since, mail.called_at)
      end,
      error_code = left(p_error_code, 100), error_message = left(p_error_message, 1000)
  where mail.id = p_mail_id and mail.lease_token = p_lease_token
  returning mail.status into v_status;
  if v_status is not null and p_stop is not null then
    update private.mail_gate as gate
    set closed_until = now()
          + make_interval(secs => private.mail_setting(p_stop || '_pause_seconds')::double precision),
        closed_because = left(p_error_code, 100);
  elsif v_status is not null and p_wait_seconds is not null then
    -- The service's own wish is about all mails.
    update private.mail_gate as gate
    set next_at = greatest(gate.next_at, now() + make_interval(secs => least(p_wait_seconds, 60)));
  end if;
  return v_status;
end;
$$;

-- The mail service will never take this mail as it is.
create function public.fail_mail(p_mail_id uuid, p_lease_token uuid, p_error_code text, p_error_message text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.mail_outbox as mail
  set status = 'failed', ended_at = now(), lease_token = null, lease_until = null, called_at = null,
      attempts = mail.attempts + 1,
      error_code = left(p_error_code, 100), error_message = left(p_error_message, 1000)
  where mail.id = p_mail_id and mail.lease_token = p_lease_token;
  return found;
end;
$$;

comment on function private.begin_mail is 'As its owner because it reads auth.users; see public.begin_mail.';
comment on function public.begin_mail is
  'Address, key and standing content of a mail, and how long to wait before sending it; no row: leave it.';
comment on function public.finish_mail is 'The mail went out; false when the lease was lost.';
comment on function public.postpone_mail is 'The mail goes out later; its status, null when the lease was lost.';
comment on function public.fail_mail is 'The mail goes out never; false when the lease was lost.';

revoke execute on function
  private.begin_mail(uuid, uuid, integer, text, text, text), public.begin_mail(uuid, uuid, integer, text, text, text),
  public.finish_mail(uuid, uuid, text),
  public.postpone_mail(uuid, uuid, text, text, boolean, boolean, double precision, text),
  public.fail_mail(uuid, uuid, text, text)
  from public, anon, authenticated, service_role;
grant execute on function
  private.begin_mail(uuid, uuid, integer, text, text, text), public.begin_mail(uuid, uuid, integer, text, text, text),
  public.finish_mail(uuid, uuid, text),
  public.postpone_mail(uuid, uuid, text, text, boolean, boolean, double precision, text),
  public.fail_mail(uuid, uuid, text, text)
  to service_role;
