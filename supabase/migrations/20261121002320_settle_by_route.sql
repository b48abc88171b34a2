-- TikTok through Blotato keeps other hours than TikTok itself: what is known of a post, and how soon, is a matter of the
-- route. Settings by platform may name a route as `platform/route`; the platform's own value counts where they do not.

-- What a setting says for a platform and route, then for the platform, then by default; null when it says nothing.
create function private.value_for_route(p_setting jsonb, p_platform text, p_route text) returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    nullif(p_setting -> (p_platform || '/' || p_route), 'null'),
    nullif(p_setting -> p_platform, 'null'),
    nullif(p_setting -> 'default', 'null')
  );
$$;

-- As in the file of the irreversible call, by route.
create or replace function private.settle_seconds(p_target_id uuid) returns double precision
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (private.value_for_route(setting.value, target.platform, account.route) #>> '{}')::double precision, 120
  )
  from public.publishing_queue as target
  left join public.oauth_connections as account
    on account.user_id = target.user_id and account.id = target.connection_id
  left join private.settings as setting on setting.key = 'publish.settle_seconds'
  where target.id = p_target_id;
$$;

-- As in the file of what workers read, by route.
create or replace function public.read_publish_targets(p_target_ids uuid[])
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
    coalesce(private.value_for_route(pauses.value, target.platform, account.route), '[15, 30, 60]'),
    coalesce((private.value_for_route(polls.value, target.platform, account.route) #>> '{}')::integer, 40),
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

comment on function private.value_for_route is
  'What a setting by platform says for an account''s route, its platform, or by default.';

revoke execute on function private.value_for_route(jsonb, text, text) from public, anon, authenticated, service_role;
grant execute on function private.value_for_route(jsonb, text, text) to service_role;

-- Blotato asks to be asked no sooner than after ten seconds, shows no post in its list while it works on it, and says
-- `in-progress` for ever of one it does not know: an hour of questions, and half an hour until absence proves anything.
update private.settings as setting
set value = setting.value || added.value
from (values
  ('publish.poll_seconds', '{"tiktok/blotato": [10, 15, 30, 60]}'::jsonb),
  ('publish.max_polls', '{"tiktok/blotato": 60}'::jsonb),
  ('publish.settle_seconds', '{"tiktok/blotato": 1800}'::jsonb)
) as added (key, value)
where setting.key = added.key;

insert into private.provider_budgets
  (budget, scope, max_count, window_kind, window_seconds, is_shared_fairly, is_reserved, description)
values
  ('blotato.posts', 'account', 28, 'rolling', 60, false, false, 'POST /posts per API key and minute; Blotato takes 30.'),
  ('blotato.polls', 'account', 55, 'rolling', 60, false, false,
    'Questions about one post per API key and minute; Blotato takes 60.'),
  ('blotato.lists', 'account', 55, 'rolling', 60, false, false,
    'Lists of posts per API key and minute; Blotato takes 60.');
