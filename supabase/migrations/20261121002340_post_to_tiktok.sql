-- What posting to TikTok by its own API needs of the engine: its limits, and that what was prepared for a post is used
-- again only as long as TikTok keeps it.

insert into private.provider_budgets
  (budget, scope, max_count, window_kind, window_seconds, is_shared_fairly, is_reserved, description)
values
  ('tiktok.posts', 'account', 15, 'rolling', 86400, false, true,
    'Posts per account and 24 hours. TikTok publishes no number; apps report about 15.'),
  ('tiktok.inits', 'account', 6, 'rolling', 60, false, false, 'Announced posts per minute (Content Posting API).'),
  ('tiktok.creator_calls', 'account', 18, 'rolling', 60, false, false,
    'Questions what an account may post, per minute; TikTok takes 20.'),
  ('tiktok.status_calls', 'account', 28, 'rolling', 60, false, false,
    'Questions how far a post is, per minute; TikTok takes 30.');

update private.settings as setting
set value = setting.value || added.value
from (values
  ('publish.poll_seconds', '{"tiktok/tiktok": [2, 3, 5, 10, 15, 30, 60, 120, 300]}'::jsonb)
) as added (key, value)
where setting.key = added.key;

-- A number is for all platforms, an object has one for each and a default.
update private.settings as setting
set value = '{"default": 43200, "tiktok": 2400}',
    description = 'What was prepared for a post is used again when it is moved by less, by platform. TikTok keeps an hour.'
where setting.key = 'publish.keep_prepared_seconds';

-- How long what was prepared for a platform keeps, in seconds, whatever an operator left there.
create function private.keep_prepared_seconds(p_platform text) returns double precision
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select case jsonb_typeof(kept.value)
        when 'object'
          then coalesce(kept.value ->> p_platform, kept.value ->> 'default')::double precision
        when 'number' then (kept.value #>> '{}')::double precision
      end
      from private.settings as kept
      where kept.key = 'publish.keep_prepared_seconds'
    ),
    case p_platform when 'tiktok' then 2400 else 43200 end
  );
$$;

comment on function private.keep_prepared_seconds is 'How long what was prepared for a platform keeps, in seconds.';

revoke execute on function private.keep_prepared_seconds(text) from public, anon, authenticated, service_role;
grant execute on function private.keep_prepared_seconds(text) to service_role;

-- As before, with the platform's own time.
create or replace function private.rebuild_publish_job(p_target_id uuid, p_is_new_text boolean) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_target public.publishing_queue;
  v_step text := (select job.step from private.publish_jobs as job where job.target_id = p_target_id);
  v_work_at timestamptz;
  v_is_rebuilt boolean;
  v_is_on_its_way boolean;
begin
  select target.* into v_target from public.publishing_queue as target where target.id = p_target_id;
  select private.publish_work_at(v_target.scheduled_for, v_target.platform, max(video.size_bytes)) into v_work_at
  from public.published_videos as post
  join public.product_videos as video on video.user_id = post.user_id and video.id = post.video_id
  where post.id = v_target.published_video_id;
  v_is_rebuilt := p_is_new_text or v_step = 'prepare'
    or v_target.scheduled_for > now() + make_interval(secs => private.keep_prepared_seconds(v_target.platform));
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
