-- A video that a post still needs is not removed, and one that is being removed is not posted any more. Removing takes
-- three steps: it is claimed here, its file goes, its row goes. Called by the `videos` function as service_role.

create table private.video_removals (
  video_id uuid primary key,
  user_id uuid not null,
  started_at timestamptz not null default now(),
  constraint removed_video_is_its_users foreign key (user_id, video_id)
    references public.product_videos (user_id, id) on delete cascade
);

create index video_removals_video_idx on private.video_removals (user_id, video_id);

comment on table private.video_removals is 'Videos whose file is being deleted: no post takes them any more.';

revoke all on private.video_removals from public, anon, authenticated, service_role;
grant select, insert, update, delete on private.video_removals to service_role;

-- The targets that still need a video: {post_id, target_id, platform, scheduled_for}; null when there is none.
create function private.find_video_uses(p_user_id uuid, p_video_id uuid) returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_agg(
    jsonb_build_object(
      'post_id', post.id, 'target_id', target.id, 'platform', target.platform, 'scheduled_for', target.scheduled_for
    )
    order by target.scheduled_for, target.id
  )
  from public.published_videos as post
  join public.publishing_queue as target on target.user_id = post.user_id and target.published_video_id = post.id
  where post.user_id = p_user_id
    and post.video_id = p_video_id
    and target.status not in ('draft', 'published', 'failed', 'canceled');
$$;

create function private.refuse_used_video(p_user_id uuid, p_video_id uuid) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_uses jsonb := private.find_video_uses(p_user_id, p_video_id);
begin
  if v_uses is not null then
    raise sqlstate 'PT409' using
      message = 'Posts that have not gone out yet use this video. Cancel them first.',
      detail = 'video_in_use',
      hint = v_uses::text;
  end if;
end;
$$;

-- Before the file goes. Whoever starts a post takes the account's lock too: either its post is seen here, or it sees
-- the claim. A claim ends by itself, in case its owner dies: the row is still there then, and so may be the file.
create function public.begin_video_removal(p_user_id uuid, p_video_id uuid) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_accounts(array[p_user_id]);
  perform private.refuse_used_video(p_user_id, p_video_id);
  insert into private.video_removals as removal (video_id, user_id)
  select video.id, video.user_id
  from public.product_videos as video
  where video.user_id = p_user_id and video.id = p_video_id
  on conflict (video_id) do update set started_at = now();
end;
$$;

-- The file could not be deleted: the video is there as before.
create function public.give_up_video_removal(p_user_id uuid, p_video_id uuid) returns void
language sql
set search_path = ''
as $$
  delete from private.video_removals as removal where removal.user_id = p_user_id and removal.video_id = p_video_id;
$$;

create function private.is_video_leaving(p_video_id uuid) returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from private.video_removals as removal
    where removal.video_id = p_video_id and removal.started_at > now() - interval '10 minutes'
  );
$$;

-- Whoever deletes the row, also by hand. Runs as its owner: it must see posts and accounts. A leaving account takes its
-- videos along; its row is gone by then.
create function private.guard_used_videos() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if exists (select from auth.users as account where account.id = old.user_id) then
    perform private.refuse_used_video(old.user_id, old.id);
  end if;
  return old;
end;
$$;

comment on function private.find_video_uses is 'The targets that still need a video, as a JSON list; null for none.';
comment on function private.refuse_used_video is 'Raises video_in_use with private.find_video_uses as hint.';
comment on function public.begin_video_removal is
  'Claims a video for removal before its file is deleted; no post takes it any more. Raises video_in_use.';
comment on function public.give_up_video_removal is 'Takes the claim of begin_video_removal back.';
comment on function private.is_video_leaving is 'Whether the file of a video is being deleted.';
comment on function private.guard_used_videos() is 'Trigger of product_videos: raises video_in_use.';

revoke execute on function
  private.find_video_uses(uuid, uuid), private.refuse_used_video(uuid, uuid), public.begin_video_removal(uuid, uuid),
  public.give_up_video_removal(uuid, uuid), private.is_video_leaving(uuid), private.guard_used_videos()
  from public, anon, authenticated, service_role;
grant execute on function
  private.find_video_uses(uuid, uuid), private.refuse_used_video(uuid, uuid), public.begin_video_removal(uuid, uuid),
  public.give_up_video_removal(uuid, uuid), private.is_video_leaving(uuid)
  to service_role;

create trigger product_videos_guard_used before delete on public.product_videos
  for each row execute function private.guard_used_videos();
