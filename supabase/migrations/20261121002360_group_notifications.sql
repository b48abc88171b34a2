-- Notices that belong together: what came of one post, or of one action, is told as one. And a kind has a group, by
-- which its user chooses where to be told.

alter table public.notifications add column group_key text;
alter table public.notifications add column is_in_app boolean not null default true;
alter table public.notifications add constraint notification_group_key_is_short
  check (char_length(group_key) between 1 and 100);

create index notifications_unread_link_idx on public.notifications (user_id, link_path) where read_at is null;

comment on column public.notifications.group_key is
  'What belongs together, such as post:<id>: goes into one mail. Null: a notice of its own. Set by who writes it.';
comment on column public.notifications.is_in_app is
  'False: its user wants this kind by mail only. Set when the notice is written.';

alter policy "Users read their own notifications" on public.notifications
  using ((select auth.uid()) = user_id and is_in_app);

create function private.notification_kind_group(p_kind text) returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when p_kind = 'publish.published' or p_kind like 'publish.bulk%' then 'published'
    when p_kind in (
      'publish.failed', 'publish.needs_conversion', 'publish.quota_wait', 'publish.unknown', 'publish.follow_up_failed'
    ) then 'problems'
    when p_kind = 'publish.readiness' then 'readiness'
    when p_kind in (
      'publish.needs_reauth', 'publish.account_expired', 'publish.account_expiring', 'publish.reconnected'
    ) or p_kind like 'onedrive.%' then 'accounts'
    else 'other'
  end;
$$;

-- One place says what belongs together, so that an action over many posts can take their notices together.
create function private.post_group_key(p_post_id uuid) returns text
language sql
stable
set search_path = ''
as $$
  select 'post:' || p_post_id::text;
$$;

create function private.join_words(p_words text[]) returns text
language sql
immutable
set search_path = ''
as $$
  select case when cardinality(p_words) < 2 then p_words[1]
    else array_to_string(p_words[:cardinality(p_words) - 1], ', ') || ' and ' || p_words[cardinality(p_words)]
  end;
$$;

-- Platforms of a post whose targets have this status, and what is to be said of each; body is null when nothing is.
create function private.describe_outcomes(p_post_id uuid, p_status text)
returns table (places text, body text)
language sql
stable
set search_path = ''
as $$
  select
    private.join_words(array_agg(distinct told.place)),
    left(
      case when count(*) = 1 then min(told.sentence)
        else string_agg(told.place || ': ' || told.sentence, chr(10) order by told.place, told.sentence)
      end,
      2000
    )
  from (
    select private.platform_title(target.platform) as place, nullif(target.error_message, '') as sentence
    from public.publishing_queue as target
    where target.published_video_id = p_post_id and target.status = p_status
  ) as told;
$$;

comment on function private.notification_kind_group is 'The group of a kind, as in notification_preferences.';
comment on function private.post_group_key is 'The group_key of notices about a post.';
comment on function private.join_words is 'Words as a sentence lists them: A, B and C. Null for none.';
comment on function private.describe_outcomes is 'Where a post has this status, and the sentences of these targets.';

revoke execute on function
  private.notification_kind_group(text), private.post_group_key(uuid), private.join_words(text[]),
  private.describe_outcomes(uuid, text)
  from public, anon, authenticated, service_role;
