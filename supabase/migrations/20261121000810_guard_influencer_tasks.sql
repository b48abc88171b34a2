-- What holds for a single task whoever writes it: legal status moves, and whose video it is.

create function private.guard_task_status() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and (old.status || '>' || new.status) <> all (array[
    'pending>completed', 'pending>skipped', 'completed>pending', 'skipped>pending'
  ]) then
    raise sqlstate 'PT422' using
      message = format('A task that is %s cannot become %s. Set it back to pending first.', old.status, new.status),
      detail = 'task_status_move_not_allowed';
  end if;
  new.completed_at := case when new.status = 'completed' then coalesce(new.completed_at, now()) end;
  if new.status <> 'pending' then
    new.lease_holder := null;
    new.lease_token := null;
    new.lease_until := null;
  end if;
  return new;
end;
$$;

comment on function private.guard_task_status() is
  'Trigger of influencer_tasks: the allowed moves, completed_at, and the end of a lease.';

-- Only for direct writes: inheritance raises inheritance_version, and the triggers below look at that.
create function private.mark_own_video() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.video_id is distinct from old.video_id then
    if new.video_id is not null then
      new.video_is_inherited := false;
      new.former_video_id := null;
    elsif new.status = 'pending' and new.asin <> new.search_asin then
      -- Waits for inheritance, which follows at the end of the statement.
      new.video_is_inherited := false;
      new.former_video_id := null;
    elsif not old.video_is_inherited then
      new.former_video_id := old.video_id;
    end if;
    if not new.video_is_inherited then
      new.inherited_from_task_id := null;
      new.inherited_from_product_id := null;
      new.video_changed_at := null;
    end if;
  end if;
  if new.thumbnail_path is distinct from old.thumbnail_path then
    new.thumbnail_is_inherited := false;
  end if;
  return new;
end;
$$;

comment on function private.mark_own_video() is
  'Trigger of influencer_tasks: a video or thumbnail set directly is the task''s own.';

revoke execute on function private.guard_task_status(), private.mark_own_video()
  from public, anon, authenticated, service_role;

create trigger influencer_tasks_guard_status before update on public.influencer_tasks
  for each row when (new.status <> old.status) execute function private.guard_task_status();

create trigger influencer_tasks_guard_first_status before insert on public.influencer_tasks
  for each row when (new.status <> 'pending') execute function private.guard_task_status();

create trigger influencer_tasks_mark_own_video before update on public.influencer_tasks
  for each row when (
    new.inheritance_version = old.inheritance_version
    and (new.video_id is distinct from old.video_id or new.thumbnail_path is distinct from old.thumbnail_path)
  )
  execute function private.mark_own_video();
