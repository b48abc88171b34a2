-- Pending sign-ins at outside services: the state sent to the provider (hashed), its user and the PKCE verifier.
-- Single use, ten minutes. Called by the functions that connect accounts, as service_role.

create table private.oauth_states (
  state_hash text primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  provider text not null,
  verifier text not null,
  pending text,
  key_id text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint oauth_state_hash_is_sha256_hex check (state_hash ~ '^[0-9a-f]{64}$')
);

create index oauth_states_user_id_idx on private.oauth_states (user_id);
create index oauth_states_expires_at_idx on private.oauth_states (expires_at);

comment on table private.oauth_states is 'States of authorization requests that were not finished yet.';
comment on column private.oauth_states.verifier is 'Encrypted PKCE code verifier; never leaves the server.';
comment on column private.oauth_states.pending is
  'Encrypted answer of the token endpoint, kept while the user decides whether to switch accounts.';

revoke all on private.oauth_states from public, anon, authenticated;
grant select, insert, update, delete on private.oauth_states to service_role;

create function public.create_oauth_state(
  p_state_hash text,
  p_user_id uuid,
  p_provider text,
  p_verifier text,
  p_key_id text,
  p_expires_at timestamptz,
  p_pending text default null
)
returns void
language sql
set search_path = ''
as $$
  delete from private.oauth_states where expires_at < now();
  insert into private.oauth_states (state_hash, user_id, provider, verifier, pending, key_id, expires_at)
  values (p_state_hash, p_user_id, p_provider, p_verifier, p_pending, p_key_id, p_expires_at);
$$;

-- The state is burned only for its own user: a stranger's call must not stop the person it belongs to.
create function public.take_oauth_state(p_state_hash text, p_user_id uuid, p_provider text)
returns table (outcome text, verifier text, pending text, key_id text, expires_at timestamptz)
language plpgsql
set search_path = ''
as $$
declare
  v_state private.oauth_states;
begin
  select s.* into v_state
  from private.oauth_states s
  where s.state_hash = p_state_hash and s.provider = p_provider
  for update;
  if not found then
    return query select 'unknown', null::text, null::text, null::text, null::timestamptz;
    return;
  end if;
  if v_state.user_id <> p_user_id then
    return query select 'foreign', null::text, null::text, null::text, null::timestamptz;
    return;
  end if;
  delete from private.oauth_states s where s.state_hash = p_state_hash;
  if v_state.expires_at < now() then
    return query select 'expired', null::text, null::text, null::text, null::timestamptz;
    return;
  end if;
  return query
    select 'taken', v_state.verifier, v_state.pending, v_state.key_id, v_state.expires_at;
end;
$$;

comment on function public.create_oauth_state is 'Stores the hash of a new state and drops expired ones.';
comment on function public.take_oauth_state is
  'Uses a state up: outcome taken, unknown, expired, or foreign (another user''s; left untouched).';

revoke execute on function public.create_oauth_state(text, uuid, text, text, text, timestamptz, text)
  from public, anon, authenticated;
revoke execute on function public.take_oauth_state(text, uuid, text) from public, anon, authenticated;
grant execute on function public.create_oauth_state(text, uuid, text, text, text, timestamptz, text)
  to service_role;
grant execute on function public.take_oauth_state(text, uuid, text) to service_role;
