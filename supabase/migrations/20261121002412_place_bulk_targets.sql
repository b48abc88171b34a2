-- When the posts of a bulk go out. Times are chosen one post after the other, while the account's lock is held: what was
-- placed before is seen, so no two posts share a slot.

-- p_count steps after a time. Whole days keep what the clock shows, also over a change of it; where clocks skip that
-- time it is as much later as they skip. Other steps are time that passes.
create function private.step_time(p_start timestamptz, p_zone text, p_minutes integer, p_count integer)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select case when p_minutes % 1440 = 0 and p_zone is not null
    then coalesce(
      (private.local_instant(step.local_at, p_zone)).at,
      -- Postgres takes the offset before the change.
      step.local_at at time zone p_zone
    )
    else p_start + make_interval(mins => p_minutes * p_count)
  end
  from (
    select (p_start at time zone p_zone) + make_interval(days => p_minutes / 1440 * p_count) as local_at
  ) as step;
$$;

-- The latest time a bulk has given to an account so far.
create function private.last_bulk_time(p_bulk public.publish_bulks, p_connection_id uuid) returns timestamptz
language sql
stable
set search_path = ''
as $$
  select max(target.scheduled_for)
  from public.publish_bulk_items as item
  join public.publishing_queue as target
    on target.user_id = item.user_id and target.published_video_id = item.published_video_id
  where item.user_id = p_bulk.user_id
    and item.bulk_id = p_bulk.id
    and target.connection_id = p_connection_id
    and target.status <> 'canceled';
$$;

-- When the item at a place goes out on an account, not before p_not_before (a day with room, null when nothing is
-- known); null is at once. Raises no_free_slot and scheduled_too_far.
create function private.bulk_time(
  p_bulk public.publish_bulks,
  p_position integer,
  p_platform text,
  p_connection_id uuid,
  p_not_before timestamptz
)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  v_kind constant text := p_bulk.spread ->> 'kind';
  v_start constant timestamptz := (p_bulk.spread ->> 'starting_at')::timestamptz;
  v_minutes constant integer := (p_bulk.spread ->> 'minutes')::integer;
  v_zone constant text := p_bulk.spread ->> 'time_zone';
  v_last timestamptz;
  v_at timestamptz;
begin
  if v_kind = 'now' then
    return p_not_before;
  end if;
  v_last := private.last_bulk_time(p_bulk, p_connection_id);
  if v_kind = 'every' then
    v_at := greatest(
      private.step_time(v_start, v_zone, v_minutes, p_position),
      private.step_time(v_last, v_zone, v_minutes, 1),
      p_not_before
    );
  else
    -- A slot at the very time that was named is one of them.
    select slot.at into v_at
    from private.next_slots(
      p_bulk.user_id, p_platform, p_connection_id,
      greatest(now(), v_start - interval '1 second', p_not_before - interval '1 second', v_last), 1
    ) as slot
    where slot.at is not null;
    if v_at is null then
      raise sqlstate 'PT422' using
        message = 'All your posting slots of the coming year are taken. Add slots, or choose another time.',
        detail = 'no_free_slot';
    end if;
  end if;
  if v_at > now() + interval '366 days' then
    raise sqlstate 'PT422' using
      message = 'This would go out more than a year from now. Choose shorter steps, or fewer videos.',
      detail = 'scheduled_too_far';
  end if;
  return v_at;
end;
$$;

-- The targets of a post with their times. p_not_before: times by platform.
create function private.place_bulk_targets(
  p_bulk public.publish_bulks,
  p_position integer,
  p_targets jsonb,
  p_not_before jsonb
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_agg(target.entry || jsonb_build_object(
    'scheduled_for', private.bulk_time(
      p_bulk, p_position, target.entry ->> 'platform', (target.entry ->> 'connection_id')::uuid,
      (p_not_before ->> (target.entry ->> 'platform'))::timestamptz
    ),
    'time_zone', coalesce(
      p_bulk.spread ->> 'time_zone',
      (select profile.time_zone from public.profiles as profile where profile.user_id = p_bulk.user_id)
    )
  ) order by target.number)
  from jsonb_array_elements(p_targets) with ordinality as target (entry, number);
$$;

comment on function private.step_time is 'A time p_count steps of p_minutes after p_start; whole days keep the clock.';
comment on function private.last_bulk_time is 'The latest time a bulk has given to an account.';
comment on function private.bulk_time is
  'When an item goes out on an account; null is at once. Raises no_free_slot, scheduled_too_far.';
comment on function private.place_bulk_targets is 'Targets of a post of a bulk with their times.';

revoke execute on function
  private.step_time(timestamptz, text, integer, integer), private.last_bulk_time(public.publish_bulks, uuid),
  private.bulk_time(public.publish_bulks, integer, text, uuid, timestamptz),
  private.place_bulk_targets(public.publish_bulks, integer, jsonb, jsonb)
  from public, anon, authenticated, service_role;
grant execute on function
  private.step_time(timestamptz, text, integer, integer), private.last_bulk_time(public.publish_bulks, uuid),
  private.bulk_time(public.publish_bulks, integer, text, uuid, timestamptz),
  private.place_bulk_targets(public.publish_bulks, integer, jsonb, jsonb)
  to service_role;
