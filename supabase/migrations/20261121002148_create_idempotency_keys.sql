-- Requests that create something are answered once per key. Called by functions that create, as service_role.

create table private.idempotency_keys (
  user_id uuid not null references auth.users (id) on delete cascade,
  key text not null,
  request_hash text not null,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (user_id, key),
  constraint idempotency_key_is_short check (char_length(key) between 1 and 255)
);

create index idempotency_keys_created_at_idx on private.idempotency_keys (created_at);

comment on table private.idempotency_keys is 'Answers of creating requests, kept for 24 hours.';

revoke all on private.idempotency_keys from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.idempotency_keys to service_role;

-- Two requests with one key queue at the insert: the second waits until the first is committed, then gets its answer,
-- or rolled back, then is the first. It waits for a few seconds, not until the API gives it up.
create function private.take_idempotency_key(p_user_id uuid, p_key text, p_request_hash text) returns jsonb
language plpgsql
set search_path = ''
set lock_timeout = '4s'
as $$
declare
  v_seen private.idempotency_keys;
begin
  delete from private.idempotency_keys as old
  where old.user_id = p_user_id and old.key = p_key and old.created_at < now() - interval '24 hours';
  insert into private.idempotency_keys (user_id, key, request_hash)
  values (p_user_id, p_key, p_request_hash)
  on conflict do nothing;
  if found then
    return null;
  end if;
  select seen.* into v_seen
  from private.idempotency_keys as seen
  where seen.user_id = p_user_id and seen.key = p_key;
  if v_seen.request_hash <> p_request_hash then
    raise sqlstate 'PT409' using
      message = 'This Idempotency-Key was used for another request. Use a new key.',
      detail = 'idempotency_key_reused';
  end if;
  -- Null would mean a new key and create a second post.
  if v_seen.response is null then
    raise sqlstate 'PT409' using
      message = 'A request with this Idempotency-Key is still running. Send it again in a moment.',
      detail = 'request_in_progress';
  end if;
  return v_seen.response;
exception when lock_not_available then
  raise sqlstate 'PT409' using
    message = 'A request with this Idempotency-Key is still running. Send it again in a moment.',
    detail = 'request_in_progress';
end;
$$;

comment on function private.take_idempotency_key is
  'Null for a new key, else the stored answer; waits for a running request. Raises idempotency_key_reused and request_in_progress.';

revoke execute on function private.take_idempotency_key(uuid, text, text)
  from public, anon, authenticated, service_role;
grant execute on function private.take_idempotency_key(uuid, text, text) to service_role;
