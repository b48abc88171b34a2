-- The daily look at every connected drive: which known files were moved, renamed, replaced, deleted or restored.
-- Worked through by POST onedrive/internal/follow-changes in small steps; each step's checkpoint is a row here.

create table private.onedrive_watches (
  connection_id uuid primary key references public.user_onedrive_connections (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  drive_id text not null,
  delta_link text,
  next_link text,
  is_checking boolean not null default false,
  checked_until uuid,
  missing_count integer not null default 0,
  due_at timestamptz not null default now(),
  lease_holder uuid,
  lease_until timestamptz,
  last_finished_at timestamptz,
  last_error_code text,
  constraint onedrive_watch_missing_count_is_not_negative check (missing_count >= 0)
);

create index onedrive_watches_user_id_idx on private.onedrive_watches (user_id);
create index onedrive_watches_due_at_idx on private.onedrive_watches (due_at);

comment on table private.onedrive_watches is 'Where the change log of each connected drive was read up to.';
comment on column private.onedrive_watches.delta_link is 'Graph address that answers what changed since; no secret.';
comment on column private.onedrive_watches.next_link is 'Next page of a change log that is being read; null between runs.';
comment on column private.onedrive_watches.is_checking is
  'True while every known file is looked up by its id, up to video checked_until so far.';
comment on column private.onedrive_watches.missing_count is 'Files found missing in this run; told to the user at its end.';

revoke all on private.onedrive_watches from public, anon, authenticated;
grant select, insert, update, delete on private.onedrive_watches to service_role;

insert into private.settings (key, value, description)
values ('onedrive.watch_interval_seconds', '86400', 'How often each connected OneDrive is asked what changed.');

-- Takes up to p_limit drives that are due. A lease that ended without a checkpoint makes its drive due again.
create function public.claim_onedrive_watches(p_holder uuid, p_lease_seconds integer, p_limit integer)
returns table (
  connection_id uuid, user_id uuid, drive_id text, delta_link text, next_link text, is_checking boolean,
  checked_until uuid
)
language sql
set search_path = ''
as $$
  insert into private.onedrive_watches (connection_id, user_id, drive_id)
  select account.id, account.user_id, account.drive_id
  from public.user_onedrive_connections as account
  where account.status in ('connected', 'expiring', 'error')
  on conflict do nothing;

  update private.onedrive_watches as watch
  set lease_holder = p_holder, lease_until = now() + make_interval(secs => p_lease_seconds)
  where watch.connection_id in (
    select due.connection_id
    from private.onedrive_watches as due
    join public.user_onedrive_connections as account on account.id = due.connection_id
    where due.due_at <= now()
      and coalesce(due.lease_until, '-infinity') < now()
      and account.status in ('connected', 'expiring', 'error')
    order by due.due_at
    limit p_limit
    for update of due skip locked
  )
  returning watch.connection_id, watch.user_id, watch.drive_id, watch.delta_link, watch.next_link,
    watch.is_checking, watch.checked_until;
$$;

-- Stores a checkpoint and extends the lease; false when the lease was lost, and then nothing is written.
create function public.save_onedrive_watch(
  p_connection_id uuid,
  p_holder uuid,
  p_lease_seconds integer,
  p_checkpoint jsonb,
  p_missing_count integer default 0
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.onedrive_watches
  set delta_link = p_checkpoint ->> 'delta_link',
      next_link = p_checkpoint ->> 'next_link',
      is_checking = (p_checkpoint ->> 'is_checking')::boolean,
      checked_until = (p_checkpoint ->> 'checked_until')::uuid,
      missing_count = missing_count + p_missing_count,
      lease_until = now() + make_interval(secs => p_lease_seconds)
  where connection_id = p_connection_id and lease_holder = p_holder;
  return found;
end;
$$;

-- Ends a step: p_retry_seconds null means the run is done until the next interval, else it goes on after that time.
create function public.release_onedrive_watch(
  p_connection_id uuid,
  p_holder uuid,
  p_retry_seconds integer default null,
  p_error_code text default null
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_interval integer := coalesce(
    (select (value #>> '{}')::integer from private.settings where key = 'onedrive.watch_interval_seconds'), 86400
  );
  v_user_id uuid;
  v_missing integer;
begin
  select user_id, missing_count into v_user_id, v_missing
  from private.onedrive_watches
  where connection_id = p_connection_id and lease_holder = p_holder
  for update;
  if not found then
    return false;
  end if;
  update private.onedrive_watches
  set lease_holder = null,
      lease_until = null,
      last_error_code = p_error_code,
      due_at = now() + make_interval(secs => coalesce(p_retry_seconds, v_interval)),
      last_finished_at = case when p_retry_seconds is null then now() else last_finished_at end,
      missing_count = case when p_retry_seconds is null then 0 else missing_count end
  where connection_id = p_connection_id;
  if p_retry_seconds is null and v_missing > 0 then
    insert into public.notifications (user_id, kind, title, body, link_path)
    values (
      v_user_id,
      'onedrive.files_missing',
      case when v_missing = 1 then 'A video is missing in OneDrive'
        else v_missing || ' videos are missing in OneDrive' end,
      'Files were deleted or moved out of your OneDrive. Restore them there, or delete the videos here.',
      '/videos'
    );
  end if;
  return true;
end;
$$;

comment on function public.claim_onedrive_watches is 'Takes the leases of drives whose changes are due to be read.';
comment on function public.save_onedrive_watch is 'Stores how far a drive''s changes were read.';
comment on function public.release_onedrive_watch is
  'Gives the lease back and says when to look again; at the end of a run it tells the user what is missing.';

revoke execute on function public.claim_onedrive_watches(uuid, integer, integer) from public, anon, authenticated;
revoke execute on function public.save_onedrive_watch(uuid, uuid, integer, jsonb, integer)
  from public, anon, authenticated;
revoke execute on function public.release_onedrive_watch(uuid, uuid, integer, text)
  from public, anon, authenticated;
grant execute on function public.claim_onedrive_watches(uuid, integer, integer) to service_role;
grant execute on function public.save_onedrive_watch(uuid, uuid, integer, jsonb, integer) to service_role;
grant execute on function public.release_onedrive_watch(uuid, uuid, integer, text) to service_role;

-- Each drive once a day; the job looks every ten minutes so that a long run goes on, and pokes only when one is due.
create function private.poke_onedrive_watches() returns bigint
language sql
set search_path = ''
as $$
  select private.call_function('onedrive/internal/follow-changes')
  where exists (
    select from public.user_onedrive_connections as account
    left join private.onedrive_watches as watch on watch.connection_id = account.id
    where account.status in ('connected', 'expiring', 'error')
      and (watch.connection_id is null
        or (watch.due_at <= now() and coalesce(watch.lease_until, '-infinity') < now()))
  );
$$;

comment on function private.poke_onedrive_watches() is 'Calls the change job when a drive is due. Called by cron.';
revoke execute on function private.poke_onedrive_watches() from public, anon, authenticated, service_role;

select cron.schedule('onedrive-follow-changes', '*/10 * * * *', 'select private.poke_onedrive_watches()');
