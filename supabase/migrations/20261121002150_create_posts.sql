-- Creating a post with its targets, once per idempotency key. Called by the `publish` function as service_role, with
-- input it has checked: options and text fit each platform.

create function private.describe_post(p_user_id uuid, p_post_id uuid) returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'published_video_id', p_post_id,
    'targets', coalesce(jsonb_agg(
      jsonb_build_object(
        'id', target.id, 'platform', target.platform, 'connection_id', target.connection_id, 'status', target.status
      )
      order by target.id
    ), '[]')
  )
  from public.publishing_queue as target
  where target.user_id = p_user_id and target.published_video_id = p_post_id;
$$;

-- Accounts and video that a post names must be its user's: said here as a sentence, the foreign keys hold it anyway.
create function private.require_post_parts(p_user_id uuid, p_post jsonb) returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_post ->> 'video_id' is not null and not exists (
    select from public.product_videos as video
    where video.user_id = p_user_id and video.id = (p_post ->> 'video_id')::uuid
  ) then
    raise sqlstate 'PT404' using message = 'This video does not exist.', detail = 'video_not_found';
  end if;
  if exists (
    select from jsonb_to_recordset(p_post -> 'targets') as target (platform text, connection_id uuid)
    where target.connection_id is not null and not exists (
      select from public.oauth_connections as account
      where account.user_id = p_user_id
        and account.id = target.connection_id
        and account.platform = target.platform
    )
  ) then
    raise sqlstate 'PT404' using message = 'This connection does not exist.', detail = 'connection_not_found';
  end if;
  if exists (
    select from jsonb_to_recordset(p_post -> 'targets') as target (platform text, connection_id uuid)
    group by target.platform, target.connection_id
    having count(*) > 1
  ) then
    raise sqlstate 'PT422' using message = 'Name each account once.', detail = 'target_named_twice';
  end if;
end;
$$;

-- p_post: {video_id, caption, hashtags, draft, allow_duplicate, targets: [{platform, connection_id, caption, hashtags,
-- options, scheduled_for, time_zone}]}.
create function public.create_post(
  p_user_id uuid,
  p_post jsonb,
  p_idempotency_key text default null,
  p_request_hash text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_post_id uuid := private.uuid_v7();
  v_is_draft boolean := coalesce((p_post ->> 'draft')::boolean, false);
  v_answer jsonb;
begin
  if p_idempotency_key is not null then
    v_answer := private.take_idempotency_key(p_user_id, p_idempotency_key, p_request_hash);
    if v_answer is not null then
      return v_answer;
    end if;
  end if;
  -- Of two posts with the same content at the same time, the second sees the first.
  perform private.lock_accounts(array[p_user_id]);
  perform private.require_post_parts(p_user_id, p_post);
  insert into public.published_videos (id, user_id, video_id, caption, hashtags, is_draft)
  values (
    v_post_id, p_user_id, (p_post ->> 'video_id')::uuid, coalesce(p_post ->> 'caption', ''),
    private.read_texts(coalesce(p_post -> 'hashtags', '[]')), true
  );
  insert into public.publishing_queue (
    user_id, published_video_id, platform, connection_id, caption, hashtags, options, scheduled_for, time_zone
  )
  select
    p_user_id, v_post_id, target.platform, target.connection_id, target.caption, target.hashtags,
    coalesce(target.options, '{}'), coalesce(target.scheduled_for, now()), target.time_zone
  from jsonb_to_recordset(p_post -> 'targets') as target (
    platform text, connection_id uuid, caption text, hashtags text[], options jsonb, scheduled_for timestamptz,
    time_zone text
  );
  if not v_is_draft then
    perform private.start_targets(p_user_id, v_post_id, coalesce((p_post ->> 'allow_duplicate')::boolean, false));
  end if;
  v_answer := private.describe_post(p_user_id, v_post_id);
  if p_idempotency_key is not null then
    update private.idempotency_keys as taken
    set response = v_answer
    where taken.user_id = p_user_id and taken.key = p_idempotency_key;
  end if;
  return v_answer;
end;
$$;

-- A draft goes on its way. Its times may be past by then: those targets go out at once.
create function public.start_post(p_user_id uuid, p_post_id uuid, p_allow_duplicate boolean default false)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_accounts(array[p_user_id]);
  perform private.lock_post(p_user_id, p_post_id);
  perform private.start_targets(p_user_id, p_post_id, p_allow_duplicate);
  return private.describe_post(p_user_id, p_post_id);
end;
$$;

comment on function private.describe_post is 'The answer of creating, starting and editing a post.';
comment on function private.require_post_parts is
  'Raises video_not_found, connection_not_found or target_named_twice for p_post of public.create_post.';
comment on function public.create_post is
  'Creates a post with its targets; the same key and hash answer the same again. Raises duplicate_post.';
comment on function public.start_post is
  'Starts the targets of a draft. Raises post_not_found, post_not_draft, duplicate_post, video_not_complete.';

revoke execute on function
  private.describe_post(uuid, uuid), private.require_post_parts(uuid, jsonb),
  public.create_post(uuid, jsonb, text, text), public.start_post(uuid, uuid, boolean)
  from public, anon, authenticated, service_role;
grant execute on function
  private.describe_post(uuid, uuid), private.require_post_parts(uuid, jsonb),
  public.create_post(uuid, jsonb, text, text), public.start_post(uuid, uuid, boolean)
  to service_role;
