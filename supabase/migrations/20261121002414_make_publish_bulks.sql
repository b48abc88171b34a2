-- Creating a bulk, and the worker that makes its posts. Called by the `publish` function as service_role. One worker at
-- a time has a bulk, by a lease: its videos get their times in order. A worker that dies gives it back by doing nothing.

-- p_bulk: {caption, hashtags, targets, spread, allow_duplicate, video_ids}, checked by the function. Answers
-- {id, total}; the same key and hash answer the same again.
create function public.create_bulk(
  p_user_id uuid,
  p_bulk jsonb,
  p_idempotency_key text default null,
  p_request_hash text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_bulk_id uuid := private.uuid_v7();
  v_answer jsonb;
begin
  if p_idempotency_key is not null then
    v_answer := private.take_idempotency_key(p_user_id, p_idempotency_key, p_request_hash);
    if v_answer is not null then
      return v_answer;
    end if;
  end if;
  perform private.require_post_parts(p_user_id, jsonb_build_object('targets', p_bulk -> 'targets'));
  if p_bulk #>> '{spread,kind}' = 'slots' and exists (
    select from jsonb_to_recordset(p_bulk -> 'targets') as target (platform text)
    where not exists (
      select from public.posting_slots as slot
      where slot.user_id = p_user_id and (slot.platforms is null or target.platform = any (slot.platforms))
    )
  ) then
    raise sqlstate 'PT422' using
      message = 'You have no posting slots for one of these platforms. Add some, or choose another time.',
      detail = 'posting_slots_missing';
  end if;
  insert into public.publish_bulks (id, user_id, caption, hashtags, targets, spread, total)
  values (
    v_bulk_id, p_user_id, p_bulk ->> 'caption', private.read_texts(p_bulk -> 'hashtags'), p_bulk -> 'targets',
    p_bulk -> 'spread', jsonb_array_length(p_bulk -> 'video_ids')
  );
  insert into public.publish_bulk_items (user_id, bulk_id, position, video_id, allow_duplicate)
  select
    p_user_id, v_bulk_id, named.number - 1, named.id::uuid, coalesce((p_bulk ->> 'allow_duplicate')::boolean, false)
  from jsonb_array_elements_text(p_bulk -> 'video_ids') with ordinality as named (id, number);
  insert into private.publish_bulk_work (bulk_id, user_id) values (v_bulk_id, p_user_id);
  v_answer := jsonb_build_object('id', v_bulk_id, 'total', jsonb_array_length(p_bulk -> 'video_ids'));
  if p_idempotency_key is not null then
    update private.idempotency_keys as taken
    set response = v_answer
    where taken.user_id = p_user_id and taken.key = p_idempotency_key;
  end if;
  return v_answer;
end;
$$;

-- The next bulk to work on, or the one that is named, with up to p_limit of its waiting items and all that making their
-- posts takes; null when there is none. lost_leases: how many workers died over the first of these items.
create function public.claim_bulk(p_limit integer, p_lease_seconds integer, p_bulk_id uuid default null) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_work private.publish_bulk_work;
begin
  update private.publish_bulk_work as work
  set lost_leases = work.lost_leases + (work.lease_token is not null)::integer,
      lease_token = gen_random_uuid(),
      lease_until = now() + make_interval(secs => p_lease_seconds)
  where work.bulk_id = (
    select due.bulk_id
    from private.publish_bulk_work as due
    where due.step = 'make'
      and due.work_at <= now()
      and (due.lease_until is null or due.lease_until <= now())
      and (p_bulk_id is null or due.bulk_id = p_bulk_id)
    order by due.work_at
    limit 1
    for update skip locked
  )
  returning work.* into v_work;
  if v_work.bulk_id is null then
    return null;
  end if;
  return (
    select jsonb_build_object(
      'id', bulk.id, 'user_id', bulk.user_id, 'lease_token', v_work.lease_token, 'lost_leases', v_work.lost_leases,
      'caption', bulk.caption, 'hashtags', bulk.hashtags, 'targets', bulk.targets,
      'accounts', coalesce((
        select jsonb_agg(jsonb_build_object(
          'id', account.id, 'platform', account.platform, 'route', account.route, 'status', account.status
        ))
        from public.oauth_connections as account
        where account.user_id = bulk.user_id
      ), '[]'),
      'items', coalesce((
        select jsonb_agg(
          jsonb_build_object(
            'id', next.id, 'allow_duplicate', next.allow_duplicate,
            'video', case when video.id is not null then jsonb_build_object(
              'id', video.id, 'filename', video.filename, 'upload_status', video.upload_status,
              'size_bytes', video.size_bytes, 'unreachable_at', video.unreachable_at
            ) end,
            'product', case when product.id is not null then jsonb_build_object(
              'title', product.title, 'video_title', product.video_title, 'brand', product.brand,
              'asin', product.asin, 'price', product.price, 'currency', product.currency,
              'marketplace', product.marketplace
            ) end
          )
          order by next.position
        )
        from (
          select item.* from public.publish_bulk_items as item
          where item.user_id = bulk.user_id and item.bulk_id = bulk.id and item.status = 'waiting'
          order by item.position
          limit p_limit
        ) as next
        left join public.product_videos as video on video.user_id = next.user_id and video.id = next.video_id
        left join public.sourced_products as product
          on product.user_id = video.user_id and product.id = video.product_id
      ), '[]')
    )
    from public.publish_bulks as bulk
    where bulk.id = v_work.bulk_id
  );
end;
$$;

comment on function public.create_bulk is
  'Creates a bulk with an item for each video. Raises connection_not_found, target_named_twice, posting_slots_missing.';
comment on function public.claim_bulk is
  'Leases a bulk whose posts are to be made: what that takes for its next items; null when there is none.';

revoke execute on function
  public.create_bulk(uuid, jsonb, text, text), public.claim_bulk(integer, integer, uuid)
  from public, anon, authenticated, service_role;
grant execute on function public.create_bulk(uuid, jsonb, text, text), public.claim_bulk(integer, integer, uuid)
  to service_role;
