-- Nothing goes out any more for a user who asked for the deletion of the account: its deletion takes minutes, and posts
-- could be due meanwhile. What is in its irreversible call is left to its worker until the account is gone.

-- Runs as its owner: whoever leaves the deletion job, the posts stop.
create function private.stop_posts_of_leaving_account() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_targets uuid[];
begin
  -- Whoever starts a post right now has the lock: its jobs are seen here, or it sees that the account leaves.
  perform private.lock_accounts(array[new.user_id]);
  -- Jobs first, as workers do; those that are in the call do not match any more once the lock is there.
  select array_agg(locked.target_id) into v_targets
  from (
    select job.target_id
    from private.publish_jobs as job
    where job.called_at is null and job.target_id in (
      select target.id from public.publishing_queue as target where target.user_id = new.user_id
    )
    order by job.target_id
    for update
  ) as locked;
  update public.publishing_queue as target
  set status = 'canceled', retry_at = null
  where target.id = any (v_targets);
  return null;
end;
$$;

comment on function private.stop_posts_of_leaving_account() is
  'Trigger of account_deletions: cancels what has not gone out.';

revoke execute on function private.stop_posts_of_leaving_account() from public, anon, authenticated, service_role;

create trigger account_deletions_stop_posts after insert on private.account_deletions
  for each row execute function private.stop_posts_of_leaving_account();

-- The permissions to take back at their platforms before the tokens are forgotten: one row for each, without those
-- that other people's accounts here live on as well, which revoking would end for them.
create function public.list_account_grants(p_user_id uuid)
returns table (
  connection_id uuid,
  platform text,
  route text,
  account_id text,
  access_token text,
  refresh_token text,
  key_id text
)
language sql
stable
set search_path = ''
as $$
  select distinct on (token.grant_key)
    account.id, account.platform, account.route, account.account_id, token.access_token, token.refresh_token,
    token.key_id
  from private.oauth_tokens as token
  join public.oauth_connections as account on account.id = token.connection_id
  where token.user_id = p_user_id
    and not exists (
      select from private.oauth_tokens as other
      where other.grant_key = token.grant_key and other.user_id <> p_user_id
    )
  order by token.grant_key, token.issued_at desc;
$$;

comment on function public.list_account_grants is
  'Encrypted tokens of the permissions that end with an account; called by its deletion.';

revoke execute on function public.list_account_grants(uuid) from public, anon, authenticated, service_role;
grant execute on function public.list_account_grants(uuid) to service_role;

-- As in the file of the account's deletion, with the tokens and sessions of publishing.
create or replace function public.forget_account_secrets(p_user_id uuid) returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.onedrive_upload_urls u
  using public.onedrive_upload_sessions s
  where s.id = u.session_id and s.user_id = p_user_id;
  -- The line before hands its URLs on to this table.
  delete from private.onedrive_released_urls where user_id = p_user_id;
  delete from private.onedrive_tokens where user_id = p_user_id;
  delete from private.oauth_states where user_id = p_user_id;
  delete from private.oauth_tokens where user_id = p_user_id;
  -- In the order of all writers.
  perform
  from private.publish_jobs as job
  where job.target_id in (select target.id from public.publishing_queue as target where target.user_id = p_user_id)
  order by job.target_id
  for update;
  update private.publish_jobs as job
  set secret = null, secret_key_id = null
  where job.secret is not null and job.target_id in (
    select target.id from public.publishing_queue as target where target.user_id = p_user_id
  );
  update private.staged_copies set upload_url = null, key_id = null where user_id = p_user_id;
end;
$$;
