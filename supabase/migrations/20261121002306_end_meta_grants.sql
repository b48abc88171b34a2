-- What Meta's callbacks do: the app was removed by a person, or their data is to be deleted. Called by the `publish`
-- function as service_role, after it has checked Meta's signature. Repeated calls change nothing.

-- Accounts connected with a person's permission: of Facebook by the person's id, of Instagram by either of two ids.
-- Tokens that were issued after p_issued_at, the time of Meta's message, come from a newer consent.
create function private.find_meta_accounts(p_sign_ins text[], p_person_id text, p_issued_at timestamptz)
returns setof public.oauth_connections
language sql
stable
set search_path = ''
as $$
  select account.*
  from private.meta_grants as known
  join public.oauth_connections as account on account.id = known.connection_id
  where split_part(known.grant_key, ':', 1) = any (p_sign_ins)
    and p_person_id = any (string_to_array(split_part(known.grant_key, ':', 2), '/'))
    and not exists (
      select from private.oauth_tokens as token
      where token.connection_id = account.id and token.issued_at > p_issued_at + interval '10 seconds'
    )
  order by account.user_id, account.id;
$$;

-- The person removed the app: their accounts are disconnected and what is on its way to them waits for a new consent.
-- Returns how many accounts this ended.
create function public.end_meta_grants(p_sign_ins text[], p_person_id text, p_issued_at timestamptz) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_account public.oauth_connections;
  v_count integer := 0;
begin
  perform private.lock_accounts(array(
    select account.user_id from private.find_meta_accounts(p_sign_ins, p_person_id, p_issued_at) as account
  ));
  for v_account in
    select account.* from private.find_meta_accounts(p_sign_ins, p_person_id, p_issued_at) as account
    where account.status <> 'disconnected'
  loop
    delete from private.oauth_tokens where connection_id = v_account.id;
    update public.oauth_connections
    set status = 'disconnected', token_expires_at = null, last_error_code = null
    where id = v_account.id;
    insert into public.notifications (user_id, kind, title, body, link_path)
    values (
      v_account.user_id,
      'publish.account_expired',
      'Reconnect ' || private.platform_title(v_account.platform),
      left(
        'Cliprelay was removed from the apps of ' || coalesce(v_account.account_name, 'your account')
          || '. Connect it again; posts that wait for it then go on by themselves.',
        2000
      ),
      '/settings/accounts?account=' || v_account.id::text
    );
    perform private.park_account_posts(v_account.user_id, v_account.id);
    v_count := v_count + 1;
  end loop;
  return v_count;
end;
$$;

-- Cancels what has not gone out to an account that is about to be deleted. Returns how many.
create function private.cancel_account_posts(p_user_id uuid, p_connection_id uuid) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_targets uuid[];
begin
  -- Jobs first, as workers do; those that are in the call are left to their workers.
  select array_agg(locked.target_id) into v_targets
  from (
    select job.target_id
    from private.publish_jobs as job
    where job.called_at is null and job.target_id in (
      select target.id from public.publishing_queue as target
      where target.user_id = p_user_id and target.connection_id = p_connection_id
    )
    order by job.target_id
    for update
  ) as locked;
  update public.publishing_queue as target
  set status = 'canceled', retry_at = null
  where target.id = any (v_targets);
  return coalesce(array_length(v_targets, 1), 0);
end;
$$;

-- Deletes what is stored of a person's accounts: tokens, names, pictures and ids, and where their posts are. Returns
-- the confirmation code, the same for the same person; p_code is taken the first time.
create function public.delete_meta_data(
  p_sign_ins text[],
  p_person_id text,
  p_issued_at timestamptz,
  p_person_hash text,
  p_code text
)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_account public.oauth_connections;
  v_canceled integer;
  v_count integer := 0;
  v_code text;
begin
  perform private.lock_accounts(array(
    select account.user_id from private.find_meta_accounts(p_sign_ins, p_person_id, p_issued_at) as account
  ));
  for v_account in
    select account.* from private.find_meta_accounts(p_sign_ins, p_person_id, p_issued_at) as account
  loop
    v_canceled := private.cancel_account_posts(v_account.user_id, v_account.id);
    update public.publishing_queue as target
    set platform_url = null, platform_post_id = 'deleted'
    where target.user_id = v_account.user_id and target.connection_id = v_account.id and target.status = 'published';
    delete from public.oauth_connections where id = v_account.id;
    insert into public.notifications (user_id, kind, title, body, link_path)
    values (
      v_account.user_id,
      'publish.account_removed',
      private.platform_title(v_account.platform) || ' account removed',
      'Its owner asked for the deletion of their data there, so we deleted what we knew of the account.'
        || case when v_canceled > 0 then ' What had not gone out to it was canceled.' else '' end,
      '/settings/accounts'
    );
    v_count := v_count + 1;
  end loop;
  delete from private.data_deletions where requested_at < now() - interval '1 year';
  insert into private.data_deletions as known (code, person_hash, account_count)
  values (p_code, p_person_hash, v_count)
  on conflict (person_hash) do update
  set completed_at = case when v_count > 0 then now() else known.completed_at end,
      account_count = known.account_count + v_count
  returning known.code into v_code;
  return v_code;
end;
$$;

create function public.find_data_deletion(p_code text)
returns table (requested_at timestamptz, completed_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select known.requested_at, known.completed_at from private.data_deletions as known where known.code = p_code;
$$;

comment on function private.find_meta_accounts is 'Accounts of a person at Meta whose consent is older than a message.';
comment on function public.end_meta_grants is 'Disconnects the accounts of a person who removed the app; how many.';
comment on function private.cancel_account_posts is 'Cancels what has not gone out to an account; how many.';
comment on function public.delete_meta_data is 'Deletes what is stored of a person''s accounts; the confirmation code.';
comment on function public.find_data_deletion is 'When a deletion was asked for and done; no row for an unknown code.';

revoke execute on function
  private.find_meta_accounts(text[], text, timestamptz), private.cancel_account_posts(uuid, uuid),
  public.end_meta_grants(text[], text, timestamptz),
  public.delete_meta_data(text[], text, timestamptz, text, text), public.find_data_deletion(text)
  from public, anon, authenticated, service_role;
grant execute on function
  private.find_meta_accounts(text[], text, timestamptz), private.cancel_account_posts(uuid, uuid),
  public.end_meta_grants(text[], text, timestamptz),
  public.delete_meta_data(text[], text, timestamptz, text, text), public.find_data_deletion(text)
  to service_role;
