-- The writes of a worker on a bulk it has leased. Called by the `publish` function as service_role. Locks are taken in
-- the order of all writers of bulks: account, work, items; what users do to a bulk takes the account's lock too.

-- Creates the post of an item and marks the item, both or neither: however often a video is worked on, it is posted
-- once. p_post: as for public.create_post, without times. A platform whose day is full gets the next one with room.
-- Answers made, over (somebody ended the item meanwhile) or lost (the lease is somebody else's). What create_post
-- raises is the item's failure.
create function public.make_bulk_item(
  p_bulk_id uuid,
  p_lease_token uuid,
  p_item_id uuid,
  p_post jsonb,
  p_lease_seconds integer
)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_max_moves constant integer := 60;
  v_bulk public.publish_bulks;
  v_item public.publish_bulk_items;
  v_not_before jsonb := '{}';
  v_moves integer := 0;
  v_hint text;
  v_detail text;
  v_answer jsonb;
begin
  select bulk.* into v_bulk from public.publish_bulks as bulk where bulk.id = p_bulk_id;
  perform private.lock_accounts(array[v_bulk.user_id]);
  update private.publish_bulk_work as work
  set lease_until = now() + make_interval(secs => p_lease_seconds), lost_leases = 0
  where work.bulk_id = p_bulk_id and work.lease_token = p_lease_token;
  if not found then
    return 'lost';
  end if;
  select item.* into v_item
  from public.publish_bulk_items as item
  where item.bulk_id = p_bulk_id and item.id = p_item_id
  for update;
  if v_item.status is distinct from 'waiting' then
    return 'over';
  end if;
  loop
    begin
      v_answer := public.create_post(
        v_bulk.user_id,
        p_post || jsonb_build_object(
          'targets',
          private.place_bulk_targets(v_bulk, v_item.position, p_post -> 'targets', v_not_before),
          'allow_duplicate', v_item.allow_duplicate
        )
      );
      exit;
    exception when sqlstate 'PT422' then
      get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
      if v_detail <> 'day_is_full' or v_hint::jsonb ->> 'next_free_at' is null or v_moves >= v_max_moves then
        raise;
      end if;
      v_moves := v_moves + 1;
      v_not_before := v_not_before
        || jsonb_build_object(v_hint::jsonb ->> 'platform', v_hint::jsonb ->> 'next_free_at');
    end;
  end loop;
  update public.publish_bulk_items as item
  set status = 'made',
      published_video_id = (v_answer ->> 'published_video_id')::uuid,
      note = case when v_moves > 0 then 'day_is_full' end
  where item.id = p_item_id;
  return 'made';
end;
$$;

-- False when the lease was lost or somebody ended the item meanwhile.
create function public.fail_bulk_item(
  p_bulk_id uuid,
  p_lease_token uuid,
  p_item_id uuid,
  p_error_code text,
  p_error_message text
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_accounts(array(
    select bulk.user_id from public.publish_bulks as bulk where bulk.id = p_bulk_id
  ));
  update private.publish_bulk_work as work
  set lost_leases = 0
  where work.bulk_id = p_bulk_id and work.lease_token = p_lease_token;
  if not found then
    return false;
  end if;
  update public.publish_bulk_items as item
  set status = 'failed', error_code = p_error_code, error_message = left(p_error_message, 2000)
  where item.bulk_id = p_bulk_id and item.id = p_item_id and item.status = 'waiting';
  return found;
end;
$$;

-- Gives a bulk back. With a pause something of ours is out of order, and the item it happened over counts as one that a
-- worker died of. Answers how many items still wait; when none does, the posts are watched from now on.
create function public.release_bulk(p_bulk_id uuid, p_lease_token uuid, p_pause_seconds integer default 0)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_waiting integer;
begin
  perform private.lock_accounts(array(
    select bulk.user_id from public.publish_bulks as bulk where bulk.id = p_bulk_id
  ));
  select count(*) into v_waiting
  from public.publish_bulk_items as item
  where item.bulk_id = p_bulk_id and item.status = 'waiting';
  update private.publish_bulk_work as work
  set step = case when v_waiting = 0 then 'watch' else 'make' end,
      work_at = now() + make_interval(secs => p_pause_seconds),
      lease_token = null,
      lease_until = null,
      lost_leases = case when p_pause_seconds > 0 then work.lost_leases + 1 else 0 end
  where work.bulk_id = p_bulk_id and work.lease_token = p_lease_token;
  if not found then
    return 0;
  end if;
  update public.publish_bulks as bulk
  set made_at = now()
  where bulk.id = p_bulk_id and bulk.made_at is null and v_waiting = 0;
  perform private.poke_bulk_worker() where v_waiting > 0 and p_pause_seconds = 0;
  return v_waiting;
end;
$$;

comment on function public.make_bulk_item is
  'Creates the post of an item of a leased bulk, once: made, over or lost. Raises what public.create_post raises.';
comment on function public.fail_bulk_item is 'Writes down why an item of a leased bulk has no post.';
comment on function public.release_bulk is 'Ends the lease of a bulk; returns how many of its items wait.';

revoke execute on function
  public.make_bulk_item(uuid, uuid, uuid, jsonb, integer), public.fail_bulk_item(uuid, uuid, uuid, text, text),
  public.release_bulk(uuid, uuid, integer)
  from public, anon, authenticated, service_role;
grant execute on function
  public.make_bulk_item(uuid, uuid, uuid, jsonb, integer), public.fail_bulk_item(uuid, uuid, uuid, text, text),
  public.release_bulk(uuid, uuid, integer)
  to service_role;
