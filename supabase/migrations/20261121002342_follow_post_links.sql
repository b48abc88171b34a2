-- Posts that are there before their platform tells where: TikTok shows the address of a public post once it has looked
-- at it, which may take hours. The post shows published meanwhile, with the notice link_follows; its address is asked
-- for now and then and filled in. Worked on by the `publish` function as service_role.

create table private.awaited_links (
  target_id uuid primary key references public.publishing_queue (id) on delete cascade,
  asks smallint not null default 0,
  ask_at timestamptz not null
);

create index awaited_links_ask_at_idx on private.awaited_links (ask_at);

comment on table private.awaited_links is
  'Published targets whose address is still to come; given up after two days.';
comment on column private.awaited_links.ask_at is 'When it is asked for next; asking twice does no harm.';

revoke all on private.awaited_links from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.awaited_links to service_role;

insert into private.settings (key, value, description) values
  ('publish.link_seconds', '[60, 120, 300, 900, 1800, 3600]',
    'Pauses between the questions for the address of a published post; the last one repeats.');

-- The pause before question p_asks, counted from 0.
create function private.link_pause(p_asks integer) returns interval
language sql
stable
set search_path = ''
as $$
  select make_interval(secs => (
    pauses.value ->> least(p_asks, jsonb_array_length(pauses.value) - 1)
  )::double precision)
  from (select private.publish_pauses('publish.link_seconds') as value) as pauses;
$$;

-- Runs as its owner: whoever moves a target, also by hand, its address is waited for.
create function private.await_link() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.awaited_links (target_id, ask_at)
  values (new.id, now() + private.link_pause(0))
  on conflict (target_id) do nothing;
  return null;
end;
$$;

create trigger publishing_queue_await_link after update of status on public.publishing_queue
  for each row when (new.status = 'published' and new.error_code = 'link_follows')
  execute function private.await_link();

-- What is due, each pushed on to its next question.
create function public.claim_awaited_links(p_limit integer)
returns table (
  target_id uuid,
  user_id uuid,
  connection_id uuid,
  platform text,
  route text,
  account_handle text,
  post_id text
)
language sql
set search_path = ''
as $$
  with due as (
    select awaited.target_id
    from private.awaited_links as awaited
    where awaited.ask_at <= now()
    order by awaited.ask_at
    limit p_limit
    for update skip locked
  ),
  claimed as (
    update private.awaited_links as awaited
    set asks = least(awaited.asks + 1, 1000), ask_at = now() + private.link_pause(awaited.asks + 1)
    from due
    where awaited.target_id = due.target_id
    returning awaited.target_id
  )
  select
    target.id, target.user_id, account.id, target.platform, account.route, account.account_handle,
    target.platform_post_id
  from claimed
  join public.publishing_queue as target on target.id = claimed.target_id
  join public.oauth_connections as account
    on account.user_id = target.user_id and account.id = target.connection_id;
$$;

-- The address is known. False when nobody waits for it any more.
create function public.set_post_link(p_target_id uuid, p_platform_post_id text, p_platform_url text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  delete from private.awaited_links as awaited where awaited.target_id = p_target_id;
  if not found then
    return false;
  end if;
  update public.publishing_queue as target
  set platform_post_id = p_platform_post_id,
      platform_url = p_platform_url,
      error_message = case when target.error_code <> 'link_follows' then target.error_message end,
      error_code = nullif(target.error_code, 'link_follows')
  where target.id = p_target_id and target.status = 'published' and target.platform_url is null;
  return found;
end;
$$;

-- Gives up what never came, then calls the worker when something is due. Called by cron; returns how many were given up.
create function private.tend_awaited_links() returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from private.awaited_links as awaited
  using public.publishing_queue as target
  where target.id = awaited.target_id
    and (target.published_at < now() - interval '2 days' or target.platform_url is not null);
  get diagnostics v_count = row_count;
  perform private.call_function('publish/internal/follow-links')
  where exists (select from private.awaited_links as awaited where awaited.ask_at <= now());
  return v_count;
end;
$$;

-- Idempotent: a job is known by its name.
create function private.setup_link_cron_jobs() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform cron.schedule('publish-tend-links', '* * * * *', 'select private.tend_awaited_links()');
end;
$$;

comment on function private.setup_link_cron_jobs is 'Schedules the job of post addresses by name; safe to run again.';
comment on function private.link_pause is 'The pause before a question for the address of a post.';
comment on function private.await_link is 'Trigger of publishing_queue: waits for the address of a published post.';
comment on function public.claim_awaited_links is 'Posts whose address is to be asked for now.';
comment on function public.set_post_link is 'Fills in the address of a published post; false when nobody waits for it.';
comment on function private.tend_awaited_links is
  'Gives up addresses that never came and calls for due ones; returns how many were given up. Called by cron.';

revoke execute on function
  private.link_pause(integer), private.await_link(), public.claim_awaited_links(integer),
  public.set_post_link(uuid, text, text), private.tend_awaited_links(), private.setup_link_cron_jobs()
  from public, anon, authenticated, service_role;
grant execute on function
  private.link_pause(integer), public.claim_awaited_links(integer), public.set_post_link(uuid, text, text)
  to service_role;

select private.setup_link_cron_jobs();
