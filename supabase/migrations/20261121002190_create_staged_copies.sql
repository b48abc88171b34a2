-- Where a platform pulls the file, one copy per post lies in bucket `published-videos`, shared by its targets and
-- removed after seven days through the Storage API. Written by the `publish` function as service_role.

create table private.staged_copies (
  post_id uuid primary key references public.published_videos (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  object_path text not null,
  size_bytes bigint not null,
  stored_bytes bigint not null default 0,
  upload_url text,
  key_id text,
  lease_token uuid,
  lease_until timestamptz,
  completed_at timestamptz,
  removing_at timestamptz,
  created_at timestamptz not null default now(),
  constraint staged_path_starts_with_the_user_id check (starts_with(object_path, user_id::text || '/')),
  constraint stored_bytes_are_within_the_file check (stored_bytes between 0 and size_bytes),
  constraint upload_url_has_its_key check ((upload_url is null) = (key_id is null))
);

create index staged_copies_user_id_idx on private.staged_copies (user_id);
create index staged_copies_created_at_idx on private.staged_copies (created_at);

comment on table private.staged_copies is 'Copies of videos that platforms fetch by URL.';
comment on column private.staged_copies.removing_at is
  'Since when its object is being removed: nobody gets the copy any more, a new one is made after the row is gone.';
comment on column private.staged_copies.upload_url is
  'Encrypted TUS address while the copy is made; additional data is user id, provider and column.';

revoke all on private.staged_copies from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.staged_copies to service_role;

insert into storage.buckets (id, name, public)
values ('published-videos', 'published-videos', false)
on conflict (id) do nothing;

-- The copy of a post, made if there is none and anew once its file was replaced, with the right to work on it. No row
-- while another target's worker does: its result is there for both.
create function public.claim_staged_copy(
  p_post_id uuid,
  p_user_id uuid,
  p_size_bytes bigint,
  p_lease_seconds integer
)
returns table (
  object_path text,
  stored_bytes bigint,
  upload_url text,
  key_id text,
  lease_token uuid,
  completed_at timestamptz
)
language plpgsql
set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into private.staged_copies (post_id, user_id, object_path, size_bytes)
  values (p_post_id, p_user_id, p_user_id || '/' || p_post_id || '.mp4', p_size_bytes)
  on conflict do nothing;
  -- A copy of the file as it was before it was replaced is nobody's any more: parts of two files never become one.
  update private.staged_copies as copy
  set size_bytes = p_size_bytes, stored_bytes = 0, upload_url = null, key_id = null, completed_at = null,
      lease_token = null, lease_until = null, created_at = clock_timestamp()
  from public.published_videos as post
  left join public.product_videos as video on video.user_id = post.user_id and video.id = post.video_id
  where copy.post_id = p_post_id
    and copy.user_id = p_user_id
    and copy.removing_at is null
    and post.id = copy.post_id
    and (copy.size_bytes <> p_size_bytes or video.content_changed_at > copy.created_at);
  return query
  update private.staged_copies as copy
  set lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => p_lease_seconds)
  where copy.post_id = p_post_id
    and copy.user_id = p_user_id
    and copy.removing_at is null
    and (copy.completed_at is not null or coalesce(copy.lease_until, '-infinity') <= now())
  returning
    copy.object_path, copy.stored_bytes, copy.upload_url, copy.key_id, copy.lease_token, copy.completed_at;
end;
$$;

-- How far the copy is; p_release gives the right back. False when it was lost.
create function public.save_staged_copy(
  p_post_id uuid,
  p_lease_token uuid,
  p_stored_bytes bigint,
  p_upload_url text,
  p_key_id text,
  p_release boolean
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.staged_copies as copy
  set stored_bytes = p_stored_bytes,
      upload_url = p_upload_url,
      key_id = p_key_id,
      completed_at = case when p_stored_bytes = copy.size_bytes then now() end,
      lease_token = case when p_release then null else copy.lease_token end,
      lease_until = case when p_release then null else copy.lease_until end
  where copy.post_id = p_post_id and copy.lease_token = p_lease_token;
  return found;
end;
$$;

-- Copies nobody needs any more: seven days old, or all targets of the post have ended. They are marked before their
-- objects go, so that no target counts on them; one whose remover died comes again.
create function public.take_spent_copies(p_limit integer)
returns table (post_id uuid, object_path text)
language sql
set search_path = ''
as $$
  update private.staged_copies as copy
  set removing_at = now()
  where copy.post_id = any (array(
    select spent.post_id
    from private.staged_copies as spent
    where (spent.removing_at is null or spent.removing_at < now() - interval '10 minutes')
      and (spent.lease_until is null or spent.lease_until <= now())
      and (spent.removing_at is not null or spent.created_at < now() - interval '7 days'
        or (spent.completed_at < now() - interval '1 day' and not exists (
          select from public.publishing_queue as target
          where target.user_id = spent.user_id
            and target.published_video_id = spent.post_id
            and target.status not in ('published', 'canceled', 'failed')
        )))
    order by spent.created_at
    limit p_limit
    for update skip locked
  ))
  returning copy.post_id, copy.object_path;
$$;

-- The object is gone.
create function public.forget_staged_copy(p_post_id uuid) returns void
language sql
set search_path = ''
as $$
  delete from private.staged_copies as copy where copy.post_id = p_post_id and copy.removing_at is not null;
$$;

comment on function public.claim_staged_copy is
  'The staged copy of a post and the right to write it; no row while somebody else writes it.';
comment on function public.save_staged_copy is 'Stores how far a copy is; false when the right was lost.';
comment on function public.take_spent_copies is 'Copies to remove through the Storage API; marks them.';
comment on function public.forget_staged_copy is 'The object of a copy was removed.';

revoke execute on function
  public.claim_staged_copy(uuid, uuid, bigint, integer),
  public.save_staged_copy(uuid, uuid, bigint, text, text, boolean),
  public.take_spent_copies(integer),
  public.forget_staged_copy(uuid)
  from public, anon, authenticated, service_role;
grant execute on function
  public.claim_staged_copy(uuid, uuid, bigint, integer),
  public.save_staged_copy(uuid, uuid, bigint, text, text, boolean),
  public.take_spent_copies(integer),
  public.forget_staged_copy(uuid)
  to service_role;
