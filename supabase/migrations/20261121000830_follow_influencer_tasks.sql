-- Statement triggers of influencer_tasks: when a parent changes, its correlated tasks follow in the same transaction;
-- when a correlated task waits for a video again, it gets the current one. The update they make raises
-- inheritance_version and touches no parent, so the trigger it fires finds nothing to do: that ends the recursion.

-- All three run as their owner: they write engine columns, also inside cascades of the auth server's role.
create function private.follow_added_tasks() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.inherit_videos(array_agg(parent.user_id), array_agg(parent.search_asin))
  from new_tasks as parent
  where parent.asin = parent.search_asin;

  perform private.inherit_videos(array_agg(child.user_id), array_agg(child.search_asin), array_agg(child.id))
  from new_tasks as child
  where child.asin <> child.search_asin and child.status = 'pending' and child.video_id is null;
  return null;
end;
$$;

-- Executed as text: a kept plan would join the transition tables by the way that suited the first, small statement.
create function private.follow_changed_tasks() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  execute $query$
    select private.inherit_videos(array_agg(family.user_id), array_agg(family.search_asin))
    from old_tasks as was
    join new_tasks as task on task.id = was.id
    cross join lateral (
      values (was.user_id, was.search_asin, was.asin), (task.user_id, task.search_asin, task.asin)
    ) as family (user_id, search_asin, asin)
    where family.asin = family.search_asin
      and (was.video_id, was.thumbnail_path, was.product_id, was.marketplace, was.asin, was.search_asin)
        is distinct from
        (task.video_id, task.thumbnail_path, task.product_id, task.marketplace, task.asin, task.search_asin)
  $query$;

  -- Its video or thumbnail was taken away directly, it was reopened, given back by a device, or moved.
  execute $query$
    select private.inherit_videos(array_agg(task.user_id), array_agg(task.search_asin), array_agg(task.id))
    from old_tasks as was
    join new_tasks as task on task.id = was.id and task.inheritance_version = was.inheritance_version
    where task.asin <> task.search_asin
      and task.status = 'pending'
      and (
        (task.video_id is null and was.video_id is not null)
        or (task.thumbnail_path is null and was.thumbnail_path is not null)
        or was.status <> 'pending'
        or (
          task.video_changed_at is not null
          and was.lease_until is not null
          and coalesce(task.lease_until <= now(), true)
        )
        or (was.marketplace, was.asin, was.search_asin)
          is distinct from (task.marketplace, task.asin, task.search_asin)
      )
  $query$;
  return null;
end;
$$;

create function private.follow_removed_tasks() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.inherit_videos(array_agg(parent.user_id), array_agg(parent.search_asin))
  from old_tasks as parent
  where parent.asin = parent.search_asin;
  return null;
end;
$$;

comment on function private.follow_added_tasks() is
  'After-insert trigger of influencer_tasks: new parents pass their video on, new correlated tasks take one.';
comment on function private.follow_changed_tasks() is
  'After-update trigger of influencer_tasks: setting, unsetting and replacing a parent''s video flow down.';
comment on function private.follow_removed_tasks() is
  'After-delete trigger of influencer_tasks: the family of a removed parent turns to the next best one.';

revoke execute on function
  private.follow_added_tasks(), private.follow_changed_tasks(), private.follow_removed_tasks()
  from public, anon, authenticated, service_role;

create trigger influencer_tasks_lock_account before update of video_id, status, thumbnail_path or delete
  on public.influencer_tasks
  for each statement execute function private.lock_own_account();

create trigger influencer_tasks_follow_added after insert on public.influencer_tasks
  referencing new table as new_tasks
  for each statement execute function private.follow_added_tasks();

create trigger influencer_tasks_follow_changed after update on public.influencer_tasks
  referencing old table as old_tasks new table as new_tasks
  for each statement execute function private.follow_changed_tasks();

create trigger influencer_tasks_follow_removed after delete on public.influencer_tasks
  referencing old table as old_tasks
  for each statement execute function private.follow_removed_tasks();
