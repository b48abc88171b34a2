-- "Queue for Amazon": creates the tasks of a video, or opens them again. Called by the `videos` function with the
-- user's own rights, and by hand as postgres.

-- Runs as its owner: users may not add tasks themselves. A user reaches only their own video; without a user
-- (operator, service_role) any.
create function private.queue_video_tasks(p_video_id uuid) returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_video public.product_videos;
  v_created_count integer;
  v_reopened_count integer;
begin
  select video.* into v_video
  from public.product_videos as video
  where video.id = p_video_id and (auth.uid() is null or video.user_id = auth.uid());
  if not found then
    raise sqlstate 'PT404' using message = 'This video does not exist.', detail = 'video_not_found';
  end if;
  if v_video.upload_status <> 'complete' then
    raise sqlstate 'PT422' using
      message = 'This video is not completely uploaded yet.',
      detail = 'video_not_complete';
  end if;
  if v_video.product_id is null then
    raise sqlstate 'PT422' using
      message = 'Link this video to a product first, so that its ASIN is known.',
      detail = 'video_not_linked';
  end if;

  perform private.lock_accounts(array[v_video.user_id]);
  v_created_count := private.create_video_tasks(array[p_video_id], true)
    + private.create_correlated_tasks(array[v_video.product_id]);
  update public.influencer_tasks as task
  set status = 'pending'
  where task.user_id = v_video.user_id and task.video_id = p_video_id and task.status <> 'pending';
  get diagnostics v_reopened_count = row_count;
  return jsonb_build_object('created_count', v_created_count, 'reopened_count', v_reopened_count);
end;
$$;

create function public.queue_video_tasks(video_id uuid) returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.queue_video_tasks(queue_video_tasks.video_id);
$$;

comment on function private.queue_video_tasks(uuid) is 'Does the work of public.queue_video_tasks.';
comment on function public.queue_video_tasks(uuid) is
  'Creates or reopens the tasks of a video; returns {created_count, reopened_count}.';

revoke execute on function private.queue_video_tasks(uuid), public.queue_video_tasks(uuid)
  from public, anon, authenticated, service_role;
grant execute on function private.queue_video_tasks(uuid), public.queue_video_tasks(uuid)
  to authenticated, service_role;
