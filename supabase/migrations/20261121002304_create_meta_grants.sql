-- Whose permission at Meta each account was connected with, kept after its tokens are gone: Meta names a person by
-- their id when they remove the app or want their data deleted.

create table private.meta_grants (
  connection_id uuid primary key references public.oauth_connections (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  grant_key text not null
);

create index meta_grants_user_id_idx on private.meta_grants (user_id);
create index meta_grants_grant_key_idx on private.meta_grants (grant_key);

comment on table private.meta_grants is
  'The grant_key of Instagram and Facebook accounts, also of disconnected ones. Written by note_meta_grant.';

revoke all on private.meta_grants from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.meta_grants to service_role;

-- Runs as its owner: whoever stores tokens, their grant is noted.
create function private.note_meta_grant() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.meta_grants as known (connection_id, user_id, grant_key)
  select account.id, account.user_id, new.grant_key
  from public.oauth_connections as account
  where account.id = new.connection_id and account.platform in ('instagram', 'facebook')
  on conflict (connection_id) do update set grant_key = excluded.grant_key;
  return null;
end;
$$;

comment on function private.note_meta_grant() is 'Trigger of oauth_tokens: keeps the grant of accounts at Meta.';

revoke execute on function private.note_meta_grant() from public, anon, authenticated, service_role;

create trigger oauth_tokens_note_meta_grant after insert or update of grant_key on private.oauth_tokens
  for each row execute function private.note_meta_grant();

insert into private.meta_grants (connection_id, user_id, grant_key)
select token.connection_id, token.user_id, token.grant_key
from private.oauth_tokens as token
join public.oauth_connections as account on account.id = token.connection_id
where account.platform in ('instagram', 'facebook');

-- Requests to delete a person's data. Nothing here names the person or a user.
create table private.data_deletions (
  code text primary key,
  person_hash text not null,
  account_count integer not null default 0,
  requested_at timestamptz not null default now(),
  completed_at timestamptz not null default now(),
  constraint deletion_person_is_asked_for_once unique (person_hash),
  constraint deletion_code_is_letters_and_digits check (code ~ '^[0-9A-Za-z]{16,64}$'),
  constraint deletion_person_is_sha256_hex check (person_hash ~ '^[0-9a-f]{64}$')
);

comment on table private.data_deletions is
  'Requests of people at Meta to delete their data, by confirmation code; kept for a year.';
comment on column private.data_deletions.person_hash is
  'SHA-256 of the person''s id at Meta: the same request again finds its code.';
comment on column private.data_deletions.account_count is 'Accounts that were deleted for it.';

revoke all on private.data_deletions from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.data_deletions to service_role;
