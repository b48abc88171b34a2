-- How a follow-up ends: done, told as a notice, or tried again. Called by the `publish` function as service_role; each
-- takes the lease token and answers false (or null) when the lease was lost.

-- Takes a follow-up away; with a code its user is told in the post and as a notification. A notice of the post itself
-- stays before this one.
create function private.close_follow_up(p_target_id uuid, p_kind text, p_code text, p_message text) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_target public.publishing_queue;
begin
  delete from private.publish_follow_ups as work where work.target_id = p_target_id and work.kind = p_kind;
  if p_code is null then
    return;
  end if;
  update public.publishing_queue as target
  set error_code = coalesce(target.error_code, p_code),
      error_message = concat_ws(' ', target.error_message, p_message)
  where target.id = p_target_id and target.status = 'published'
  returning target.* into v_target;
  if not found then
    return;
  end if;
  insert into public.notifications (user_id, kind, title, body, link_path, group_key)
  values (
    v_target.user_id,
    'publish.follow_up_failed',
    case p_kind when 'cover' then 'Cover not set on ' else 'First comment missing on ' end
      || private.platform_title(v_target.platform),
    left(p_message, 2000),
    '/posts/' || v_target.published_video_id::text,
    private.post_group_key(v_target.published_video_id)
  );
end;
$$;

create function private.note_follow_up(
  p_work private.publish_follow_ups,
  p_outcome text,
  p_code text,
  p_message text,
  p_reference text
)
returns void
language sql
set search_path = ''
as $$
  insert into public.publish_attempts (
    user_id, target_id, step, outcome, error_code, error_message, provider_reference
  )
  values (p_work.user_id, p_work.target_id, 'follow_up', p_outcome, p_code, left(p_message, 2000), p_reference);
$$;

-- It is done; with a code it will not be, and its user is told.
create function public.end_publish_follow_up(
  p_target_id uuid,
  p_kind text,
  p_lease_token uuid,
  p_code text default null,
  p_message text default null,
  p_reference text default null
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_work private.publish_follow_ups;
begin
  select work.* into v_work
  from private.publish_follow_ups as work
  where work.target_id = p_target_id and work.kind = p_kind and work.lease_token = p_lease_token
  for update;
  if not found then
    return false;
  end if;
  if p_code is not null then
    perform private.note_follow_up(v_work, 'given_up', p_code, p_message, p_reference);
  end if;
  perform private.close_follow_up(p_target_id, p_kind, p_code, p_message);
  return true;
end;
$$;

-- It did not succeed (p_error_…) but may later: pauses by private.settings, p_wait_seconds is the platform's own wish.
-- p_is_open: its call may have had its effect. After the last pause it is given up with the notice p_code. Returns
-- whether it is tried again; null when the lease was lost.
create function public.retry_publish_follow_up(
  p_target_id uuid,
  p_kind text,
  p_lease_token uuid,
  p_is_open boolean,
  p_error_code text,
  p_error_message text,
  p_code text,
  p_message text,
  p_wait_seconds double precision default null,
  p_reference text default null
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_work private.publish_follow_ups;
  v_pauses jsonb := private.publish_pauses(
    case when p_is_open then 'publish.reconcile_seconds' else 'publish.retry_delays_seconds' end
  );
  v_pause double precision;
begin
  select work.* into v_work
  from private.publish_follow_ups as work
  where work.target_id = p_target_id and work.kind = p_kind and work.lease_token = p_lease_token
  for update;
  if not found then
    return null;
  end if;
  v_pause := (v_pauses ->> v_work.attempts)::double precision;
  if v_pause is null then
    perform private.note_follow_up(v_work, 'given_up', p_code, p_message, p_reference);
    perform private.close_follow_up(p_target_id, p_kind, p_code, p_message);
    return false;
  end if;
  perform private.note_follow_up(v_work, 'retry_wait', p_error_code, p_error_message, p_reference);
  update private.publish_follow_ups as work
  set lease_token = null, lease_until = null, lost_leases = 0,
      attempts = work.attempts + 1,
      called_at = case when p_is_open then work.called_at end,
      settle_until = case when p_is_open then work.settle_until end,
      -- Platforms' days end within 25 hours; a longer wish is a mistake.
      work_at = now() + make_interval(secs => greatest(v_pause, least(coalesce(p_wait_seconds, 0), 90000)))
  where work.target_id = p_target_id and work.kind = p_kind;
  return true;
end;
$$;

comment on function private.close_follow_up is 'Takes a follow-up away; with a code its user is told.';
comment on function private.note_follow_up is 'Writes an attempt of a follow-up.';
comment on function public.end_publish_follow_up is
  'A follow-up is done, or with a code given up and told. False when the lease was lost.';
comment on function public.retry_publish_follow_up is
  'A follow-up waits for its next try, or is given up and told after the last. Null when the lease was lost.';

revoke execute on function
  private.close_follow_up(uuid, text, text, text),
  private.note_follow_up(private.publish_follow_ups, text, text, text, text),
  public.end_publish_follow_up(uuid, text, uuid, text, text, text),
  public.retry_publish_follow_up(uuid, text, uuid, boolean, text, text, text, text, double precision, text)
  from public, anon, authenticated, service_role;
grant execute on function
  private.close_follow_up(uuid, text, text, text),
  private.note_follow_up(private.publish_follow_ups, text, text, text, text),
  public.end_publish_follow_up(uuid, text, uuid, text, text, text),
  public.retry_publish_follow_up(uuid, text, uuid, boolean, text, text, text, text, double precision, text)
  to service_role;
grant execute on function private.platform_title(text), private.post_group_key(uuid) to service_role;
