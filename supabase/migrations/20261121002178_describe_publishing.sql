-- How a post stands as a whole, and what an operator has to look at.

-- A column of published_videos for who reads it, under their own policies.
create function public.overall_status(post public.published_videos) returns text
language sql
stable
set search_path = ''
as $$
  select case
    when count(*) filter (where target.status <> 'canceled') = 0
      then case when count(*) = 0 then 'draft' else 'canceled' end
    when count(*) filter (where target.status not in ('canceled', 'draft')) = 0 then 'draft'
    when count(*) filter (where target.status not in ('published', 'failed', 'canceled', 'draft', 'scheduled')) > 0
      then 'publishing'
    when count(*) filter (where target.status = 'published') > 0 then case
      when count(*) filter (where target.status in ('failed', 'scheduled')) > 0 then 'partly_published'
      else 'published'
    end
    when count(*) filter (where target.status = 'scheduled') > 0 then 'scheduled'
    else 'failed'
  end
  from public.publishing_queue as target
  where target.user_id = post.user_id and target.published_video_id = post.id;
$$;

-- Rows that break what the engine promises: nothing here means that every target moves by itself or waits for its
-- user. Jobs that are only late count after ten minutes.
create function private.find_stuck_targets()
returns table (target_id uuid, user_id uuid, status text, step text, problem text)
language sql
stable
set search_path = ''
as $$
  select found.target_id, found.user_id, found.status, found.step, found.problem
  from (
    select
      target.id as target_id, target.user_id, target.status, job.step,
      case
        when target.status in ('draft', 'published', 'canceled') then
          case when job.target_id is not null then 'ended or draft, but has a job' end
        when job.target_id is null then 'has no job'
        when job.due_at <> target.scheduled_for then 'job has another time'
        when target.status in (
          'scheduled', 'preparing', 'uploading', 'processing', 'ready', 'publishing', 'retry_wait', 'quota_wait'
        ) and job.work_at is null then 'nobody will go on with it'
        when target.status in ('failed', 'needs_reauth', 'needs_conversion') and job.work_at is not null
          then 'waits for its user, but has work'
        when target.status in ('failed', 'needs_reauth', 'needs_conversion') and job.lease_token is not null
          then 'waits for its user, but is worked on'
        when target.status in ('failed', 'needs_reauth', 'needs_conversion') and job.called_at is not null
          then 'was called, but shows no open outcome'
        when target.status in ('publishing', 'unknown') <> (job.called_at is not null) then 'status and call disagree'
        when target.status in ('preparing', 'uploading', 'processing', 'ready', 'publishing')
          and target.status <> private.status_of_step(job.step)
          and not (target.status = 'publishing' and job.step = 'publish') then 'status and step disagree'
        when (target.status in ('scheduled', 'retry_wait', 'quota_wait')) and not job.is_waiting
          then 'waits, but its job does not know'
        when target.status = 'unknown' and (target.retry_at is null) <> (job.work_at is null)
          then 'shows another next question than its job has'
        when job.lease_until > now() + interval '1 hour' then 'lease ends too far away'
        when greatest(job.work_at, job.lease_until) < now() - interval '10 minutes' and job.work_at is not null
          then 'due for ten minutes, and nobody works on it'
      end as problem
    from public.publishing_queue as target
    left join private.publish_jobs as job on job.target_id = target.id
  ) as found
  where found.problem is not null;
$$;

comment on function public.overall_status is 'The status of a post as a whole.';
comment on function private.find_stuck_targets is 'Targets that break a promise of the engine; empty when all is well.';

revoke execute on function
  public.overall_status(public.published_videos), private.find_stuck_targets()
  from public, anon, authenticated, service_role;
grant execute on function public.overall_status(public.published_videos) to authenticated, service_role;
grant execute on function private.find_stuck_targets() to service_role;
