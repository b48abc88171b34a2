-- A task whose video cannot be reached says so: the video of a group tells since when and why.
create or replace function private.describe_task_group(p_video_id uuid, p_tasks jsonb) returns jsonb
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
        'poster_path', video.poster_path,
        'unreachable_reason', video.unreachable_reason
      )
      from public.product_videos as video
      where video.id = p_video_id
    ),
    'tasks', p_tasks
  );
$$;
