-- The engine's part of a target: what the worker does next, and since when. Slim and apart from what users see, so
-- that a claim writes one short row and a status move no index.

-- The whole state machine. Adapters declare which of these moves they use; a test compares.
create table private.publish_moves (
  from_status text not null,
  to_status text not null,
  primary key (from_status, to_status)
);

insert into private.publish_moves (from_status, to_status)
select source, target
from (values
  ('draft', array['scheduled', 'canceled']),
  ('scheduled', array['preparing', 'canceled']),
  ('preparing', array['scheduled', 'uploading', 'processing', 'ready', 'publishing']),
  ('uploading', array['scheduled', 'preparing', 'processing', 'ready', 'publishing']),
  ('processing', array['scheduled', 'preparing', 'uploading', 'ready', 'publishing']),
  ('ready', array['scheduled', 'preparing', 'publishing']),
  -- Back from the irreversible call only to the step that the platform's proof names.
  ('publishing', array['published', 'unknown', 'preparing', 'uploading', 'processing', 'ready', 'failed']),
  ('unknown', array['published', 'publishing', 'preparing', 'uploading', 'processing', 'ready', 'failed']),
  ('retry_wait', array['scheduled', 'preparing', 'uploading', 'processing', 'ready']),
  ('quota_wait', array['scheduled', 'preparing', 'uploading', 'processing', 'ready']),
  ('needs_reauth', array['scheduled', 'preparing', 'uploading', 'processing', 'ready']),
  ('needs_conversion', array['scheduled', 'preparing']),
  ('failed', array['scheduled', 'preparing', 'canceled'])
) as moves (source, targets)
cross join unnest(targets) as target
union
-- Any step before the irreversible call may end like this.
select source, target
from unnest(array[
  'preparing', 'uploading', 'processing', 'ready', 'retry_wait', 'quota_wait', 'needs_reauth', 'needs_conversion'
]) as source
cross join unnest(array[
  'retry_wait', 'quota_wait', 'needs_reauth', 'needs_conversion', 'failed', 'canceled'
]) as target
where source <> target;

create table private.publish_jobs (
  target_id uuid primary key references public.publishing_queue (id) on delete cascade,
  user_id uuid not null,
  step text not null default 'prepare',
  lane smallint not null generated always as (
    case when step in ('publish', 'confirm', 'reconcile') then 0 else 1 end
  ) stored,
  due_at timestamptz not null,
  work_at timestamptz,
  is_waiting boolean not null default true,
  lease_token uuid,
  lease_until timestamptz,
  lost_leases smallint not null default 0,
  step_attempts smallint not null default 0,
  revision integer not null default 1,
  checkpoint jsonb not null default '{}',
  secret text,
  secret_key_id text,
  called_at timestamptz,
  settle_until timestamptz,
  doubts smallint not null default 0,
  is_account_new boolean not null default false,
  reserved_key text,
  reserved_at timestamptz,
  constraint job_is_well_formed check (
    private.is_job_well_formed(step, checkpoint, secret, secret_key_id, lease_token, lease_until)
  ),
  constraint reserved_place_has_its_time check ((reserved_key is null) = (reserved_at is null)),
  constraint post_does_not_go_out_early check (step <> 'publish' or called_at is not null or work_at >= due_at),
  constraint called_job_waits_for_its_outcome check (
    step = 'publish' or (called_at is not null) = (step in ('confirm', 'reconcile'))
  )
) with (fillfactor = 70);

create index publish_jobs_due_idx on private.publish_jobs (lane, work_at) where work_at is not null;
create index publish_jobs_reserved_idx on private.publish_jobs (reserved_key, reserved_at)
  where reserved_key is not null;

comment on table private.publish_moves is 'The status moves a target may make.';
comment on table private.publish_jobs is
  'What the worker does next with a target. Gone once the target is published or canceled.';
comment on column private.publish_jobs.user_id is
  'The target''s; without a key of its own, so that a claim writes one index less.';
comment on column private.publish_jobs.lane is
  '0: around the irreversible call, due to the second; 1: everything before it, which has a lead.';
comment on column private.publish_jobs.due_at is 'scheduled_for of the target, here to be read under the job''s lock.';
comment on column private.publish_jobs.work_at is
  'When the job is due; it stays while the job is claimed. Null: it waits for its user.';
comment on column private.publish_jobs.is_waiting is
  'The target showed scheduled, retry_wait or quota_wait when the job was last free: the claim changes that.';
comment on column private.publish_jobs.lease_token is 'Whose writes count. Null while nobody works on it.';
comment on column private.publish_jobs.lease_until is
  'In no index, so that a claim writes none. A worker that dies makes the job due again then.';
comment on column private.publish_jobs.lost_leases is 'Leases that ended without a word since the last progress.';
comment on column private.publish_jobs.step_attempts is 'Failures of this step since the last progress.';
comment on column private.publish_jobs.revision is 'Grows with every edit; a worker that read an older one is refused.';
comment on column private.publish_jobs.checkpoint is 'Where the step goes on: offsets and the platform''s ids.';
comment on column private.publish_jobs.secret is
  'Encrypted session URL; additional data is user id, provider and column.';
comment on column private.publish_jobs.called_at is
  'Set before the irreversible call. From then on the call is never repeated before its outcome is known.';
comment on column private.publish_jobs.settle_until is 'Before this time, not finding the post proves nothing.';
comment on column private.publish_jobs.doubts is 'How often the outcome of the irreversible call was open.';
comment on column private.publish_jobs.is_account_new is
  'The account was connected again while this lease was on: what the worker says of the account is about the old one.';

comment on column private.publish_jobs.reserved_key is
  'Budget and its scope of which the job has a place, until it is taken; see private.reserve_places.';
comment on column private.publish_jobs.reserved_at is 'When the place is needed: it counts in that window.';

revoke all on private.publish_moves, private.publish_jobs from public, anon, authenticated, service_role;
grant select on private.publish_moves to service_role;
grant select, insert, update, delete on private.publish_jobs to service_role;

-- Runs as its owner: the rule holds whoever writes, also without a right to read the table of moves.
create function private.guard_publish_status() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if not exists (
    select from private.publish_moves as move
    where move.from_status = old.status and move.to_status = new.status
  ) then
    raise sqlstate 'PT409' using
      message = format('A post that is %s cannot become %s.', old.status, new.status),
      detail = 'publish_move_not_allowed';
  end if;
  -- After the irreversible call only proof leads back, and whoever has it clears the call first: until then the post
  -- may be there, and is neither made again nor called failed.
  if old.status in ('publishing', 'unknown') and new.status not in ('publishing', 'unknown', 'published') then
    if exists (select from private.publish_jobs as job where job.target_id = new.id and job.called_at is not null) then
      raise sqlstate 'PT409' using
        message = 'It is not known yet whether this post went out. Look there and say so first.',
        detail = 'outcome_unknown';
    end if;
  end if;
  -- Its day is somebody else's.
  if new.status = 'failed' then
    update private.publish_jobs as job
    set reserved_key = null, reserved_at = null
    where job.target_id = new.id and job.reserved_key is not null;
  end if;
  -- Whoever ends a target, also by hand, ends its job.
  if new.status in ('published', 'canceled') then
    delete from private.publish_jobs as job where job.target_id = new.id;
  end if;
  if new.status = 'published' then
    insert into private.untold_targets (target_id) values (new.id);
  end if;
  return new;
end;
$$;

comment on function private.guard_publish_status() is
  'Trigger of publishing_queue: only moves of private.publish_moves, none past an open call; the end of a job.';

revoke execute on function private.guard_publish_status() from public, anon, authenticated, service_role;

create trigger publishing_queue_guard_status before update of status on public.publishing_queue
  for each row when (new.status is distinct from old.status) execute function private.guard_publish_status();

-- The status a user sees while a step is worked on.
create function private.status_of_step(p_step text) returns text
language sql
immutable
set search_path = ''
as $$
  select case p_step
    when 'prepare' then 'preparing'
    when 'upload' then 'uploading'
    when 'poll' then 'processing'
    when 'publish' then 'ready'
    when 'confirm' then 'publishing'
    when 'reconcile' then 'unknown'
  end;
$$;

comment on function private.status_of_step(text) is 'The status of a target whose next step is p_step.';

revoke execute on function private.status_of_step(text) from public, anon, authenticated, service_role;
grant execute on function private.status_of_step(text) to service_role;

insert into private.settings (key, value, description) values
  ('publish.lead_seconds', '{"default": 900, "per_gib": 300}', 'How long before its time work on a post begins.'),
  ('publish.retry_delays_seconds', '[60, 300, 900]', 'Pauses between the tries of a step; after the last it fails.'),
  ('publish.settle_seconds', '{"default": 120, "youtube": 180}',
    'How long not finding a post proves nothing, by platform.'),
  ('publish.reconcile_seconds', '[5, 15, 30, 60, 120, 300, 900, 3600]',
    'Pauses between the questions whether a post is there; after the last its user decides.'),
  ('publish.max_doubts', '5', 'Calls with an open outcome and no effect until a post fails.'),
  ('publish.keep_prepared_seconds', '43200', 'What was prepared for a post is used again when it is moved by less.'),
  ('publish.max_lost_leases', '5', 'Leases lost in a row until a post is parked and reported.'),
  ('publish.poll_seconds',
    '{"instagram": [2, 2, 4, 8, 15, 30, 60], "youtube": [2, 3, 5, 10, 30, 60, 120, 300], "default": [15, 30, 60]}',
    'Pauses between the questions how far a platform is with a video, by platform; the last one repeats.'),
  ('publish.max_polls', '{"instagram": 40, "youtube": 10, "default": 40}',
    'Questions after which a video that a platform never gets ready is given up, or taken as it is, by platform.');
