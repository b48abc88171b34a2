-- A pause OneDrive asks for counts for every call of that account. Called by the functions as service_role.

-- Another shape of answer: a function's columns cannot be changed in place.
drop function public.get_onedrive_access(uuid);

create function public.get_onedrive_access(p_user_id uuid)
returns table (
  connection_id uuid,
  user_id uuid,
  status text,
  drive_id text,
  folder_id text,
  folder_path text,
  access_token text,
  key_id text,
  expires_at timestamptz,
  paused_until timestamptz
)
language sql
stable
set search_path = ''
as $$
  select c.id, c.user_id, c.status, c.drive_id, c.folder_id, c.folder_path, t.access_token, t.key_id, t.expires_at,
    t.paused_until
  from public.user_onedrive_connections c
  left join private.onedrive_tokens t on t.connection_id = c.id
  where c.user_id = p_user_id;
$$;

-- The longest of several pauses counts; at most 15 minutes, so that a wrong header cannot shut an account out.
create function public.pause_onedrive(p_connection_id uuid, p_seconds integer) returns void
language sql
set search_path = ''
as $$
  update private.onedrive_tokens t
  set paused_until = greatest(
    coalesce(t.paused_until, '-infinity'), now() + make_interval(secs => least(greatest(p_seconds, 1), 900))
  )
  where t.connection_id = p_connection_id;
$$;

comment on function public.get_onedrive_access is 'The connection of a user with its encrypted access token.';
comment on function public.pause_onedrive is 'Keeps all functions from calling OneDrive for this account for a while.';

revoke execute on function public.get_onedrive_access(uuid) from public, anon, authenticated;
revoke execute on function public.pause_onedrive(uuid, integer) from public, anon, authenticated;
grant execute on function public.get_onedrive_access(uuid) to service_role;
grant execute on function public.pause_onedrive(uuid, integer) to service_role;
