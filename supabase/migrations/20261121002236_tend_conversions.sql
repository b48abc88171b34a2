-- What becomes of variants after they were made, and of posts whose file was replaced by one that may fit.

-- Objects of variants whose video was removed. Without a key to a user: they outlive the row that named them.
create table private.dropped_variants (
  object_path text primary key,
  dropped_at timestamptz not null default now()
);

comment on table private.dropped_variants is 'Converted files whose video is gone, until their objects are removed.';

revoke all on private.dropped_variants from public, anon, authenticated, service_role;
grant select, insert, delete on private.dropped_variants to service_role;

-- Runs as its owner: videos are removed by their users, and with their accounts. What a deleted account leaves in
-- buckets is removed with it, so that nothing here names it.
create function private.drop_variant() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.dropped_variants (object_path)
  select old.object_path
  where exists (select from auth.users as person where person.id = split_part(old.object_path, '/', 1)::uuid)
  on conflict do nothing;
  return null;
end;
$$;

create trigger variant_works_drop after delete on private.variant_works
  for each row when (old.removing_at is null) execute function private.drop_variant();

-- Converted files nobody needs any more: seven days old and no post that is under way was prepared with them, or their
-- video is gone. Marked before their objects go; one whose remover died comes again.
create function public.take_spent_variants(p_limit integer) returns table (object_path text)
language sql
set search_path = ''
as $$
  with marked as (
    update private.variant_works as work
    set removing_at = now(), lease_token = null, lease_until = null
    where work.variant_id = any (array(
      select spent.variant_id
      from private.variant_works as spent
      join public.video_variants as variant on variant.id = spent.variant_id
      where coalesce(spent.lease_until, '-infinity') <= now()
        and (
          spent.removing_at < now() - interval '10 minutes'
          or (spent.removing_at is null and variant.created_at < now() - interval '7 days' and not exists (
            select
            from private.publish_jobs as job
            where job.user_id = variant.user_id and job.checkpoint ->> 'variantId' = variant.id::text
          ))
        )
      order by variant.created_at
      limit p_limit
      for update of spent skip locked
    ))
    returning work.object_path
  )
  select marked.object_path from marked
  union all
  -- A worker may have written to it until its lease ended.
  (
    select dropped.object_path
    from private.dropped_variants as dropped
    where dropped.dropped_at < now() - interval '10 minutes'
    order by dropped.dropped_at
    limit p_limit
  );
$$;

-- The object is gone; the next post that needs the variant makes it again.
create function public.forget_spent_variant(p_object_path text) returns void
language sql
set search_path = ''
as $$
  delete from private.dropped_variants as dropped where dropped.object_path = p_object_path;
  delete from public.video_variants as variant
  using private.variant_works as work
  where work.variant_id = variant.id and work.object_path = p_object_path and work.removing_at is not null;
$$;

-- Posts that waited for another file go on once their video has one. Called by cron. Returns how many targets.
create function private.resume_after_replacement() returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_woken_count integer := 0;
  v_found record;
begin
  for v_found in
    select distinct video.user_id, video.id
    from private.publish_jobs as job
    join public.publishing_queue as target on target.id = job.target_id
    join public.published_videos as post on post.user_id = target.user_id and post.id = target.published_video_id
    join public.product_videos as video on video.user_id = post.user_id and video.id = post.video_id
    where job.work_at is null
      and target.status = 'needs_conversion'
      and video.content_changed_at > target.updated_at
      and video.unreachable_at is null
    order by video.user_id, video.id
    limit 100
  loop
    v_woken_count := v_woken_count + public.resume_after_conversion(v_found.user_id, v_found.id);
  end loop;
  return v_woken_count;
end;
$$;

-- Idempotent: a job is known by its name.
create function private.setup_conversion_tending() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform cron.schedule('publish-resume-after-replacement', '* * * * *', 'select private.resume_after_replacement()');
end;
$$;

comment on function private.drop_variant() is 'Trigger of variant_works: remembers the object of a removed video.';
comment on function public.take_spent_variants is 'Converted files to remove through the Storage API; marks them.';
comment on function public.forget_spent_variant is 'The object of a converted file was removed.';
comment on function private.resume_after_replacement is
  'Wakes what waited for another file and has one; returns how many targets. Called by cron.';
comment on function private.setup_conversion_tending is 'Schedules the job by name; safe to run again.';

revoke execute on function
  private.drop_variant(), public.take_spent_variants(integer), public.forget_spent_variant(text),
  private.resume_after_replacement(), private.setup_conversion_tending()
  from public, anon, authenticated, service_role;
grant execute on function public.take_spent_variants(integer), public.forget_spent_variant(text) to service_role;

select private.setup_conversion_tending();
