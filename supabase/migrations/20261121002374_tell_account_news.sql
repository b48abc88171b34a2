-- What users are told of their accounts: that the access to one ends within a week, and that posts go on once it is
-- connected again. What asked to connect it again is gone then.

-- The end each account's user was told of.
create table private.told_expiries (
  connection_id uuid primary key references public.oauth_connections (id) on delete cascade,
  expires_at timestamptz not null
);

comment on table private.told_expiries is 'Ends of access that users were told of; written by tell_expiring_accounts.';

revoke all on private.told_expiries from public, anon, authenticated, service_role;

-- Tokens that live for weeks are renewed a month before their end; in the last week that has failed for weeks. Those
-- that live hours are renewed as they end and say nothing about the permission. Returns how many users' accounts.
-- Called by cron, once a day.
create function private.tell_expiring_accounts() returns integer
language sql
set search_path = ''
as $$
  with expiring as (
    select account.id, account.user_id, account.platform, account.account_name, token.expires_at
    from public.oauth_connections as account
    join private.oauth_tokens as token on token.connection_id = account.id
    where account.status in ('connected', 'expiring', 'error')
      and token.expires_at between now() and now() + interval '7 days'
      and token.expires_at - token.issued_at > interval '8 days'
  ),
  news as (
    insert into private.told_expiries as told (connection_id, expires_at)
    select expiring.id, expiring.expires_at from expiring
    on conflict (connection_id) do update set expires_at = excluded.expires_at
    where told.expires_at <> excluded.expires_at
    returning told.connection_id
  ),
  shown as (
    update public.oauth_connections as account
    set status = 'expiring'
    from expiring
    where account.id = expiring.id and account.status <> 'expiring'
  ),
  written as (
    insert into public.notifications (user_id, kind, title, body, link_path, group_key)
    select
      expiring.user_id,
      'publish.account_expiring',
      'Connect ' || private.platform_title(expiring.platform) || ' again by '
        || to_char(expiring.expires_at at time zone coalesce(profile.time_zone, 'UTC'), 'FMDD FMMonth'),
      left(
        'Our access to ' || coalesce(expiring.account_name, 'your account') || ' ends then. Connect it again before, '
          || 'and posts go out without a break.',
        2000
      ),
      '/settings/accounts?account=' || expiring.id::text,
      'account:' || expiring.id::text
    from expiring
    join news on news.connection_id = expiring.id
    left join public.profiles as profile on profile.user_id = expiring.user_id
    order by expiring.user_id, expiring.id
    returning 1
  )
  select count(*)::integer from written;
$$;

-- What waited for something goes on: says so, once for all posts.
create function private.tell_posts_go_on(p_user_id uuid, p_name text, p_post_count integer, p_group_key text)
returns void
language sql
set search_path = ''
as $$
  insert into public.notifications (user_id, kind, title, body, link_path, group_key)
  values (
    p_user_id, 'publish.reconnected', p_name || ' is connected again',
    case when p_post_count = 1 then 'The post that waited for it goes on.'
      else p_post_count::text || ' posts that waited for it go on.' end,
    '/posts', p_group_key
  );
$$;

-- Runs as its owner: whoever connects an account again, the requests to do so are gone, and its user hears that posts
-- go on. Before the posts are woken, so that it is known how many wait.
create function private.welcome_account_back() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_post_count integer;
begin
  delete from public.notifications as asked
  where asked.user_id = new.user_id
    and asked.link_path = '/settings/accounts?account=' || new.id::text
    and asked.read_at is null
    and asked.kind in ('publish.needs_reauth', 'publish.account_expired', 'publish.account_expiring');
  select count(distinct target.published_video_id) into v_post_count
  from public.publishing_queue as target
  where target.user_id = new.user_id and target.connection_id = new.id and target.status = 'needs_reauth'
    and target.error_code is distinct from 'onedrive_reauth_required';
  if v_post_count > 0 then
    perform private.tell_posts_go_on(
      new.user_id, coalesce(new.account_name, private.platform_title(new.platform)), v_post_count,
      'account:' || new.id::text
    );
  end if;
  return null;
end;
$$;

-- The same for a OneDrive, where the files of all posts are.
create function private.welcome_onedrive_back() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_post_count integer;
begin
  delete from public.notifications as asked
  where asked.user_id = new.user_id
    and asked.link_path = '/settings/onedrive'
    and asked.read_at is null
    and asked.kind in ('publish.needs_reauth', 'onedrive.expired');
  select count(distinct target.published_video_id) into v_post_count
  from public.publishing_queue as target
  where target.user_id = new.user_id and target.status = 'needs_reauth'
    and target.error_code = 'onedrive_reauth_required';
  if v_post_count > 0 then
    perform private.tell_posts_go_on(new.user_id, 'OneDrive', v_post_count, 'onedrive');
  end if;
  return null;
end;
$$;

comment on function private.tell_expiring_accounts is
  'Tells users of accounts whose access ends within 7 days, once for each end; returns how many. Called by cron.';
comment on function private.tell_posts_go_on is 'One notice that posts go on which waited for an account.';
comment on function private.welcome_account_back() is
  'Trigger of oauth_connections: takes requests to connect back and says how many posts go on.';

comment on function private.welcome_onedrive_back() is 'Trigger of user_onedrive_connections: as for accounts.';

revoke execute on function
  private.tell_expiring_accounts(), private.tell_posts_go_on(uuid, text, integer, text),
  private.welcome_account_back(), private.welcome_onedrive_back()
  from public, anon, authenticated, service_role;

create trigger oauth_connections_welcome_back after update of status on public.oauth_connections
  for each row
  when (new.status = 'connected' and old.status in ('expiring', 'expired', 'error', 'disconnected'))
  execute function private.welcome_account_back();
create trigger onedrive_connections_welcome_back after update of status on public.user_onedrive_connections
  for each row
  when (new.status = 'connected' and old.status in ('expiring', 'expired', 'error', 'disconnected'))
  execute function private.welcome_onedrive_back();

-- Idempotent: a job is known by its name.
create function private.setup_account_news() returns void
language sql
set search_path = ''
as $$
  select cron.schedule('publish-tell-expiring-accounts', '23 8 * * *', 'select private.tell_expiring_accounts()');
$$;

comment on function private.setup_account_news is 'Schedules the job by name; safe to run again.';
revoke execute on function private.setup_account_news() from public, anon, authenticated, service_role;

select private.setup_account_news();
