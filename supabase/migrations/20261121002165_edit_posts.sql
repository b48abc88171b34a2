-- Editing a post or its targets until the irreversible call is begun. Called by the `publish` function as
-- service_role, with input it has checked. Whoever works on an edited target loses its lease: its writes would be
-- about the old text.

-- A target's options without those that are used once the post is there: nothing that was prepared holds them.
create function private.prepared_options(p_platform text, p_options jsonb) returns jsonb
language sql
immutable
set search_path = ''
as $$
  select p_options - case
    when p_platform in ('youtube', 'facebook') then array['cover']
    when p_platform = 'instagram' then array['first_comment']
    else '{}'::text[]
  end;
$$;

-- Gives the job of an edited target its new course. New text, and a time too far away for what was prepared, begin
-- anew; what waits for somebody goes on waiting; else what was prepared is kept. The caller holds the job.
create function private.rebuild_publish_job(p_target_id uuid, p_is_new_text boolean) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_target public.publishing_queue;
  v_step text := (select job.step from private.publish_jobs as job where job.target_id = p_target_id);
  v_work_at timestamptz;
  v_keep_seconds double precision := coalesce(
    (select (kept.value #>> '{}')::double precision from private.settings as kept
      where kept.key = 'publish.keep_prepared_seconds'),
    43200
  );
  v_is_rebuilt boolean;
  v_is_on_its_way boolean;
begin
  select target.* into v_target from public.publishing_queue as target where target.id = p_target_id;
  select private.publish_work_at(v_target.scheduled_for, v_target.platform, max(video.size_bytes)) into v_work_at
  from public.published_videos as post
  join public.product_videos as video on video.user_id = post.user_id and video.id = post.video_id
  where post.id = v_target.published_video_id;
  v_is_rebuilt := p_is_new_text or v_step = 'prepare'
    or v_target.scheduled_for > now() + make_interval(secs => v_keep_seconds);
  v_is_on_its_way := v_target.status in ('scheduled', 'preparing', 'uploading', 'processing', 'ready', 'retry_wait');

  if v_is_rebuilt then
    update private.publish_jobs as job
    set due_at = v_target.scheduled_for,
        revision = job.revision + 1,
        lease_token = null, lease_until = null, lost_leases = 0, step_attempts = 0, doubts = 0,
        step = 'prepare', checkpoint = '{}', secret = null, secret_key_id = null,
        is_waiting = job.is_waiting or v_is_on_its_way,
        work_at = case
          when v_is_on_its_way then v_work_at
          when job.work_at is not null then greatest(job.work_at, v_work_at)
        end
    where job.target_id = p_target_id;
    if v_is_on_its_way then
      update public.publishing_queue as target
      set status = 'scheduled', retry_at = null, error_code = null, error_message = null
      where target.id = p_target_id;
    end if;
  else
    -- Ready: the worker that was about to post it is sent away, and it waits for its time.
    update private.publish_jobs as job
    set due_at = v_target.scheduled_for,
        lease_token = case when job.step <> 'publish' then job.lease_token end,
        lease_until = case when job.step <> 'publish' then job.lease_until end,
        work_at = case
          when job.step <> 'publish' or job.work_at is null then job.work_at
          when v_target.status = 'ready' then greatest(now(), v_target.scheduled_for)
          else greatest(job.work_at, v_target.scheduled_for)
        end
    where job.target_id = p_target_id;
  end if;
end;
$$;

-- p_changes: {caption, hashtags, allow_duplicate, scheduled_for, time_zone, targets: [{id, caption, hashtags, options,
-- scheduled_for, time_zone}]}; a field that is not there stays, a target's null caption or hashtags take the post's.
-- Times of the post are for all its targets that have none of their own here. What has gone out keeps its text and
-- time; naming such a target, or changing a post of which everything has gone out, is refused.
create function public.edit_post(p_user_id uuid, p_post_id uuid, p_changes jsonb) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_post public.published_videos;
  v_target public.publishing_queue;
  v_new public.publishing_queue;
  v_change jsonb;
  v_is_new_text boolean;
  v_is_called boolean;
  v_edited uuid[] := '{}';
  v_moved uuid[] := '{}';
begin
  perform private.lock_accounts(array[p_user_id]);
  perform private.lock_post(p_user_id, p_post_id);
  select post.* into v_post from public.published_videos as post where post.id = p_post_id;
  update public.published_videos as post
  set caption = coalesce(p_changes ->> 'caption', post.caption),
      hashtags = coalesce(private.read_texts(p_changes -> 'hashtags'), post.hashtags),
      revision = post.revision + 1
  where post.id = p_post_id;

  for v_target in
    select target.* from public.publishing_queue as target
    where target.user_id = p_user_id and target.published_video_id = p_post_id
    order by target.id
  loop
    v_change := (
      select named.change
      from jsonb_array_elements(coalesce(p_changes -> 'targets', '[]')) as named (change)
      where named.change ->> 'id' = v_target.id::text
    );
    v_is_called := exists (
      select from private.publish_jobs as job where job.target_id = v_target.id and job.called_at is not null
    );
    if v_is_called or v_target.status in ('published', 'canceled') then
      if v_change is not null then
        raise sqlstate 'PT409' using
          message = 'This post is going out or has gone out and cannot be changed any more.',
          detail = 'post_is_going_out';
      end if;
      -- Its text stays what it was.
      if p_changes ? 'caption' or p_changes ? 'hashtags' then
        update public.publishing_queue as target
        set caption = coalesce(target.caption, v_post.caption), hashtags = coalesce(target.hashtags, v_post.hashtags)
        where target.id = v_target.id;
      end if;
      continue;
    end if;
    v_change := coalesce(v_change, '{}');
    v_new := v_target;
    if v_change ? 'caption' then v_new.caption := v_change ->> 'caption'; end if;
    if v_change ? 'hashtags' then v_new.hashtags := private.read_texts(v_change -> 'hashtags'); end if;
    v_new.options := coalesce(nullif(v_change -> 'options', 'null'), v_new.options);
    v_new.scheduled_for := coalesce(
      (v_change ->> 'scheduled_for')::timestamptz, (p_changes ->> 'scheduled_for')::timestamptz, v_new.scheduled_for
    );
    v_new.time_zone := coalesce(v_change ->> 'time_zone', p_changes ->> 'time_zone', v_new.time_zone);
    v_is_new_text := private.prepared_options(v_target.platform, v_new.options)
        <> private.prepared_options(v_target.platform, v_target.options)
      or coalesce(v_new.caption, p_changes ->> 'caption', v_post.caption)
        <> coalesce(v_target.caption, v_post.caption)
      or coalesce(v_new.hashtags, private.read_texts(p_changes -> 'hashtags'), v_post.hashtags)
        <> coalesce(v_target.hashtags, v_post.hashtags);
    v_edited := v_edited || v_target.id;
    update public.publishing_queue as target
    set caption = v_new.caption, hashtags = v_new.hashtags, options = v_new.options,
        scheduled_for = v_new.scheduled_for, time_zone = v_new.time_zone
    where target.id = v_target.id;
    if v_target.status <> 'draft' and (
      v_is_new_text or v_new.options <> v_target.options or v_new.scheduled_for <> v_target.scheduled_for
    ) then
      v_moved := v_moved || v_target.id;
      update public.publishing_queue as target
      set content_key = private.content_key(target)
      where target.id = v_target.id;
      perform private.rebuild_publish_job(v_target.id, v_is_new_text);
    end if;
  end loop;

  if v_edited = '{}' then
    raise sqlstate 'PT409' using
      message = 'This post is going out or has gone out and cannot be changed any more.',
      detail = 'post_is_going_out';
  end if;
  if exists (
    select from jsonb_array_elements(coalesce(p_changes -> 'targets', '[]')) as named (change)
    where not named.change ->> 'id' = any (v_edited::text[])
  ) then
    raise sqlstate 'PT404' using message = 'This post has no such target.', detail = 'target_not_found';
  end if;
  if not coalesce((p_changes ->> 'allow_duplicate')::boolean, false) then
    perform private.refuse_duplicate_targets(p_user_id, v_moved);
  end if;
  perform private.reserve_places(v_moved);
  perform private.poke_publish_lane(lane) from unnest(array[0, 1]) as lane where v_moved <> '{}';
  return private.describe_post(p_user_id, p_post_id);
end;
$$;

comment on function private.prepared_options is 'The options of a target that what was prepared for it may hold.';
comment on function private.rebuild_publish_job is 'Gives the job of an edited target its new course.';
comment on function public.edit_post is
  'Changes texts, options and times until the call. Raises post_is_going_out, target_not_found, duplicate_post, day_is_full.';

revoke execute on function
  private.prepared_options(text, jsonb), private.rebuild_publish_job(uuid, boolean),
  public.edit_post(uuid, uuid, jsonb)
  from public, anon, authenticated, service_role;
grant execute on function
  private.prepared_options(text, jsonb), private.rebuild_publish_job(uuid, boolean),
  public.edit_post(uuid, uuid, jsonb)
  to service_role;
