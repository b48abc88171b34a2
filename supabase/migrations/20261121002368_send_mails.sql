-- What the `account` function says and asks while it sends mails. Each answer after the claim takes the lease token;
-- when the lease was lost, nothing is written. Called as service_role.

grant select on private.untold_targets to service_role;

-- A post that is on its way right now, or whose outcome is still to be told: that belongs into the same mail.
create function private.is_group_busy(p_group_key text) returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from public.publishing_queue as target
    where target.published_video_id
        = substring(p_group_key from '^post:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$')::uuid
      and (
        (
          target.status in ('preparing', 'uploading', 'processing', 'ready', 'publishing', 'retry_wait')
          and coalesce(target.retry_at, target.scheduled_for) < now()
            + make_interval(secs => private.mail_setting('max_settle_seconds')::double precision)
        )
        or exists (select from private.untold_targets as untold where untold.target_id = target.id)
      )
  );
$$;

-- What a post looks like now, for the mail about it. Null when it is gone.
create function private.describe_mailed_post(p_user_id uuid, p_post_id uuid) returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', post.id,
    'caption', left(post.caption, 300),
    'targets', coalesce(jsonb_agg(jsonb_build_object(
      'platform', target.platform,
      'account_name', account.account_name,
      'status', target.status,
      'url', target.platform_url,
      'message', target.error_message,
      'scheduled_for', target.scheduled_for
    ) order by private.platform_title(target.platform), account.account_name, target.id)
      filter (where target.id is not null), '[]')
  )
  from public.published_videos as post
  left join public.publishing_queue as target
    on target.user_id = post.user_id and target.published_video_id = post.id and target.status <> 'canceled'
  left join public.oauth_connections as account
    on account.user_id = target.user_id and account.id = target.connection_id
  where post.user_id = p_user_id and post.id = p_post_id
  group by post.id, post.caption;
$$;

-- From the claim on a mail collects no more notices: the next one of its group opens a mail of its own.
create function public.claim_mails(p_limit integer, p_lease_seconds integer)
returns table (
  mail_id uuid,
  lease_token uuid,
  is_written boolean,
  time_zone text,
  notices jsonb,
  posts jsonb
)
language plpgsql
set search_path = ''
as $$
declare
  v_claimed uuid[];
begin
  if exists (select from private.mail_gate as gate where gate.closed_until > now()) then
    return;
  end if;
  with due as (
    select mail.id
    from private.mail_outbox as mail
    where mail.status in ('collecting', 'sending')
      and mail.send_at <= now()
      and (mail.lease_until is null or mail.lease_until <= now())
      and coalesce(mail.doubtful_since, mail.called_at, now()) > now() - interval '23 hours'
      and not (
        mail.status = 'collecting'
        and mail.created_at > now()
          - make_interval(secs => private.mail_setting('max_settle_seconds')::double precision)
        and private.is_group_busy(mail.group_key)
      )
    order by mail.send_at
    limit p_limit
    for update skip locked
  ),
  claimed as (
    update private.mail_outbox as mail
    set status = 'sending',
        -- Its worker died in the call.
        doubtful_since = coalesce(mail.doubtful_since, mail.called_at),
        called_at = null,
        lease_token = gen_random_uuid(),
        lease_until = now() + make_interval(secs => p_lease_seconds)
    from due
    where mail.id = due.id
    returning mail.id
  )
  select array_agg(claimed.id) into v_claimed from claimed;

  -- Statements of their own: they see the notices that came, or went, while the first one waited.
  update private.mail_outbox as mail
  set status = 'expired', ended_at = now(), lease_token = null, lease_until = null, error_code = 'taken_back'
  where mail.id = any (v_claimed)
    and mail.subject is null
    and not exists (select from private.mail_notices as told where told.mail_id = mail.id);
  return query
    select
      mail.id, mail.lease_token, mail.subject is not null, coalesce(profile.time_zone, 'UTC'),
      (
        select jsonb_agg(jsonb_build_object(
          'kind', notice.kind, 'title', notice.title, 'body', notice.body, 'link_path', notice.link_path
        ) order by notice.id)
        from private.mail_notices as told
        join public.notifications as notice on notice.id = told.notification_id
        where told.mail_id = mail.id
      ),
      coalesce((
        select jsonb_agg(described.post order by described.post ->> 'id')
        from (
          select private.describe_mailed_post(mail.user_id, linked.post_id) as post
          from (
            select distinct substring(
              notice.link_path from '^/posts/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$'
            )::uuid as post_id
            from private.mail_notices as told
            join public.notifications as notice on notice.id = told.notification_id
            where told.mail_id = mail.id
          ) as linked
          where linked.post_id is not null
        ) as described
        where described.post is not null
      ), '[]')
    from private.mail_outbox as mail
    left join public.profiles as profile on profile.user_id = mail.user_id
    where mail.id = any (v_claimed) and mail.status = 'sending'
    order by mail.send_at;
end;
$$;

-- Nothing is sent here for a while, since no mail service is set up.
create function public.stop_mails(p_reason text) returns void
language sql
set search_path = ''
as $$
  update private.mail_gate as gate
  set closed_until = now() + make_interval(secs => private.mail_setting('refused_pause_seconds')::double precision),
      closed_because = left(p_reason, 100);
$$;

comment on function private.is_group_busy is 'Whether more of a group is about to happen.';
comment on function private.describe_mailed_post is 'A post with its targets as a mail tells of them.';
comment on function public.claim_mails is
  'Claims up to p_limit due mails with what they tell; nothing while sending is stopped.';
comment on function public.stop_mails is 'Stops sending for mail.refused_pause_seconds.';

revoke execute on function
  private.is_group_busy(text), private.describe_mailed_post(uuid, uuid), public.claim_mails(integer, integer),
  public.stop_mails(text)
  from public, anon, authenticated, service_role;
grant execute on function
  private.is_group_busy(text), private.describe_mailed_post(uuid, uuid), public.claim_mails(integer, integer),
  public.stop_mails(text)
  to service_role;
