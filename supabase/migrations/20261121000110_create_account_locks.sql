-- One writer of videos, correlations and tasks per account at a time. Two requests of one user may change the two
-- ends of an inheritance at once (a video is linked while a correlation is accepted); without a lock each would
-- miss the other's rows.

-- Accounts share 1024 locks, so that a statement over all accounts fits into the server's lock table. Locks are taken
-- in one order, so that such statements cannot deadlock. Read committed, the default of the API, then shows later
-- statements what the other writer committed.
create function private.lock_accounts(p_user_ids uuid[]) returns void
language plpgsql
set search_path = ''
as $$
declare
  -- First key of our advisory locks; any number nobody else uses.
  v_namespace constant integer := 20261121;
begin
  perform pg_advisory_xact_lock(v_namespace, account.slot)
  from (
    select distinct (hashtextextended(listed.id::text, 0) & 1023)::integer as slot
    from unnest(p_user_ids) as listed (id)
    order by slot
  ) as account;
end;
$$;

comment on function private.lock_accounts(uuid[]) is
  'Waits for, then holds until commit, the right to change tasks of these accounts. Called by triggers and functions.';

-- A user's own request takes the lock before its first row lock, so that two of them queue instead of deadlocking.
-- Functions, which know whose rows they touch, call lock_accounts themselves. Statements without either (Studio) take
-- it in the after-triggers, when the accounts are known; Postgres ends one of two that then wait for each other.
-- Runs as its owner: users must not be able to call lock_accounts for somebody else.
create function private.lock_own_account() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if auth.uid() is not null then
    perform private.lock_accounts(array[auth.uid()]);
  end if;
  return null;
end;
$$;

comment on function private.lock_own_account() is 'Before-statement trigger of the tables that tasks depend on.';

revoke execute on function private.lock_accounts(uuid[]), private.lock_own_account()
  from public, anon, authenticated, service_role;
grant execute on function private.lock_accounts(uuid[]) to service_role;
