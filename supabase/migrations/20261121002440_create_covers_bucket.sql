-- Bucket for the covers of posts, cut by the browser for a shape: `{user_id}/{cover_id}/{shape}.jpg`. Private. The
-- publish function looks at a cover when a post names it and again before a platform gets it.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('covers', 'covers', false, 2 * 1024 * 1024, array['image/jpeg', 'image/png'])
on conflict (id) do update set
  public = excluded.public,
  file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

create policy "Users read their own covers" on storage.objects
  for select to authenticated
  using (bucket_id = 'covers' and (storage.foldername(name))[1] = (select auth.uid())::text);

create policy "Users add their own covers" on storage.objects
  for insert to authenticated
  with check (
    bucket_id = 'covers' and (storage.foldername(name))[1] = (select auth.uid())::text
    and (select private.is_account_open())
  );

create policy "Users replace their own covers" on storage.objects
  for update to authenticated
  using (bucket_id = 'covers' and (storage.foldername(name))[1] = (select auth.uid())::text)
  with check (
    bucket_id = 'covers' and (storage.foldername(name))[1] = (select auth.uid())::text
    and (select private.is_account_open())
  );

create policy "Users remove their own covers" on storage.objects
  for delete to authenticated
  using (bucket_id = 'covers' and (storage.foldername(name))[1] = (select auth.uid())::text);

-- Whoever writes a target, its cover is its user's own.
create function private.guard_cover_path() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if not starts_with(coalesce(new.options ->> 'cover', ''), new.user_id::text || '/') then
    raise sqlstate 'PT404' using
      message = 'This cover does not exist. Choose the picture again.',
      detail = 'cover_not_found';
  end if;
  return new;
end;
$$;

-- A status move does not ask: only what is new or has new options.
create trigger publishing_queue_guard_cover before insert or update of options on public.publishing_queue
  for each row when (new.options ? 'cover') execute function private.guard_cover_path();

-- Covers that no post needs: a day old, so that nobody is just choosing them, and in no post that is still to go out,
-- ended within seven days, or has its cover still to be set.
create function public.list_spent_covers(p_limit integer) returns table (object_path text)
language sql
stable
set search_path = ''
as $$
  select object.name
  from storage.objects as object
  where object.bucket_id = 'covers'
    and object.created_at < now() - interval '1 day'
    and not exists (
      select
      from public.publishing_queue as target
      where target.user_id = case
          when object.name ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/' then split_part(object.name, '/', 1)::uuid
        end
        and target.options ->> 'cover' = object.name
        and (
          target.status not in ('published', 'canceled', 'failed')
          or target.updated_at > now() - interval '7 days'
        )
    )
  order by object.created_at
  limit p_limit;
$$;

comment on function private.guard_cover_path() is 'Trigger of publishing_queue: raises cover_not_found.';
comment on function public.list_spent_covers is
  'Covers no post needs any more; the publish function removes them through the Storage API.';

revoke execute on function private.guard_cover_path(), public.list_spent_covers(integer)
  from public, anon, authenticated, service_role;
grant execute on function public.list_spent_covers(integer) to service_role;
