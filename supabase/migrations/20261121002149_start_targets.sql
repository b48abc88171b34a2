-- What creating, starting and editing a post share: when work begins, what counts as the same content, how a drafted
-- target gets its job. Locks are taken in one order everywhere: account, post, jobs by id, targets.

-- When work on a target begins: its time minus a lead that grows with the file.
create function private.publish_work_at(p_scheduled_for timestamptz, p_platform text, p_size_bytes bigint)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select greatest(now(), p_scheduled_for - make_interval(secs =>
    coalesce((lead.value ->> p_platform)::double precision, (lead.value ->> 'default')::double precision, 900)
    + coalesce((lead.value ->> 'per_gib')::double precision, 300) * coalesce(p_size_bytes, 0) / 1073741824.0
  ))
  from (select) as always
  left join private.settings as lead on lead.key = 'publish.lead_seconds';
$$;

create function private.read_texts(p_texts jsonb) returns text[]
language sql
immutable
set search_path = ''
as $$
  select case when jsonb_typeof(p_texts) = 'array' then array(select jsonb_array_elements_text(p_texts)) end;
$$;

-- Never null, or the fence would let it through.
create function private.content_key(p_target public.publishing_queue) returns text
language sql
stable
set search_path = ''
as $$
  select encode(sha256(convert_to(jsonb_build_array(
    p_target.connection_id,
    coalesce(video.quickxor_hash, post.video_id::text),
    btrim(coalesce(p_target.caption, post.caption)),
    coalesce(p_target.hashtags, post.hashtags)
  )::text, 'UTF8')), 'hex')
  from public.published_videos as post
  left join public.product_videos as video on video.user_id = post.user_id and video.id = post.video_id
  where post.id = p_target.published_video_id;
$$;

-- The same file and text on the same account within a day is a slip of the finger, unless its user says otherwise.
-- What counts is when both go out, not when they were written. The caller holds the account's lock.
create function private.refuse_duplicate_targets(p_user_id uuid, p_target_ids uuid[]) returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select
    from public.publishing_queue as target
    join public.publishing_queue as other
      on other.user_id = target.user_id and other.content_key = target.content_key and other.id <> target.id
    where target.user_id = p_user_id
      and target.id = any (p_target_ids)
      and other.status not in ('draft', 'failed', 'canceled')
      and greatest(target.scheduled_for, now()) - interval '1 day'
        < coalesce(other.published_at, greatest(other.scheduled_for, now()))
      and greatest(target.scheduled_for, now()) + interval '1 day'
        > coalesce(other.published_at, greatest(other.scheduled_for, now()))
  ) then
    raise sqlstate 'PT409' using
      message = 'The same video with the same text goes to this account within a day. Ask for it if you want it twice.',
      detail = 'duplicate_post';
  end if;
end;
$$;

create function private.lock_post(p_user_id uuid, p_post_id uuid) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.published_videos as post where post.user_id = p_user_id and post.id = p_post_id for update;
  if not found then
    raise sqlstate 'PT404' using message = 'This post does not exist.', detail = 'post_not_found';
  end if;
  -- Workers write a job before its target: from here on they wait, and later statements see what they did.
  perform
  from private.publish_jobs as job
  where job.target_id in (
    select target.id from public.publishing_queue as target
    where target.user_id = p_user_id and target.published_video_id = p_post_id
  )
  order by job.target_id
  for update;
end;
$$;

-- Schedules what is drafted of a post and gives each target a job.
create function private.start_targets(p_user_id uuid, p_post_id uuid, p_allow_duplicate boolean) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_started uuid[];
  v_size_bytes bigint := (
    select video.size_bytes
    from public.published_videos as post
    join public.product_videos as video on video.user_id = post.user_id and video.id = post.video_id
    where post.user_id = p_user_id and post.id = p_post_id and video.upload_status = 'complete'
  );
begin
  -- A token outlives its session; the caller holds the account's lock.
  if exists (select from private.account_deletions as deletion where deletion.user_id = p_user_id) then
    raise sqlstate 'PT401' using message = 'This account is being deleted.', detail = 'invalid_credentials';
  end if;
  if v_size_bytes is null then
    raise sqlstate 'PT422' using message = 'Choose a completely uploaded video first.', detail = 'video_not_complete';
  end if;
  if exists (
    select from public.published_videos as post
    where post.user_id = p_user_id and post.id = p_post_id and private.is_video_leaving(post.video_id)
  ) then
    raise sqlstate 'PT404' using
      message = 'This video is being deleted. Choose another one.',
      detail = 'video_not_found';
  end if;
  update public.publishing_queue as target
  set content_key = private.content_key(target)
  where target.user_id = p_user_id and target.published_video_id = p_post_id and target.status = 'draft';
  select array_agg(target.id) into v_started
  from public.publishing_queue as target
  where target.user_id = p_user_id and target.published_video_id = p_post_id and target.status = 'draft';
  if v_started is null then
    raise sqlstate 'PT409' using message = 'This post has no draft to start.', detail = 'post_not_draft';
  end if;
  if exists (
    select from public.publishing_queue as target where target.id = any (v_started) and target.connection_id is null
  ) then
    raise sqlstate 'PT422' using message = 'Choose the account to post to.', detail = 'connection_required';
  end if;
  if not p_allow_duplicate then
    perform private.refuse_duplicate_targets(p_user_id, v_started);
  end if;
  update public.published_videos as post set is_draft = false where post.id = p_post_id;
  update public.publishing_queue as target set status = 'scheduled' where target.id = any (v_started);
  insert into private.publish_jobs (target_id, user_id, due_at, work_at)
  select
    target.id, target.user_id, target.scheduled_for,
    private.publish_work_at(target.scheduled_for, target.platform, v_size_bytes)
  from public.publishing_queue as target
  where target.id = any (v_started);
  perform private.reserve_places(v_started);
end;
$$;

comment on function private.publish_work_at is 'When work on a target begins, given its time and the file''s bytes.';
comment on function private.read_texts is 'A JSON list of texts as an array; null when it is none.';
comment on function private.content_key is 'Hash over account, file and text of a target.';
comment on function private.refuse_duplicate_targets is 'Raises duplicate_post when the same goes out within a day.';
comment on function private.lock_post is
  'Locks a post and its jobs, in the order of all writers. Raises post_not_found.';
comment on function private.start_targets is
  'Schedules drafts. Raises video_not_complete, connection_required, duplicate_post, post_not_draft, day_is_full.';

revoke execute on function
  private.publish_work_at(timestamptz, text, bigint), private.read_texts(jsonb),
  private.content_key(public.publishing_queue), private.refuse_duplicate_targets(uuid, uuid[]),
  private.lock_post(uuid, uuid), private.start_targets(uuid, uuid, boolean)
  from public, anon, authenticated, service_role;
grant execute on function
  private.publish_work_at(timestamptz, text, bigint), private.read_texts(jsonb),
  private.content_key(public.publishing_queue), private.refuse_duplicate_targets(uuid, uuid[]),
  private.lock_post(uuid, uuid), private.start_targets(uuid, uuid, boolean)
  to service_role;
