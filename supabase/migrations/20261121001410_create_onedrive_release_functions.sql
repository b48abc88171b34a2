-- Dropping released upload URLs, placing an upload under another name, and finding a file that is there already.
-- Called by the `onedrive` function as service_role; p_user_id is always the caller's verified id.

-- Claims released URLs that are due, of one user or of all. A try that fails comes back later; after eight days no
-- session of OneDrive can still be alive (personal accounts keep them for seven).
create function public.take_released_onedrive_urls(p_limit integer, p_user_id uuid default null)
returns table (id uuid, user_id uuid, upload_url text, key_id text)
language plpgsql
set search_path = ''
as $$
begin
  delete from private.onedrive_released_urls r where r.released_at < now() - interval '8 days';
  return query
    update private.onedrive_released_urls r
    set attempts = r.attempts + 1,
        next_try_at = now() + least(interval '1 hour', make_interval(secs => 30 * 2 ^ least(r.attempts, 10)))
    where r.id in (
      select due.id
      from private.onedrive_released_urls due
      where due.next_try_at <= now() and (p_user_id is null or due.user_id = p_user_id)
      order by due.next_try_at
      limit p_limit
      for update skip locked
    )
    returning r.id, r.user_id, r.upload_url, r.key_id;
end;
$$;

create function public.forget_released_onedrive_url(p_id uuid)
returns void
language sql
set search_path = ''
as $$
  delete from private.onedrive_released_urls r where r.id = p_id;
$$;

-- No row when another upload of the user aims at that name, or this one is not open any more.
create function public.place_onedrive_upload(p_user_id uuid, p_session_id uuid, p_filename text)
returns setof public.onedrive_upload_sessions
language plpgsql
set search_path = ''
as $$
begin
  return query
    update public.onedrive_upload_sessions s
    set filename = p_filename
    where s.id = p_session_id and s.user_id = p_user_id and s.status in ('active', 'verifying')
    returning s.*;
exception
  when unique_violation then
    return;
end;
$$;

-- As before, and keeps the id of the file when the browser tells it (p_claim -> item_id).
create or replace function public.move_onedrive_upload(
  p_user_id uuid,
  p_session_id uuid,
  p_status text,
  p_error_code text default null,
  p_claim jsonb default '{}'
)
returns setof public.onedrive_upload_sessions
language sql
set search_path = ''
as $$
  update public.onedrive_upload_sessions s
  set status = p_status,
      error_code = p_error_code,
      next_offset = case when p_status = 'verifying' then s.size_bytes else s.next_offset end,
      claimed_quickxor = coalesce(p_claim ->> 'quickxor', s.claimed_quickxor),
      item_id = coalesce(p_claim ->> 'item_id', s.item_id),
      duration_ms = coalesce((p_claim ->> 'duration_ms')::bigint, s.duration_ms),
      width = coalesce((p_claim ->> 'width')::integer, s.width),
      height = coalesce((p_claim ->> 'height')::integer, s.height),
      verifying_since = case when p_status = 'verifying' then coalesce(s.verifying_since, now()) end
  where s.id = p_session_id and s.user_id = p_user_id
  returning s.*;
$$;

create index onedrive_upload_sessions_fingerprint_idx
  on public.onedrive_upload_sessions (user_id, fingerprint) where status = 'complete';

-- The video that the same file already became on that product; none when it has no product.
create function public.find_uploaded_twin(
  p_user_id uuid,
  p_product_id uuid,
  p_fingerprint text,
  p_size_bytes bigint
)
returns table (video_id uuid, filename text, uploaded_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select v.id, v.filename, v.created_at
  from public.onedrive_upload_sessions s
  join public.product_videos v on v.user_id = s.user_id and v.id = s.video_id
  where s.user_id = p_user_id
    and s.status = 'complete'
    and s.fingerprint = p_fingerprint
    and s.size_bytes = p_size_bytes
    and v.product_id = p_product_id
    and v.upload_status = 'complete'
    and v.unreachable_at is null
  order by v.id desc
  limit 1;
$$;

comment on function public.take_released_onedrive_urls is 'Claims encrypted upload URLs that OneDrive has yet to drop.';
comment on function public.forget_released_onedrive_url is 'OneDrive has dropped the bytes of a released URL.';
comment on function public.place_onedrive_upload is 'Gives an open upload another name in its folder.';
comment on function public.find_uploaded_twin is 'The video a file (fingerprint and size) already became on a product.';

do $$
declare
  v_function text;
begin
  foreach v_function in array array[
    'take_released_onedrive_urls(integer, uuid)',
    'forget_released_onedrive_url(uuid)',
    'place_onedrive_upload(uuid, uuid, text)',
    'find_uploaded_twin(uuid, uuid, text, bigint)'
  ] loop
    execute format('revoke execute on function public.%s from public, anon, authenticated', v_function);
    execute format('grant execute on function public.%s to service_role', v_function);
  end loop;
end;
$$;
