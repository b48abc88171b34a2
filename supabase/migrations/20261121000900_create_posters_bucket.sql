-- Bucket for poster frames made in the browser at upload: `{user_id}/{anything}.jpg`. Private; read by signed URL.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('posters', 'posters', false, 2 * 1024 * 1024, array['image/jpeg', 'image/webp'])
on conflict (id) do update set
  public = excluded.public,
  file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

create policy "Users read their own posters" on storage.objects
  for select to authenticated
  using (bucket_id = 'posters' and (storage.foldername(name))[1] = (select auth.uid())::text);

create policy "Users add their own posters" on storage.objects
  for insert to authenticated
  with check (bucket_id = 'posters' and (storage.foldername(name))[1] = (select auth.uid())::text);

create policy "Users replace their own posters" on storage.objects
  for update to authenticated
  using (bucket_id = 'posters' and (storage.foldername(name))[1] = (select auth.uid())::text)
  with check (bucket_id = 'posters' and (storage.foldername(name))[1] = (select auth.uid())::text);

create policy "Users remove their own posters" on storage.objects
  for delete to authenticated
  using (bucket_id = 'posters' and (storage.foldername(name))[1] = (select auth.uid())::text);
