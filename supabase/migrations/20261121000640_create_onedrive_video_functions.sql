-- Columns of product_videos that follow files, not wishes: poster, reachability, removal. Called by the `videos`
-- function as service_role after it looked at the file itself.

create function public.set_video_poster(p_user_id uuid, p_video_id uuid, p_poster_path text)
returns setof public.product_videos
language sql
set search_path = ''
as $$
  update public.product_videos v
  set poster_path = p_poster_path
  where v.id = p_video_id and v.user_id = p_user_id
  returning v.*;
$$;

create function public.set_video_reachable(p_user_id uuid, p_video_id uuid, p_is_reachable boolean)
returns void
language sql
set search_path = ''
as $$
  update public.product_videos v
  set unreachable_at = case when p_is_reachable then null else now() end
  where v.id = p_video_id and v.user_id = p_user_id and (v.unreachable_at is not null) = p_is_reachable;
$$;

create function public.remove_video(p_user_id uuid, p_video_id uuid)
returns void
language sql
set search_path = ''
as $$
  -- Before the row: deleting waits for the account's lock too (see create_account_locks).
  select private.lock_accounts(array[p_user_id]);
  delete from public.product_videos v where v.id = p_video_id and v.user_id = p_user_id;
$$;

comment on function public.set_video_poster is 'Records the poster of a video after its object was found.';
comment on function public.set_video_reachable is 'Marks whether the file of a video is in the connected account.';
comment on function public.remove_video is 'Removes a video; its tasks follow by trigger.';

revoke execute on function public.set_video_poster(uuid, uuid, text) from public, anon, authenticated;
revoke execute on function public.set_video_reachable(uuid, uuid, boolean) from public, anon, authenticated;
revoke execute on function public.remove_video(uuid, uuid) from public, anon, authenticated;
grant execute on function public.set_video_poster(uuid, uuid, text) to service_role;
grant execute on function public.set_video_reachable(uuid, uuid, boolean) to service_role;
grant execute on function public.remove_video(uuid, uuid) to service_role;
