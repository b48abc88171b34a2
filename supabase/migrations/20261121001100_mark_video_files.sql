-- Why a video cannot be played, and whether its file was replaced. Written by functions after they looked at the
-- file in OneDrive; users only read it.

alter table public.product_videos
  add column unreachable_reason text,
  add column content_changed_at timestamptz,
  add column onedrive_ctag text;

-- Videos that were unreachable before there was a reason: the account's state tells it.
update public.product_videos as video
set unreachable_reason = coalesce(
  (
    select case
      when account.status = 'disconnected' then 'disconnected'
      when lower(account.drive_id) <> lower(video.onedrive_drive_id) then 'other_account'
    end
    from public.user_onedrive_connections as account
    where account.user_id = video.user_id
  ),
  'missing'
)
where video.unreachable_at is not null;

alter table public.product_videos
  add constraint video_unreachable_reason_is_known
    check (unreachable_reason in ('missing', 'other_account', 'disconnected')),
  add constraint video_is_unreachable_for_a_reason check ((unreachable_at is null) = (unreachable_reason is null));

comment on column public.product_videos.unreachable_reason is
  'missing: deleted or moved out of the drive; other_account: another OneDrive is connected; disconnected: none is.';
comment on column public.product_videos.content_changed_at is
  'When it was noticed that the file holds other bytes than the ones uploaded or linked; null while it does not.';
comment on column public.product_videos.onedrive_ctag is
  'Graph''s cTag of the bytes last seen; it changes with the content, not with the name.';

-- Writers that only know "reachable or not" stay right: without a reason the file itself is missing.
create function private.settle_video_reach() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.unreachable_at is null then
    new.unreachable_reason := null;
  elsif new.unreachable_reason is null then
    new.unreachable_reason := 'missing';
  end if;
  return new;
end;
$$;

comment on function private.settle_video_reach() is 'Trigger of product_videos: time and reason come and go together.';
revoke execute on function private.settle_video_reach() from public, anon, authenticated, service_role;

create trigger product_videos_settle_reach
  before insert or update of unreachable_at, unreachable_reason on public.product_videos
  for each row execute function private.settle_video_reach();

-- Files are looked up by drive and item when OneDrive reports changes; drive ids vary in letter case.
create index product_videos_onedrive_item_idx
  on public.product_videos (user_id, lower(onedrive_drive_id), onedrive_item_id);
