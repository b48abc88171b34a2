-- A bulk is told as a whole, instead of one notice for each of its posts.

-- Notices about posts of a bulk that is under way are not written. Only where the bulk still runs for hours, the first
-- trouble is told at once, and leads to the bulk. Runs as its owner: whoever writes a notice.
create function private.quiet_bulk_notices() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_bulk_id uuid := (
    select item.bulk_id
    from public.publish_bulk_items as item
    join public.publish_bulks as bulk on bulk.user_id = item.user_id and bulk.id = item.bulk_id
    where item.user_id = new.user_id
      and item.published_video_id = substring(new.link_path from '^/posts/([0-9a-f-]{36})$')::uuid
      and bulk.finished_at is null
  );
begin
  if v_bulk_id is null then
    return new;
  end if;
  new.link_path := '/bulks/' || v_bulk_id::text;
  new.group_key := 'bulk:' || v_bulk_id::text;
  if new.kind in ('publish.published', 'publish.quota_wait')
    or exists (
      select from public.notifications as told
      where told.user_id = new.user_id and told.link_path = new.link_path and told.read_at is null
    )
    or not exists (
      select
      from public.publish_bulk_items as item
      join public.publishing_queue as target
        on target.user_id = item.user_id and target.published_video_id = item.published_video_id
      where item.user_id = new.user_id
        and item.bulk_id = v_bulk_id
        and target.status in ('scheduled', 'ready')
        and target.scheduled_for > now() + interval '1 hour'
    )
  then
    return null;
  end if;
  return new;
end;
$$;

comment on function private.quiet_bulk_notices() is
  'Trigger of notifications: posts of a bulk under way are told with the bulk.';

revoke execute on function private.quiet_bulk_notices() from public, anon, authenticated, service_role;

create trigger notifications_quiet_bulks before insert on public.notifications
  for each row when (
    new.kind in (
      'publish.published', 'publish.failed', 'publish.needs_conversion', 'publish.quota_wait', 'publish.unknown'
    )
    and new.link_path like '/posts/%'
  )
  execute function private.quiet_bulk_notices();
