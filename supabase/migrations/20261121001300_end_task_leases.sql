-- The end of a lease, given back or run out: the task follows what it missed while a device worked on it, and goes if
-- nothing asks for it any more. A lease that runs out changes no row; the job of the next migration ends it.

alter table public.influencer_tasks add column withdrawn_at timestamptz;

comment on column public.influencer_tasks.withdrawn_at is
  'Set when nothing asks for the task any more while a device works on it; the task goes when the lease ends.';

-- For the scheduled job. Its condition names lease_until alone, so inheritance over unleased tasks never touches it.
create index influencer_tasks_lease_until_idx on public.influencer_tasks (lease_until) where lease_until is not null;

-- Pending tasks nothing asks for any more: those in a marketplace the product no longer has (p_asins null), or those
-- of withdrawn correlations (p_asins beside p_product_ids). A correlated task with its own video was somebody's
-- choice and stays.
create function private.list_unwanted_tasks(p_product_ids uuid[], p_asins text[]) returns setof uuid
language sql
stable
set search_path = ''
as $$
  select task.id
  from unnest(p_product_ids, p_asins) as withdrawn (product_id, asin)
  join public.sourced_products as product on product.id = withdrawn.product_id
  join public.influencer_tasks as task on task.user_id = product.user_id and task.product_id = product.id
  where task.status = 'pending'
    and case
      when withdrawn.asin is null then task.marketplace <> all (product.enabled_marketplaces)
      else task.asin = withdrawn.asin
    end
    and (
      task.asin = task.search_asin
      or task.own_video_id is null and not exists (
        select
        from public.asin_correlations as correlation
        join public.sourced_products as source
          on source.user_id = correlation.user_id and source.id = correlation.product_id
        where correlation.user_id = task.user_id
          and correlation.search_asin = task.search_asin
          and correlation.asin = task.asin
          and correlation.status = 'accepted'
          and task.marketplace = any (case
            when correlation.marketplace is null then source.enabled_marketplaces
            else array[correlation.marketplace]
          end)
      )
    );
$$;

-- Callers hold the account's lock.
create or replace function private.remove_unwanted_tasks(p_product_ids uuid[], p_asins text[]) returns void
language sql
set search_path = ''
as $$
  update public.influencer_tasks as task
  set withdrawn_at = now()
  where task.id in (select private.list_unwanted_tasks(p_product_ids, p_asins))
    and task.lease_until > now()
    and task.withdrawn_at is null;

  delete from public.influencer_tasks as task
  where task.id in (select private.list_unwanted_tasks(p_product_ids, p_asins))
    and (task.lease_until is null or task.lease_until <= now());
$$;

create or replace function private.guard_task_status() returns trigger
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
    new.withdrawn_at := null;
  end if;
  return new;
end;
$$;

-- Executed as text: a kept plan would join the transition tables by the way that suited the first, small statement.
create or replace function private.follow_changed_tasks() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_ids uuid[];
  v_search_asins text[];
  v_ids uuid[];
  v_withdrawn_ids uuid[];
  v_product_ids uuid[];
  v_asins text[];
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

  -- Its lease ended, or a device took over one that had (it is told what changed); its video or thumbnail was taken
  -- away directly, it was reopened, or moved.
  execute $query$
    select
      array_agg(task.user_id), array_agg(task.search_asin), array_agg(task.id),
      array_agg(task.id) filter (where task.is_withdrawn),
      array_agg(task.product_id) filter (where task.is_withdrawn),
      array_agg(nullif(task.asin, task.search_asin)) filter (where task.is_withdrawn)
    from old_tasks as was
    join (
      select task.*, task.withdrawn_at is not null and coalesce(task.lease_until <= now(), true) as is_withdrawn
      from new_tasks as task
    ) as task on task.id = was.id and task.inheritance_version = was.inheritance_version
    where task.status = 'pending'
      and (
        was.lease_until is not null and coalesce(task.lease_until <= now(), true)
        or was.lease_until <= now()
        or task.asin <> task.search_asin and (
          (task.video_id is null and was.video_id is not null)
          or (task.thumbnail_path is null and was.thumbnail_path is not null)
          or was.status <> 'pending'
          or (was.marketplace, was.asin, was.search_asin)
            is distinct from (task.marketplace, task.asin, task.search_asin)
        )
      )
  $query$
  into v_user_ids, v_search_asins, v_ids, v_withdrawn_ids, v_product_ids, v_asins;
  if v_withdrawn_ids is not null then
    perform private.lock_accounts(v_user_ids);
    delete from public.influencer_tasks as task
    where task.id = any (v_withdrawn_ids)
      and task.id in (select private.list_unwanted_tasks(v_product_ids, v_asins));
    -- Asked for again meanwhile.
    update public.influencer_tasks as task set withdrawn_at = null where task.id = any (v_withdrawn_ids);
  end if;
  perform private.inherit_videos(v_user_ids, v_search_asins, v_ids);
  return null;
end;
$$;

comment on function private.list_unwanted_tasks(uuid[], text[]) is
  'Pending tasks of these products that nothing asks for any more, leased ones too.';
comment on function private.remove_unwanted_tasks(uuid[], text[]) is
  'Removes pending tasks of these products that nothing asks for any more; a leased one goes when its lease ends.';
comment on function private.guard_task_status() is
  'Trigger of influencer_tasks: the allowed moves, completed_at, and the end of a lease.';
comment on function private.follow_changed_tasks() is
  'After-update trigger of influencer_tasks: a parent''s video flows down, a task that may follow again does.';
revoke execute on function private.list_unwanted_tasks(uuid[], text[])
  from public, anon, authenticated, service_role;
