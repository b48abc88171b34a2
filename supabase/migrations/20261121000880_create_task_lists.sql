-- The task list of the web app and the extension: GET /tasks/influencer-tasks. Both run as the caller, under RLS; the
-- filter on user_id is repeated so that the indexes are used from their first column.

-- Tasks newest video first, those without a video last, newest task first inside a video. A page is a range of
-- influencer_tasks_status_video_idx (or _video_idx, _product_idx), so its cost does not grow with the list. Without
-- enable_sort = off the planner reads and sorts the whole list whenever its statistics expect a short one.
create function public.list_influencer_tasks(
  p_marketplace text default null,
  p_status text default null,
  p_product_id uuid default null,
  p_cursor text default null,
  p_limit integer default 50
) returns jsonb
language plpgsql
stable
set search_path = ''
set enable_sort = off
as $$
declare
  v_limit constant integer := least(greatest(coalesce(p_limit, 50), 1), 200);
  v_columns constant text := $columns$
    task.id, task.video_id, jsonb_build_object(
      'id', task.id,
      'product_id', task.product_id,
      'marketplace', task.marketplace,
      'asin', task.asin,
      'search_asin', task.search_asin,
      'title', task.title,
      'image_url', task.image_url,
      'video_id', task.video_id,
      'video_is_inherited', task.video_is_inherited,
      'inherited_from_task_id', task.inherited_from_task_id,
      'thumbnail_path', task.thumbnail_path,
      'status', task.status,
      'video_changed_at', task.video_changed_at,
      'completed_at', task.completed_at,
      'created_at', task.created_at,
      'updated_at', task.updated_at
    ) as described
  $columns$;
  v_query text;
  v_has_video boolean;
  v_after_video_id uuid;
  v_after_id uuid;
  v_task record;
  v_last_video_id uuid;
  v_last_id uuid;
  v_page_count integer := 0;
  v_has_more boolean := false;
  v_groups jsonb := '[]';
  v_tasks jsonb := '[]';
begin
  -- A cursor is the last task of the page before: its video (or "none") and its id.
  if p_cursor is not null then
    if p_cursor !~ '^(none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
      raise sqlstate 'PT400' using message = 'This cursor is not one of ours.', detail = 'invalid_cursor';
    end if;
    v_after_video_id := nullif(split_part(p_cursor, '_', 1), 'none')::uuid;
    v_after_id := split_part(p_cursor, '_', 2)::uuid;
  end if;

  -- Two ranges, one after the other: nulls do not compare, so one condition could not start inside an index.
  foreach v_has_video in array array[true, false] loop
    continue when v_has_video and p_cursor is not null and v_after_video_id is null;
    v_query := 'select ' || v_columns || ' from public.influencer_tasks as task where task.user_id = $1'
      || case when p_status is not null then ' and task.status = $2' else '' end
      || case when p_marketplace is not null then ' and task.marketplace = $3' else '' end
      || case when p_product_id is not null then ' and task.product_id = $4' else '' end
      || case
        when v_has_video and v_after_id is not null then ' and (task.video_id, task.id) < ($5, $6)'
        when v_has_video then ' and task.video_id is not null'
        when v_after_id is not null and v_after_video_id is null then ' and task.video_id is null and task.id < $6'
        else ' and task.video_id is null'
      end
      || ' order by task.video_id desc nulls last, task.id desc limit $7';
    for v_task in execute v_query
      using auth.uid(), p_status, p_marketplace, p_product_id, v_after_video_id, v_after_id,
        v_limit + 1 - v_page_count
    loop
      if v_page_count = v_limit then
        v_has_more := true;
        exit;
      end if;
      if v_page_count > 0 and v_task.video_id is distinct from v_last_video_id then
        v_groups := v_groups || private.describe_task_group(v_last_video_id, v_tasks);
        v_tasks := '[]';
      end if;
      v_tasks := v_tasks || v_task.described;
      v_last_video_id := v_task.video_id;
      v_last_id := v_task.id;
      v_page_count := v_page_count + 1;
    end loop;
    exit when v_has_more;
  end loop;
  if v_page_count > 0 then
    v_groups := v_groups || private.describe_task_group(v_last_video_id, v_tasks);
  end if;

  return jsonb_build_object(
    'groups', v_groups,
    'counts', public.influencer_task_counts(p_marketplace),
    'next_cursor', case when v_has_more then coalesce(v_last_video_id::text, 'none') || '_' || v_last_id end
  );
end;
$$;

create function private.describe_task_group(p_video_id uuid, p_tasks jsonb) returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'video', (
      select jsonb_build_object(
        'id', video.id,
        'filename', video.filename,
        'duration_ms', video.duration_ms,
        'size_bytes', video.size_bytes,
        'poster_path', video.poster_path
      )
      from public.product_videos as video
      where video.id = p_video_id
    ),
    'tasks', p_tasks
  );
$$;

-- Totals of one marketplace (or all), and the pending tasks of each marketplace whatever the filter, for the tabs.
create function public.influencer_task_counts(p_marketplace text default null) returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'pending', coalesce(sum(tally.task_count) filter (where tally.status = 'pending' and tally.is_asked), 0),
    'completed', coalesce(sum(tally.task_count) filter (where tally.status = 'completed' and tally.is_asked), 0),
    'skipped', coalesce(sum(tally.task_count) filter (where tally.status = 'skipped' and tally.is_asked), 0),
    'by_marketplace', jsonb_build_object('US', 0, 'CA', 0, 'UK', 0, 'DE', 0) || coalesce(
      jsonb_object_agg(tally.marketplace, tally.task_count) filter (where tally.status = 'pending'), '{}'
    )
  )
  from (
    select
      task.status,
      task.marketplace,
      p_marketplace is null or task.marketplace = p_marketplace as is_asked,
      count(*) as task_count
    from public.influencer_tasks as task
    where task.user_id = (select auth.uid())
    group by task.status, task.marketplace
  ) as tally;
$$;

comment on function public.list_influencer_tasks(text, text, uuid, text, integer) is
  'A page of the caller''s tasks grouped by video, with counts and the cursor of the next page.';
comment on function private.describe_task_group(uuid, jsonb) is 'A video and its tasks as the API shows them.';
comment on function public.influencer_task_counts(text) is
  'How many tasks the caller has by status, and how many wait in each marketplace.';

revoke execute on function
  public.list_influencer_tasks(text, text, uuid, text, integer), public.influencer_task_counts(text),
  private.describe_task_group(uuid, jsonb)
  from public, anon, authenticated, service_role;
grant execute on function
  public.list_influencer_tasks(text, text, uuid, text, integer), public.influencer_task_counts(text),
  private.describe_task_group(uuid, jsonb)
  to authenticated;
