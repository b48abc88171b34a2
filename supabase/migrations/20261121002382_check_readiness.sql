-- Claiming posts to look at, and storing what was found. Called by the `publish` function as service_role.

-- Posts that have not been looked at a day, or an hour, before their first time, and those whose problems may be
-- mended by now. targets: the scheduled ones of the next day, with what only the database knows.
create function public.claim_readiness_checks(p_limit integer, p_lease_seconds integer)
returns table (
  post_id uuid,
  user_id uuid,
  lease_token uuid,
  mark text,
  scheduled_for timestamptz,
  time_zone text,
  caption text,
  targets jsonb
)
language plpgsql
set search_path = ''
as $$
begin
  perform private.forget_readiness();
  return query
    with ahead as (
      select
        target.user_id, target.published_video_id as post_id, min(target.scheduled_for) as first_at,
        case when min(target.scheduled_for) <= now() + private.readiness_span('hour') then 'hour' else 'day' end
          as span
      from public.publishing_queue as target
      where target.status = 'scheduled'
        and target.scheduled_for between now() and now() + private.readiness_span('day')
        and not exists (
          select from private.account_deletions as leaving where leaving.user_id = target.user_id
        )
      group by target.user_id, target.published_video_id
    ),
    due as (
      select ahead.*
      from ahead
      left join private.readiness_checks as past on past.post_id = ahead.post_id
      where past.post_id is null
        or (
          (past.lease_until is null or past.lease_until <= now())
          and (
            past.mark is null
            or past.scheduled_for <> ahead.first_at
            or (past.mark = 'day' and ahead.span = 'hour')
            or (past.problems <> '{}' and past.checked_at <= now() - private.readiness_span('again'))
          )
        )
      order by ahead.first_at
      limit p_limit
    ),
    claimed as (
      insert into private.readiness_checks as past (post_id, user_id, lease_token, lease_until)
      select
        due.post_id, due.user_id, gen_random_uuid(), now() + make_interval(secs => p_lease_seconds)
      from due
      order by due.post_id
      on conflict on constraint readiness_checks_pkey do update
      set lease_token = excluded.lease_token, lease_until = excluded.lease_until
      where past.lease_until is null or past.lease_until <= now()
      returning past.post_id, past.lease_token
    )
    select
      due.post_id, due.user_id, claimed.lease_token, due.span, due.first_at,
      coalesce(profile.time_zone, 'UTC'), left(post.caption, 60),
      (
        select jsonb_agg(jsonb_build_object(
          'id', target.id,
          'platform', target.platform,
          'connection_id', target.connection_id,
          'account_name', account.account_name,
          'status', account.status,
          'route', account.route,
          'scopes', account.scopes,
          'has_room', private.has_day_room(target.id)
        ) order by target.id)
        from public.publishing_queue as target
        left join public.oauth_connections as account
          on account.user_id = target.user_id and account.id = target.connection_id
        where target.user_id = due.user_id and target.published_video_id = due.post_id
          and target.status = 'scheduled'
          and target.scheduled_for between now() and now() + private.readiness_span('day')
      )
    from due
    join claimed on claimed.post_id = due.post_id
    join public.published_videos as post on post.user_id = due.user_id and post.id = due.post_id
    left join public.profiles as profile on profile.user_id = due.user_id;
end;
$$;

-- p_problems: one object per problem with key, title, body and link_path; empty when all is well. A problem that was
-- told at this mark is not told again; one told a day before is told once more an hour before, in its place; the
-- notice of one that is gone goes. All problems found for a user are one mail. False when the lease was lost.
create function public.save_readiness_check(
  p_post_id uuid,
  p_lease_token uuid,
  p_mark text,
  p_scheduled_for timestamptz,
  p_problems jsonb
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_check private.readiness_checks;
  v_told jsonb;
begin
  select past.* into v_check
  from private.readiness_checks as past
  where past.post_id = p_post_id and past.lease_token = p_lease_token
  for update;
  if not found then
    return false;
  end if;
  delete from public.notifications as told
  using jsonb_each(v_check.problems) as past
  where told.user_id = v_check.user_id
    and told.id = (past.value ->> 'notice')::uuid
    and not exists (
      select from jsonb_array_elements(p_problems) as found
      where found.value ->> 'key' = past.key
        and past.value ->> 'mark' = p_mark and v_check.scheduled_for = p_scheduled_for
    );
  with found as (
    select
      found.value ->> 'key' as key, found.value ->> 'title' as title, found.value ->> 'body' as body,
      found.value ->> 'link_path' as link_path,
      case when v_check.problems -> (found.value ->> 'key') ->> 'mark' = p_mark
          and v_check.scheduled_for = p_scheduled_for
        then (v_check.problems -> (found.value ->> 'key') ->> 'notice')::uuid
      end as told_id,
      private.uuid_v7() as new_id
    from jsonb_array_elements(p_problems) as found
  ),
  written as (
    insert into public.notifications (id, user_id, kind, title, body, link_path, group_key)
    select
      found.new_id, v_check.user_id, 'publish.readiness', left(found.title, 200), left(found.body, 2000),
      found.link_path, 'readiness'
    from found
    where found.told_id is null
    order by found.key
  )
  select coalesce(
    jsonb_object_agg(
      found.key, jsonb_build_object('notice', coalesce(found.told_id, found.new_id), 'mark', p_mark)
    ),
    '{}'
  ) into v_told
  from found;
  update private.readiness_checks as past
  set problems = v_told, mark = p_mark, scheduled_for = p_scheduled_for, checked_at = now(),
      lease_token = null, lease_until = null
  where past.post_id = p_post_id;
  return true;
end;
$$;

-- Idempotent: a job is known by its name.
create function private.setup_readiness_checks() returns void
language sql
set search_path = ''
as $$
  select cron.schedule(
    'publish-check-readiness', '*/15 * * * *',
    $job$select private.call_function('publish/internal/check-readiness')$job$
  );
$$;

comment on function public.claim_readiness_checks is 'Claims up to p_limit scheduled posts that are to be looked at.';
comment on function public.save_readiness_check is
  'Stores the problems of a post and tells of new ones, once; false when the lease was lost.';
comment on function private.setup_readiness_checks is 'Schedules the job by name; safe to run again.';

revoke execute on function
  public.claim_readiness_checks(integer, integer),
  public.save_readiness_check(uuid, uuid, text, timestamptz, jsonb), private.setup_readiness_checks()
  from public, anon, authenticated, service_role;
grant execute on function
  public.claim_readiness_checks(integer, integer),
  public.save_readiness_check(uuid, uuid, text, timestamptz, jsonb)
  to service_role;

select private.setup_readiness_checks();
