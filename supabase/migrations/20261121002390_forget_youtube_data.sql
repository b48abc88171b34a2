-- What YouTube told us of an account is deleted within seven days of its user's disconnecting it or taking the
-- permission back at Google, and is read anew at least every 30 days while it is connected (YouTube API Services,
-- Developer Policies, "Handling YouTube Data and Content"). The user's own record of a post stays: what was posted,
-- when, and where it is.

alter table public.oauth_connections add column ended_at timestamptz;
alter table public.oauth_connections add column described_at timestamptz not null default now();

comment on column public.oauth_connections.ended_at is 'When the access ended; null while there is one.';
comment on column public.oauth_connections.described_at is
  'When the platform last told name, handle and picture.';

insert into private.settings (key, value, description) values
  ('youtube.forget_days', '5', 'What YouTube told of an account goes so long after the access to it ended; at most 7.'),
  ('youtube.refresh_days', '20', 'What YouTube told of an account is read anew after this; at most 29.');

create function private.mark_account_end() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.status in ('expired', 'disconnected') then
    new.ended_at := coalesce(old.ended_at, now());
  else
    new.ended_at := null;
  end if;
  return new;
end;
$$;

-- Whoever writes the name has just heard it.
create function private.mark_account_description() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.described_at := now();
  return new;
end;
$$;

create trigger oauth_connections_mark_end before update of status on public.oauth_connections
  for each row execute function private.mark_account_end();
create trigger oauth_connections_mark_description before update of account_name on public.oauth_connections
  for each row execute function private.mark_account_description();

update public.oauth_connections set ended_at = updated_at where status in ('expired', 'disconnected');

-- Returns how many accounts were forgotten. A disconnected one goes with the next run. Called by cron, once a day.
create function private.forget_youtube_data() returns integer
language sql
set search_path = ''
as $$
  with old as (
    select account.id, account.user_id, account.account_name
    from public.oauth_connections as account
    where account.platform = 'youtube'
      and (
        account.account_name is not null or account.account_handle is not null
        or account.account_picture_url is not null
      )
      and (
        account.status = 'disconnected'
        or account.ended_at < now() - make_interval(days => (
          select (setting.value #>> '{}')::integer from private.settings as setting
          where setting.key = 'youtube.forget_days'
        ))
        or account.described_at < now() - interval '29 days'
      )
  ),
  renamed as (
    update public.notifications as told
    set title = replace(told.title, old.account_name, 'Your YouTube account'),
        body = replace(told.body, old.account_name, 'your YouTube account')
    from old
    where told.user_id = old.user_id
      and old.account_name is not null
      and (told.title like '%' || old.account_name || '%' or told.body like '%' || old.account_name || '%')
  ),
  forgotten as (
    update public.oauth_connections as account
    set account_name = null, account_handle = null, account_picture_url = null
    from old
    where account.id = old.id
    returning 1
  )
  select count(*)::integer from forgotten;
$$;

-- Connected accounts that YouTube is to be asked about again; called by the `publish` function as service_role.
create function public.list_stale_youtube_accounts(p_limit integer)
returns table (connection_id uuid, user_id uuid)
language sql
stable
set search_path = ''
as $$
  select account.id, account.user_id
  from public.oauth_connections as account
  where account.platform = 'youtube'
    and account.status in ('connected', 'expiring', 'error')
    and account.described_at < now() - make_interval(days => (
      select (setting.value #>> '{}')::integer from private.settings as setting
      where setting.key = 'youtube.refresh_days'
    ))
  order by account.described_at
  limit p_limit;
$$;

-- False when the account is not there, or is another one by now.
create function public.describe_oauth_account(
  p_user_id uuid,
  p_connection_id uuid,
  p_account_id text,
  p_name text,
  p_handle text,
  p_picture_url text
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update public.oauth_connections as account
  set account_name = p_name, account_handle = p_handle, account_picture_url = p_picture_url
  where account.user_id = p_user_id and account.id = p_connection_id and account.account_id = p_account_id
    and account.status not in ('expired', 'disconnected');
  return found;
end;
$$;

-- Idempotent: a job is known by its name. Reading anew comes first.
create function private.setup_youtube_data_jobs() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform cron.schedule(
    'youtube-describe-accounts', '13 2 * * *',
    $job$select private.call_function('publish/internal/describe-accounts')$job$
  );
  perform cron.schedule('youtube-forget-data', '43 3 * * *', 'select private.forget_youtube_data()');
end;
$$;

comment on function private.mark_account_end() is 'Trigger of oauth_connections: since when an account has ended.';
comment on function private.mark_account_description() is 'Trigger of oauth_connections: when it was described last.';
comment on function private.forget_youtube_data is
  'Deletes what YouTube told of accounts whose access ended; returns how many. Called by cron.';
comment on function public.list_stale_youtube_accounts is 'Accounts whose name and picture are to be read anew.';
comment on function public.describe_oauth_account is 'Stores what the platform tells of an account.';
comment on function private.setup_youtube_data_jobs is 'Schedules the jobs by name; safe to run again.';

revoke execute on function
  private.mark_account_end(), private.mark_account_description(), private.forget_youtube_data(),
  public.list_stale_youtube_accounts(integer),
  public.describe_oauth_account(uuid, uuid, text, text, text, text), private.setup_youtube_data_jobs()
  from public, anon, authenticated, service_role;
grant execute on function
  public.list_stale_youtube_accounts(integer),
  public.describe_oauth_account(uuid, uuid, text, text, text, text)
  to service_role;

select private.setup_youtube_data_jobs();
