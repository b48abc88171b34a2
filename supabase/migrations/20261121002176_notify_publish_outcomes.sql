-- A notice for its user whenever a target has ended or waits for somebody. What waits is told at once. What was
-- published is told by the clock, many at a time: a notice costs more than the move itself, and posts that are due at
-- the same minute should not wait for it.

-- Written by private.guard_publish_status, read and emptied by private.tell_published_targets.
create table private.untold_targets (
  target_id uuid primary key
);

comment on table private.untold_targets is
  'Published targets whose users have not been told yet. No key to the target: it may be gone by then.';

revoke all on private.untold_targets from public, anon, authenticated, service_role;

create function private.platform_title(p_platform text) returns text
language sql
immutable
set search_path = ''
as $$
  select case p_platform
    when 'youtube' then 'YouTube' when 'tiktok' then 'TikTok' when 'instagram' then 'Instagram' else 'Facebook'
  end;
$$;

comment on function private.platform_title is 'A platform''s name as people write it.';

revoke execute on function private.platform_title(text) from public, anon, authenticated, service_role;

-- Runs as its owner: whoever moves a target, also by hand, its user is told. Accounts that need to be connected again
-- are told once, not once per post.
create function private.notify_publish_outcome() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_kind text;
  v_place text;
  v_is_onedrive boolean;
  v_link text;
begin
  if not (
    (
      new.status is distinct from old.status
      and new.status in ('failed', 'needs_reauth', 'needs_conversion', 'quota_wait')
    )
    -- Open, and nobody asks any more.
    or (new.status = 'unknown' and new.retry_at is null and (old.status <> 'unknown' or old.retry_at is not null))
  ) then
    return null;
  end if;
  v_kind := 'publish.' || new.status;
  v_place := private.platform_title(new.platform);
  v_is_onedrive := new.status = 'needs_reauth' and new.error_code = 'onedrive_reauth_required';
  v_link := case
    when v_is_onedrive then '/settings/onedrive'
    when new.status = 'needs_reauth'
      then coalesce('/settings/accounts?account=' || new.connection_id::text, '/settings/accounts')
    else '/posts/' || new.published_video_id::text
  end;
  if new.status in ('needs_reauth', 'quota_wait') and exists (
    select from public.notifications as told
    where told.user_id = new.user_id
      and told.read_at is null
      and told.link_path = v_link
      and (told.kind = v_kind or (new.status = 'needs_reauth' and told.kind = 'publish.account_expired'))
  ) then
    return null;
  end if;
  insert into public.notifications (user_id, kind, title, body, link_path)
  values (
    new.user_id,
    v_kind,
    case new.status
      when 'failed' then 'Not published on ' || v_place
      when 'needs_reauth' then 'Connect ' || case when v_is_onedrive then 'OneDrive' else v_place end || ' again'
      when 'needs_conversion' then v_place || ' does not take this file'
      when 'quota_wait' then v_place || ' takes no more posts for now'
      else 'Look whether the post is on ' || v_place
    end,
    left(new.error_message, 2000),
    v_link
  );
  return null;
end;
$$;

comment on function private.notify_publish_outcome() is 'Trigger of publishing_queue: tells its user how it ended.';

revoke execute on function private.notify_publish_outcome() from public, anon, authenticated, service_role;

-- A short condition: it is read anew for every row that it is asked about.
create trigger publishing_queue_notify_outcome after update of status on public.publishing_queue
  for each row when (new.published_at is null) execute function private.notify_publish_outcome();

-- Returns how many were told. Called by cron; a run that fails is made up for by the next one.
create function private.tell_published_targets() returns integer
language sql
set search_path = ''
as $$
  with told as (
    delete from private.untold_targets as untold returning untold.target_id
  ),
  written as (
    insert into public.notifications (user_id, kind, title, body, link_path)
    select
      target.user_id, 'publish.published', 'Published on ' || private.platform_title(target.platform),
      left(target.error_message, 2000), '/posts/' || target.published_video_id::text
    from told
    join public.publishing_queue as target on target.id = told.target_id
    order by target.published_at
    returning 1
  )
  select count(*)::integer from written;
$$;

comment on function private.tell_published_targets is
  'Writes the notices of published targets; returns how many. Called by cron.';

revoke execute on function private.tell_published_targets() from public, anon, authenticated, service_role;
