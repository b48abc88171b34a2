-- How bulks stand, for who made them: a summary by platform and every video with its posts. Run as the caller, under
-- RLS; the filter on user_id is repeated so that the indexes are used from their first column.

-- {total, published, failed, needs_user, canceled, waiting} over posts, by account; first and last time of what goes out.
create function private.count_bulk_posts(p_user_id uuid, p_bulk_id uuid) returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(place) order by place.platform, place.connection_id), '[]')
  from (
    select
      target.platform, target.connection_id, count(*) as total,
      count(*) filter (where outcome.result = 'published') as published,
      count(*) filter (where outcome.result = 'failed') as failed,
      count(*) filter (where outcome.result = 'needs_user') as needs_user,
      count(*) filter (where outcome.result = 'canceled') as canceled,
      count(*) filter (where outcome.result = 'waiting') as waiting,
      min(target.scheduled_for) filter (where outcome.result <> 'canceled') as first_at,
      max(target.scheduled_for) filter (where outcome.result <> 'canceled') as last_at
    from public.publish_bulk_items as item
    join public.publishing_queue as target
      on target.user_id = item.user_id and target.published_video_id = item.published_video_id
    cross join lateral (select private.bulk_outcome(target.status, target.retry_at) as result) as outcome
    where item.user_id = p_user_id and item.bulk_id = p_bulk_id
    group by target.platform, target.connection_id
  ) as place;
$$;

create function private.describe_bulk(p_bulk public.publish_bulks) returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_bulk.id,
    'status', case
      when p_bulk.canceled_at is not null then 'canceled'
      when p_bulk.made_at is null then 'making'
      when p_bulk.finished_at is null then 'running'
      else 'finished'
    end,
    'total', p_bulk.total,
    'spread', p_bulk.spread,
    'created_at', p_bulk.created_at,
    'finished_at', p_bulk.finished_at,
    'videos', (
      select jsonb_build_object(
        'waiting', count(*) filter (where item.status = 'waiting'),
        'made', count(*) filter (where item.status = 'made'),
        'failed', count(*) filter (where item.status = 'failed'),
        'canceled', count(*) filter (where item.status = 'canceled')
      )
      from public.publish_bulk_items as item
      where item.user_id = p_bulk.user_id and item.bulk_id = p_bulk.id
    ),
    'platforms', private.count_bulk_posts(p_bulk.user_id, p_bulk.id)
  );
$$;

-- Null when the caller has no such bulk.
create function public.read_bulk(p_bulk_id uuid) returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.describe_bulk(bulk) || jsonb_build_object('items', coalesce((
    select jsonb_agg(
      jsonb_build_object(
        'id', item.id, 'video_id', item.video_id, 'filename', video.filename, 'poster_path', video.poster_path,
        'product_title', product.title, 'status', item.status, 'note', item.note,
        'error', case when item.error_code is not null then jsonb_build_object(
          'code', item.error_code, 'message', item.error_message
        ) end,
        'published_video_id', item.published_video_id,
        'targets', (
          select coalesce(jsonb_agg(
            jsonb_build_object(
              'id', target.id, 'platform', target.platform, 'connection_id', target.connection_id,
              'status', target.status, 'outcome', private.bulk_outcome(target.status, target.retry_at),
              'scheduled_for', target.scheduled_for, 'platform_url', target.platform_url,
              'error', case when target.error_code is not null and target.status <> 'published'
                then jsonb_build_object('code', target.error_code, 'message', coalesce(target.error_message, ''))
              end
            )
            order by target.platform, target.id
          ), '[]')
          from public.publishing_queue as target
          where target.user_id = item.user_id and target.published_video_id = item.published_video_id
        )
      )
      order by item.position
    )
    from public.publish_bulk_items as item
    left join public.product_videos as video on video.user_id = item.user_id and video.id = item.video_id
    left join public.sourced_products as product
      on product.user_id = video.user_id and product.id = video.product_id
    where item.user_id = bulk.user_id and item.bulk_id = bulk.id
  ), '[]'))
  from public.publish_bulks as bulk
  where bulk.user_id = (select auth.uid()) and bulk.id = p_bulk_id;
$$;

-- The caller's latest bulks, newest first.
create function public.list_bulks(p_limit integer default 20) returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(private.describe_bulk(latest) order by latest.id desc), '[]')
  from (
    select bulk.* from public.publish_bulks as bulk
    where bulk.user_id = (select auth.uid())
    order by bulk.id desc
    limit least(greatest(coalesce(p_limit, 20), 1), 50)
  ) as latest;
$$;

comment on function private.count_bulk_posts is 'Posts of a bulk by account and outcome.';
comment on function private.describe_bulk is 'How a bulk stands, without its videos.';
comment on function public.read_bulk is 'A bulk of the caller''s with every video and its posts; null for none.';
comment on function public.list_bulks is 'The caller''s latest bulks, newest first.';

revoke execute on function
  private.count_bulk_posts(uuid, uuid), private.describe_bulk(public.publish_bulks), public.read_bulk(uuid),
  public.list_bulks(integer)
  from public, anon, authenticated, service_role;
grant execute on function
  private.count_bulk_posts(uuid, uuid), private.describe_bulk(public.publish_bulks), public.read_bulk(uuid),
  public.list_bulks(integer)
  to authenticated;

-- Idempotent: a job is known by its name. pg_cron takes seconds from 1.5 on.
create function private.setup_bulk_cron_jobs() returns void
language plpgsql
set search_path = ''
as $$
declare
  v_version int[] := (
    select string_to_array(substring(extversion from '^\d+\.\d+'), '.')::int[]
    from pg_catalog.pg_extension
    where extname = 'pg_cron'
  );
begin
  perform cron.schedule(
    'publish-bulks', case when coalesce(v_version >= array[1, 5], false) then '5 seconds' else '* * * * *' end,
    'select private.tend_publish_bulks()'
  );
end;
$$;

comment on function private.setup_bulk_cron_jobs is 'Schedules the job of bulk publishing by name; safe to run again.';

revoke execute on function private.setup_bulk_cron_jobs() from public, anon, authenticated, service_role;

select private.setup_bulk_cron_jobs();
