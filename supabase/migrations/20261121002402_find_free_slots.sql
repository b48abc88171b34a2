-- The next slots that are free for an account: one post in each. Called by the web app for its preview, and where posts
-- of a bulk get their times.

-- After p_after, at most p_count of them and within a year. A slot whose time clocks skip is not there that week: it
-- comes as a row without an instant and does not count.
create function private.next_slots(
  p_user_id uuid,
  p_platform text,
  p_connection_id uuid,
  p_after timestamptz,
  p_count integer
)
returns table (slot_id uuid, at timestamptz, local_at timestamp, note text)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_zone text := (select profile.time_zone from public.profiles as profile where profile.user_id = p_user_id);
  v_day date := (p_after at time zone v_zone)::date;
  v_last_day constant date := (now() at time zone v_zone)::date + 366;
  v_found integer := 0;
  v_slot record;
  v_time record;
begin
  while v_day <= v_last_day and v_found < p_count loop
    for v_slot in
      select slot.id, slot.local_time
      from public.posting_slots as slot
      where slot.user_id = p_user_id
        and slot.weekday = extract(isodow from v_day)
        and (slot.platforms is null or p_platform = any (slot.platforms))
      order by slot.local_time
    loop
      exit when v_found >= p_count;
      select * into v_time from private.local_instant(v_day + v_slot.local_time, v_zone);
      continue when v_time.at <= p_after;
      continue when v_time.at is not null and exists (
        select from public.publishing_queue as target
        where target.user_id = p_user_id
          and target.scheduled_for = v_time.at
          and target.connection_id = p_connection_id
          and target.status not in ('draft', 'failed', 'canceled')
      );
      slot_id := v_slot.id;
      at := v_time.at;
      local_at := v_day + v_slot.local_time;
      note := case
        when v_time.at is null then 'time_does_not_exist'
        when v_time.is_ambiguous then 'ambiguous_time'
      end;
      v_found := v_found + (v_time.at is not null)::integer;
      return next;
    end loop;
    v_day := v_day + 1;
  end loop;
end;
$$;

-- For the caller's accounts, a list of ids; 200 slots of 20 accounts at most. Answers [{connection_id, slots: [{at,
-- local_at, note}]}], in one list because a page of rows ends at a thousand.
create function public.next_posting_slots(
  p_connection_ids jsonb,
  p_after timestamptz default null,
  p_count integer default 20
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('connection_id', account.id, 'slots', free.slots)), '[]')
  from (
    select own.* from public.oauth_connections as own
    where own.user_id = (select auth.uid()) and p_connection_ids ? own.id::text
    order by own.id
    limit 20
  ) as account
  cross join lateral (
    select coalesce(
      jsonb_agg(jsonb_build_object('at', slot.at, 'local_at', slot.local_at, 'note', slot.note) order by slot.local_at),
      '[]'
    ) as slots
    from private.next_slots(
      account.user_id, account.platform, account.id, greatest(p_after, now()), least(greatest(p_count, 1), 200)
    ) as slot
  ) as free;
$$;

comment on function private.next_slots is 'The next posting slots an account has free, skipped times among them.';
comment on function public.next_posting_slots is 'The next free posting slots of the caller''s accounts.';

revoke execute on function
  private.next_slots(uuid, text, uuid, timestamptz, integer),
  public.next_posting_slots(jsonb, timestamptz, integer)
  from public, anon, authenticated, service_role;
grant execute on function private.next_slots(uuid, text, uuid, timestamptz, integer) to authenticated, service_role;
grant execute on function public.next_posting_slots(jsonb, timestamptz, integer) to authenticated;
