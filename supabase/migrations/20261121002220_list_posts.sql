-- The posts of the web app: every post with its video, product and targets, what needs its user first. Runs as the
-- caller, under RLS; the filter on user_id is repeated so that the indexes are used from their first column.

-- p_view: all, attention, planned, published, drafts or canceled. Order: what needs its user, what is under way, what
-- is planned (soonest first), then the rest (newest first). A cursor is the place of the last post of the page before.
-- What was taken out of a draft never was a post: it is not shown, and a draft without anything left is not either.
create function public.list_posts(
  p_view text default 'all',
  p_search text default null,
  p_product_id uuid default null,
  p_post_id uuid default null,
  p_cursor text default null,
  p_limit integer default 20
) returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_limit constant integer := least(greatest(coalesce(p_limit, 20), 1), 100);
  v_answer jsonb;
begin
  if p_cursor is not null and p_cursor !~ '^[0-3]_-?[0-9]{1,16}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    raise sqlstate 'PT400' using message = 'This cursor is not one of ours.', detail = 'invalid_cursor';
  end if;
  with placed as materialized (
    select
      post.id, post.video_id, post.caption, post.hashtags, post.created_at,
      video.product_id, video.filename, video.poster_path, video.duration_ms, product.title as product_title,
      standing.targets, standing.is_planned, standing.is_published, standing.is_draft, standing.is_canceled,
      case
        when standing.needs_user then 0
        when standing.is_moving then 1
        when standing.is_planned then 2
        else 3
      end as rank,
      (extract(epoch from case
        when standing.is_planned and not standing.needs_user then standing.next_at
        else greatest(standing.published_at, post.created_at)
      end) * case when standing.is_planned and not standing.needs_user then 1000 else -1000 end)::bigint as sort_key
    from public.published_videos as post
    left join public.product_videos as video on video.user_id = post.user_id and video.id = post.video_id
    left join public.sourced_products as product
      on product.user_id = video.user_id and product.id = video.product_id
    cross join lateral (
      select
        coalesce(bool_or(
          target.status in ('failed', 'needs_reauth', 'needs_conversion')
          or (target.status = 'unknown' and target.retry_at is null)
        ), false) as needs_user,
        coalesce(bool_or(
          target.status in (
            'preparing', 'uploading', 'processing', 'ready', 'publishing', 'retry_wait', 'quota_wait', 'unknown'
          )
          or (target.status = 'scheduled' and target.scheduled_for <= now())
        ), false) as is_moving,
        coalesce(bool_or(target.status not in ('draft', 'published', 'failed', 'canceled')), false) as is_planned,
        coalesce(bool_or(target.status = 'published'), false) as is_published,
        coalesce(bool_or(target.status = 'draft'), true) as is_draft,
        coalesce(bool_and(target.status = 'canceled'), false) as is_canceled,
        min(target.scheduled_for) filter (
          where target.status not in ('draft', 'published', 'failed', 'canceled')
        ) as next_at,
        max(target.published_at) as published_at,
        coalesce(jsonb_agg(jsonb_build_object(
          'id', target.id,
          'platform', target.platform,
          'connection_id', target.connection_id,
          'status', target.status,
          'scheduled_for', target.scheduled_for,
          'time_zone', target.time_zone,
          'caption', target.caption,
          'hashtags', target.hashtags,
          'options', target.options,
          'platform_url', target.platform_url,
          'published_at', target.published_at,
          'error_code', target.error_code,
          'error_message', target.error_message,
          'retry_at', target.retry_at,
          'attempts', target.attempts
        ) order by target.id), '[]') as targets
      from public.publishing_queue as target
      where target.user_id = post.user_id
        and target.published_video_id = post.id
        and not (target.status = 'canceled' and target.content_key is null)
    ) as standing
    where post.user_id = (select auth.uid())
      and not (post.is_draft and standing.targets = '[]')
      and (p_post_id is null or post.id = p_post_id)
      and (p_product_id is null or video.product_id = p_product_id)
      and (
        coalesce(p_search, '') = ''
        or position(lower(p_search) in lower(concat_ws(
          ' ', post.caption, array_to_string(post.hashtags, ' '), video.filename, product.title, product.asin
        ))) > 0
      )
  ),
  page as (
    select placed.*
    from placed
    where case p_view
        when 'attention' then placed.rank = 0
        when 'planned' then placed.is_planned
        when 'published' then placed.is_published
        when 'drafts' then placed.is_draft
        when 'canceled' then placed.is_canceled
        else true
      end
      and (
        p_cursor is null
        or (placed.rank, placed.sort_key, placed.id) > (
          split_part(p_cursor, '_', 1)::integer, split_part(p_cursor, '_', 2)::bigint,
          split_part(p_cursor, '_', 3)::uuid
        )
      )
    order by placed.rank, placed.sort_key, placed.id
    limit v_limit + 1
  ),
  numbered as (
    select page.*, row_number() over (order by page.rank, page.sort_key, page.id) as number from page
  )
  select jsonb_build_object(
    'posts', coalesce((
      select jsonb_agg(
        to_jsonb(shown) - array['rank', 'sort_key', 'number', 'is_planned', 'is_published', 'is_draft', 'is_canceled']
        order by shown.number
      )
      from numbered as shown where shown.number <= v_limit
    ), '[]'),
    'counts', (
      select jsonb_build_object(
        'all', count(*),
        'attention', count(*) filter (where placed.rank = 0),
        'planned', count(*) filter (where placed.is_planned),
        'published', count(*) filter (where placed.is_published),
        'drafts', count(*) filter (where placed.is_draft),
        'canceled', count(*) filter (where placed.is_canceled)
      )
      from placed
    ),
    'next_cursor', (
      select concat_ws('_', last.rank, last.sort_key, last.id)
      from numbered as last
      where last.number = v_limit and exists (select from numbered as more where more.number > v_limit)
    )
  ) into v_answer;
  return v_answer;
end;
$$;

comment on function public.list_posts is
  'A page of the caller''s posts with targets and counts by view, what needs its user first. Raises invalid_cursor.';

revoke execute on function public.list_posts(text, text, uuid, uuid, text, integer)
  from public, anon, authenticated, service_role;
grant execute on function public.list_posts(text, text, uuid, uuid, text, integer) to authenticated;
