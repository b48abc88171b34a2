-- What is left to do once a post is on its platform: a cover of its own, a first comment. None of it decides about the
-- post, which shows published from the moment the platform confirmed it: trouble here is a notice. Rows of their own, so
-- that a post without anything left to do costs nothing.

create table private.publish_follow_ups (
  target_id uuid not null references public.publishing_queue (id) on delete cascade,
  kind text not null,
  user_id uuid not null,
  work_at timestamptz not null default now(),
  lease_token uuid,
  lease_until timestamptz,
  lost_leases smallint not null default 0,
  attempts smallint not null default 0,
  called_at timestamptz,
  settle_until timestamptz,
  primary key (target_id, kind),
  constraint follow_up_kind_is_known check (kind in ('cover', 'first_comment')),
  constraint follow_up_lease_has_its_end check ((lease_token is null) = (lease_until is null)),
  constraint follow_up_call_has_its_settle_time check ((called_at is null) = (settle_until is null))
);

create index publish_follow_ups_due_idx on private.publish_follow_ups (work_at);

comment on table private.publish_follow_ups is
  'What is left to do on published posts. A row goes when it is done, or told as a notice.';
comment on column private.publish_follow_ups.user_id is 'The target''s.';
comment on column private.publish_follow_ups.lease_token is 'Whose writes count. Null while nobody works on it.';
comment on column private.publish_follow_ups.lost_leases is 'Leases that ended without a word.';
comment on column private.publish_follow_ups.attempts is 'How often it did not succeed.';
comment on column private.publish_follow_ups.called_at is
  'Set before a call that must not be made twice; from then on its effect is looked for before it is made again.';
comment on column private.publish_follow_ups.settle_until is 'Before this time, not finding the effect proves nothing.';

revoke all on private.publish_follow_ups from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.publish_follow_ups to service_role;

alter table public.publish_attempts drop constraint attempt_step_is_known;
alter table public.publish_attempts add constraint attempt_step_is_known
  check (step in ('prepare', 'upload', 'poll', 'publish', 'confirm', 'reconcile', 'follow_up'));

-- Runs as its owner because it reads Vault. A hint that may be lost: the clock pokes too.
create function private.poke_publish_follow_ups() returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  if not exists (
    select from private.publish_follow_ups as work
    where work.work_at <= now() and (work.lease_until is null or work.lease_until <= now())
  ) then
    return false;
  end if;
  perform private.call_function('publish/internal/follow-up');
  return true;
end;
$$;

-- As finish_publish_job, with what is left to do on the post, in one transaction.
create function public.finish_with_follow_ups(
  p_target_id uuid,
  p_lease_token uuid,
  p_platform_post_id text,
  p_platform_url text,
  p_kinds text[],
  p_notice_code text default null,
  p_notice_message text default null
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if not public.finish_publish_job(
    p_target_id, p_lease_token, p_platform_post_id, p_platform_url, p_notice_code, p_notice_message
  ) then
    return false;
  end if;
  insert into private.publish_follow_ups (target_id, kind, user_id)
  select target.id, wanted.kind, target.user_id
  from public.publishing_queue as target
  cross join unnest(p_kinds) as wanted (kind)
  where target.id = p_target_id;
  perform private.poke_publish_follow_ups();
  return true;
end;
$$;

-- Due work with a lease; whoever claims what an ended lease is on knows that the last worker was lost.
create function public.claim_publish_follow_ups(p_limit integer, p_lease_seconds integer)
returns table (
  target_id uuid,
  kind text,
  user_id uuid,
  lease_token uuid,
  called_at timestamptz,
  settle_until timestamptz,
  platform_post_id text
)
language sql
set search_path = ''
as $$
  with due as (
    select work.target_id, work.kind
    from private.publish_follow_ups as work
    where work.work_at <= now()
      and (work.lease_until is null or work.lease_until <= now())
      -- One that kills its workers is left to private.tend_publish_follow_ups.
      and (work.lease_token is null or work.lost_leases + 1 < (
        select (setting.value #>> '{}')::integer from private.settings as setting
        where setting.key = 'publish.max_lost_leases'
      ))
    order by work.work_at
    limit p_limit
    for update skip locked
  ),
  claimed as (
    update private.publish_follow_ups as work
    set lease_token = gen_random_uuid(),
        lease_until = now() + make_interval(secs => least(p_lease_seconds, 600)),
        lost_leases = work.lost_leases + (work.lease_token is not null)::integer
    from due
    where work.target_id = due.target_id and work.kind = due.kind
    returning work.*
  )
  select
    claimed.target_id, claimed.kind, claimed.user_id, claimed.lease_token, claimed.called_at, claimed.settle_until,
    target.platform_post_id
  from claimed
  join public.publishing_queue as target on target.id = claimed.target_id;
$$;

-- Before a call that must not be made twice. Only after true may it be made.
create function public.begin_follow_up_call(
  p_target_id uuid,
  p_kind text,
  p_lease_token uuid,
  p_lease_seconds integer
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.publish_follow_ups as work
  set called_at = clock_timestamp(),
      settle_until = clock_timestamp() + make_interval(secs => private.settle_seconds(p_target_id)),
      -- The call ends within its lease: nobody else looks for its effect while it is under way.
      lease_until = clock_timestamp() + make_interval(secs => least(p_lease_seconds, 600))
  where work.target_id = p_target_id and work.kind = p_kind and work.lease_token = p_lease_token;
  return found;
end;
$$;

comment on function private.poke_publish_follow_ups is
  'Calls the worker of follow-ups when one is due; says whether. As its owner because it reads Vault.';
comment on function public.finish_with_follow_ups is
  'As finish_publish_job, and leaves p_kinds to do. False when the lease was lost.';
comment on function public.claim_publish_follow_ups is 'Claims up to p_limit due follow-ups for p_lease_seconds.';
comment on function public.begin_follow_up_call is
  'Records a call that must not be made twice; p_lease_seconds from now are for it. False when the lease was lost.';

revoke execute on function
  private.poke_publish_follow_ups(),
  public.finish_with_follow_ups(uuid, uuid, text, text, text[], text, text),
  public.claim_publish_follow_ups(integer, integer),
  public.begin_follow_up_call(uuid, text, uuid, integer)
  from public, anon, authenticated, service_role;
grant execute on function
  private.poke_publish_follow_ups(),
  public.finish_with_follow_ups(uuid, uuid, text, text, text[], text, text),
  public.claim_publish_follow_ups(integer, integer),
  public.begin_follow_up_call(uuid, text, uuid, integer)
  to service_role;
