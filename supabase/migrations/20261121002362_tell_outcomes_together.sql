-- What came of a post is one notice for all its platforms, not one for each: a later outcome takes the place of an
-- unread notice of the same kind about the same post.

-- As before it runs as its owner: whoever moves a target, also by hand, its user is told. Accounts that need to be
-- connected again are told once, not once per post.
create or replace function private.notify_publish_outcome() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_kind text;
  v_place text;
  v_body text := left(new.error_message, 2000);
  v_is_onedrive boolean;
  v_link text;
begin
  if not (
    (
      new.status is distinct from old.status
      and new.status in ('failed', 'needs_reauth', 'needs_conversion', 'quota_wait')
    )
    -- Open, and nobody asks any more.
    or (new.status = 'unknown' and new.retry_at is null and (old.status <> 'unknown' or old.retry_at is not null))
  ) then
    return null;
  end if;
  v_kind := 'publish.' || new.status;
  v_place := private.platform_title(new.platform);
  v_is_onedrive := new.status = 'needs_reauth' and new.error_code = 'onedrive_reauth_required';
  v_link := case
    when v_is_onedrive then '/settings/onedrive'
    when new.status = 'needs_reauth'
      then coalesce('/settings/accounts?account=' || new.connection_id::text, '/settings/accounts')
    else '/posts/' || new.published_video_id::text
  end;
  if new.status in ('needs_reauth', 'quota_wait') and exists (
    select from public.notifications as told
    where told.user_id = new.user_id
      and told.read_at is null
      and told.link_path = v_link
      and (told.kind = v_kind or (new.status = 'needs_reauth' and told.kind = 'publish.account_expired'))
  ) then
    return null;
  end if;
  if new.status = 'failed' then
    select outcome.places, outcome.body into v_place, v_body
    from private.describe_outcomes(new.published_video_id, 'failed') as outcome;
    delete from public.notifications as older
    where older.user_id = new.user_id
      and older.kind = v_kind
      and older.link_path = v_link
      and older.read_at is null;
  end if;
  insert into public.notifications (user_id, kind, title, body, link_path, group_key)
  values (
    new.user_id,
    v_kind,
    case new.status
      when 'failed' then 'Not published on ' || v_place
      when 'needs_reauth' then 'Connect ' || case when v_is_onedrive then 'OneDrive' else v_place end || ' again'
      when 'needs_conversion' then v_place || ' does not take this file'
      when 'quota_wait' then v_place || ' takes no more posts for now'
      else 'Look whether the post is on ' || v_place
    end,
    v_body,
    v_link,
    case
      when v_is_onedrive then 'onedrive'
      when new.status = 'needs_reauth' then 'account:' || coalesce(new.connection_id::text, 'gone')
      else private.post_group_key(new.published_video_id)
    end
  );
  return null;
end;
$$;

-- Returns how many targets were told. Called by cron; a run that fails is made up for by the next one.
create or replace function private.tell_published_targets() returns integer
language sql
set search_path = ''
as $$
  with told as (
    delete from private.untold_targets as untold returning untold.target_id
  ),
  post as (
    select target.user_id, target.published_video_id as id, max(target.published_at) as last_at
    from told
    join public.publishing_queue as target on target.id = told.target_id
    group by target.user_id, target.published_video_id
  ),
  replaced as (
    delete from public.notifications as older
    using post
    where older.user_id = post.user_id
      and older.kind = 'publish.published'
      and older.link_path = '/posts/' || post.id::text
      and older.read_at is null
    returning 1
  ),
  written as (
    insert into public.notifications (user_id, kind, title, body, link_path, group_key)
    select
      post.user_id, 'publish.published', 'Published on ' || outcome.places, outcome.body,
      '/posts/' || post.id::text, private.post_group_key(post.id)
    from post
    cross join lateral private.describe_outcomes(post.id, 'published') as outcome
    where outcome.places is not null
    order by post.last_at
    returning 1
  )
  select count(*)::integer from told;
$$;
