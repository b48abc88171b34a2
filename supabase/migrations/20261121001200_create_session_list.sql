-- The sessions of an account, for its own settings page: where it is signed in, and ending what is not wanted.
-- The auth server keeps them in auth.sessions; its refresh tokens hang on them and go with them.

-- A session that was ended must not speak for the account any more, though its access token lives on for a while.
-- Runs as its owner, like the next three: users have no rights in schema auth. Each answers about the caller alone.
create function private.require_own_session() returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_session_id uuid;
begin
  select s.id into v_session_id
  from auth.sessions s
  where s.user_id = (select auth.uid()) and s.id::text = (select auth.jwt() ->> 'session_id');
  if v_session_id is null then
    raise sqlstate 'PT401' using
      message = 'Your session is not valid any more. Sign in again.',
      detail = 'invalid_credentials';
  end if;
  return v_session_id;
end;
$$;

create function private.list_own_sessions()
returns table (
  id uuid,
  created_at timestamptz,
  last_seen_at timestamptz,
  user_agent text,
  ip text,
  aal text,
  is_current boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  with current_session as materialized (select private.require_own_session() as id)
  select s.id, s.created_at,
    -- The auth server writes refreshed_at in UTC, without a zone.
    coalesce(s.refreshed_at at time zone 'UTC', s.created_at),
    s.user_agent, host(s.ip), s.aal::text, s.id = current_session.id
  from auth.sessions s cross join current_session
  where s.user_id = (select auth.uid()) and (s.not_after is null or s.not_after > now())
  order by s.id = current_session.id desc, 3 desc;
$$;

create function private.end_own_session(p_session_id uuid) returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_own_session();
  delete from auth.sessions s where s.id = p_session_id and s.user_id = (select auth.uid());
  if not found then
    raise sqlstate 'PT404' using message = 'This session has ended already.', detail = 'session_not_found';
  end if;
end;
$$;

create function private.end_other_sessions() returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_current uuid := private.require_own_session();
  v_count integer;
begin
  delete from auth.sessions s where s.user_id = (select auth.uid()) and s.id <> v_current;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

create function public.list_own_sessions()
returns table (
  id uuid,
  created_at timestamptz,
  last_seen_at timestamptz,
  user_agent text,
  ip text,
  aal text,
  is_current boolean
)
language sql
stable
set search_path = ''
as $$
  select * from private.list_own_sessions();
$$;

create function public.end_own_session(p_session_id uuid) returns void
language sql
set search_path = ''
as $$
  select private.end_own_session(p_session_id);
$$;

create function public.end_other_sessions() returns integer
language sql
set search_path = ''
as $$
  select private.end_other_sessions();
$$;

comment on function private.require_own_session() is
  'The session behind the caller''s token; PT401 invalid_credentials when it was ended.';
comment on function private.list_own_sessions() is 'Sessions of the caller, this one first, then last seen first.';
comment on function private.end_own_session(uuid) is
  'Ends a session of the caller and its refresh tokens; PT404 session_not_found when there is none.';
comment on function private.end_other_sessions() is 'Ends every session of the caller but this one; returns how many.';
comment on function public.list_own_sessions() is 'Sessions of the caller; called by the settings page.';
comment on function public.end_own_session(uuid) is 'Ends one session of the caller; called by the settings page.';
comment on function public.end_other_sessions() is
  'Ends all other sessions of the caller, returns how many; called by the settings page.';

revoke execute on function private.require_own_session(), private.list_own_sessions(),
  private.end_own_session(uuid), private.end_other_sessions(),
  public.list_own_sessions(), public.end_own_session(uuid), public.end_other_sessions()
  from public, anon, authenticated, service_role;
grant execute on function private.list_own_sessions(), private.end_own_session(uuid), private.end_other_sessions(),
  public.list_own_sessions(), public.end_own_session(uuid), public.end_other_sessions()
  to authenticated;
