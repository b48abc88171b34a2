-- Triggers of sourced_products and asin_correlations: tasks appear and go with marketplaces, acceptances and products.

-- Runs as its owner: it removes tasks, which users may not, also inside cascades of the auth server's role. Before the
-- row, because the foreign keys then empty the columns that tell which tasks are meant.
create function private.remove_product_tasks() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.lock_accounts(array[old.user_id]);
  delete from public.influencer_tasks as task
  where task.user_id = old.user_id and task.product_id = old.id and task.status = 'pending';
  return old;
end;
$$;

-- Runs as its owner: it looks for tasks and correlations whoever asks.
create function private.guard_product_asin() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.lock_accounts(array[old.user_id]);
  if exists (
    select from public.influencer_tasks as task where task.user_id = old.user_id and task.product_id = old.id
  ) or exists (
    select from public.asin_correlations as correlation
    where correlation.user_id = old.user_id and correlation.product_id = old.id
  ) then
    raise sqlstate 'PT422' using
      message = 'This product already has tasks or correlations under its ASIN. Add the right ASIN as a new product.',
      detail = 'product_asin_in_use';
  end if;
  return new;
end;
$$;

-- Pending tasks nothing asks for any more: those in a marketplace the product no longer has (p_asins null), or those
-- of withdrawn correlations (p_asins beside p_product_ids). A correlated task with its own video was somebody's
-- choice and stays. Callers hold the account's lock.
create function private.remove_unwanted_tasks(p_product_ids uuid[], p_asins text[]) returns void
language sql
set search_path = ''
as $$
  delete from public.influencer_tasks as task
  using unnest(p_product_ids, p_asins) as withdrawn (product_id, asin)
  join public.sourced_products as product on product.id = withdrawn.product_id
  where task.user_id = product.user_id
    and task.product_id = product.id
    and task.status = 'pending'
    and (task.lease_until is null or task.lease_until <= now())
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

-- Runs as its owner, as the other task triggers do. The join is executed as text: a kept plan would be the one that
-- suited the first, small statement.
create function private.follow_changed_products() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_ids uuid[];
  v_product_ids uuid[];
begin
  execute $query$
    select array_agg(product.user_id), array_agg(product.id)
    from old_products as was
    join new_products as product on product.id = was.id
    where product.enabled_marketplaces <> was.enabled_marketplaces
  $query$
  into v_user_ids, v_product_ids;
  if v_product_ids is null then
    return null;
  end if;
  perform private.lock_accounts(v_user_ids);
  perform private.remove_unwanted_tasks(v_product_ids, null);
  perform private.create_video_tasks(array_agg(video.id), false)
  from public.product_videos as video
  where video.user_id = any (v_user_ids) and video.product_id = any (v_product_ids);
  perform private.create_correlated_tasks(v_product_ids);
  return null;
end;
$$;

-- Runs as its owner, as the other task triggers do. One function for the three events; the join executed as above.
create function private.follow_correlations() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_user_ids uuid[];
  v_accepted_ids uuid[];
  v_withdrawn_ids uuid[];
  v_withdrawn_asins text[];
begin
  if tg_op = 'INSERT' then
    select array_agg(added.user_id), array_agg(added.product_id)
    into v_user_ids, v_accepted_ids
    from new_correlations as added
    where added.status = 'accepted';
  elsif tg_op = 'UPDATE' then
    execute $query$
      select
        array_agg(changed.user_id),
        array_agg(changed.product_id) filter (where changed.status = 'accepted'),
        array_agg(was.product_id) filter (where was.status = 'accepted'),
        array_agg(was.asin) filter (where was.status = 'accepted')
      from old_correlations as was
      join new_correlations as changed on changed.id = was.id
      where (changed.status, changed.asin, changed.marketplace)
        is distinct from (was.status, was.asin, was.marketplace)
    $query$
    into v_user_ids, v_accepted_ids, v_withdrawn_ids, v_withdrawn_asins;
  else
    select array_agg(removed.user_id), array_agg(removed.product_id), array_agg(removed.asin)
    into v_user_ids, v_withdrawn_ids, v_withdrawn_asins
    from old_correlations as removed
    where removed.status = 'accepted';
  end if;
  if v_user_ids is null then
    return null;
  end if;
  perform private.lock_accounts(v_user_ids);
  perform private.remove_unwanted_tasks(v_withdrawn_ids, v_withdrawn_asins);
  perform private.create_correlated_tasks(v_accepted_ids);
  return null;
end;
$$;

comment on function private.remove_product_tasks() is 'Before-delete trigger of sourced_products: pending tasks go.';
comment on function private.guard_product_asin() is 'Trigger of sourced_products: an ASIN in use stays as it is.';
comment on function private.remove_unwanted_tasks(uuid[], text[]) is
  'Removes pending tasks of these products that nothing asks for any more.';
comment on function private.follow_changed_products() is
  'After-update trigger of sourced_products: tasks follow the enabled marketplaces.';
comment on function private.follow_correlations() is
  'After trigger of asin_correlations: accepting makes tasks, withdrawing removes those that still wait.';

revoke execute on function
  private.remove_product_tasks(), private.guard_product_asin(), private.remove_unwanted_tasks(uuid[], text[]),
  private.follow_changed_products(), private.follow_correlations()
  from public, anon, authenticated, service_role;

create trigger sourced_products_lock_account
  before delete or update of asin, marketplace, enabled_marketplaces on public.sourced_products
  for each statement execute function private.lock_own_account();

create trigger sourced_products_guard_asin before update on public.sourced_products
  for each row when (new.asin <> old.asin or new.marketplace <> old.marketplace)
  execute function private.guard_product_asin();

create trigger sourced_products_remove_tasks before delete on public.sourced_products
  for each row execute function private.remove_product_tasks();

create trigger sourced_products_follow_changed after update on public.sourced_products
  referencing old table as old_products new table as new_products
  for each statement execute function private.follow_changed_products();

create trigger asin_correlations_lock_account before insert or update or delete on public.asin_correlations
  for each statement execute function private.lock_own_account();

create trigger asin_correlations_follow_added after insert on public.asin_correlations
  referencing new table as new_correlations
  for each statement execute function private.follow_correlations();

create trigger asin_correlations_follow_changed after update on public.asin_correlations
  referencing old table as old_correlations new table as new_correlations
  for each statement execute function private.follow_correlations();

create trigger asin_correlations_follow_removed after delete on public.asin_correlations
  referencing old table as old_correlations
  for each statement execute function private.follow_correlations();
