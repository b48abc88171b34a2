-- What a publish worker reads, and how it calls the next one. Called by the `publish` function as service_role.

create function public.read_publish_targets(p_target_ids uuid[])
returns table (
  target_id uuid,
  post_id uuid,
  platform text,
  connection_id uuid,
  caption text,
  hashtags text[],
  options jsonb,
  scheduled_for timestamptz,
  called_at timestamptz,
  item_id text,
  drive_id text,
  video_id uuid,
  filename text,
  size_bytes bigint,
  mime_type text,
  poll_seconds jsonb,
  max_polls integer,
  user_id uuid,
  route text,
  account_id text,
  account_status text,
  access_token text,
  account_token text,
  key_id text,
  expires_at timestamptz,
  issued_at timestamptz
)
language sql
stable
set search_path = ''
as $$
  select
    target.id, post.id, target.platform, target.connection_id, coalesce(target.caption, post.caption),
    coalesce(target.hashtags, post.hashtags), target.options, target.scheduled_for, target.called_at,
    video.onedrive_item_id, video.onedrive_drive_id, video.id, video.filename, video.size_bytes, video.mime_type,
    coalesce(pauses.value -> target.platform, pauses.value -> 'default', '[15, 30, 60]'),
    coalesce((polls.value ->> target.platform)::integer, (polls.value ->> 'default')::integer, 40),
    target.user_id, account.route, account.account_id, account.status, token.access_token, token.account_token,
    token.key_id, token.expires_at, token.issued_at
  from public.publishing_queue as target
  join public.published_videos as post on post.user_id = target.user_id and post.id = target.published_video_id
  left join public.product_videos as video on video.user_id = post.user_id and video.id = post.video_id
  left join public.oauth_connections as account
    on account.user_id = target.user_id and account.id = target.connection_id and account.platform = target.platform
  left join private.oauth_tokens as token on token.connection_id = account.id
  left join private.settings as pauses on pauses.key = 'publish.poll_seconds'
  left join private.settings as polls on polls.key = 'publish.max_polls'
  where target.id = any (p_target_ids);
$$;

-- A worker that stops at its share of bytes and jobs does not leave the rest to the next tick.
create function public.poke_publish_worker(p_lane integer) returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if not exists (
    select from private.publish_jobs as job
    where job.lane = p_lane and job.work_at <= now() and (job.lease_until is null or job.lease_until <= now())
  ) then
    return false;
  end if;
  perform private.poke_publish_lane(p_lane);
  return true;
end;
$$;

-- Runs as its owner because it reads Vault.
create function private.poke_publish_lane(p_lane integer) returns void
language sql
security definer
set search_path = ''
as $$
  select private.call_function('publish/internal/work', jsonb_build_object('lane', p_lane));
$$;

-- The answer of an earlier request with this key, before anything else about the request is judged: what was right
-- then may be in the past now. Null for a new key. Raises idempotency_key_reused.
create function public.find_idempotent_answer(p_user_id uuid, p_key text, p_request_hash text) returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_seen private.idempotency_keys;
begin
  select seen.* into v_seen
  from private.idempotency_keys as seen
  where seen.user_id = p_user_id and seen.key = p_key and seen.created_at >= now() - interval '24 hours';
  if v_seen.request_hash <> p_request_hash then
    raise sqlstate 'PT409' using
      message = 'This Idempotency-Key was used for another request. Use a new key.',
      detail = 'idempotency_key_reused';
  end if;
  return v_seen.response;
end;
$$;

comment on function public.read_publish_targets is
  'Targets as their workers need them, with encrypted tokens; without file when the video was removed.';
comment on function public.poke_publish_worker is 'Pokes a worker when the lane has due work; says whether.';
comment on function private.poke_publish_lane is 'Calls a publish worker, as its owner because it reads Vault.';
comment on function public.find_idempotent_answer is
  'The stored answer of a key, null for a new one. Raises idempotency_key_reused.';

revoke execute on function
  public.read_publish_targets(uuid[]), public.poke_publish_worker(integer), private.poke_publish_lane(integer),
  public.find_idempotent_answer(uuid, text, text)
  from public, anon, authenticated, service_role;
grant execute on function
  public.read_publish_targets(uuid[]), public.poke_publish_worker(integer), private.poke_publish_lane(integer),
  public.find_idempotent_answer(uuid, text, text)
  to service_role;
