-- What a video's file says of itself: looked at once per file, by the `publish` function (service_role), before it
-- goes to a platform. A user reads their own.

create table public.video_formats (
  user_id uuid not null,
  video_id uuid not null,
  file_key text not null,
  facts jsonb not null,
  looked_at timestamptz not null default now(),
  primary key (video_id, file_key),
  constraint format_video_is_its_users foreign key (user_id, video_id)
    references public.product_videos (user_id, id) on delete cascade,
  constraint format_file_key_is_short check (char_length(file_key) between 1 and 300),
  constraint format_facts_are_a_small_object check (
    jsonb_typeof(facts) = 'object' and octet_length(facts::text) <= 4096
  )
);

create index video_formats_video_idx on public.video_formats (user_id, video_id, looked_at desc);

comment on table public.video_formats is 'What the files of videos say of themselves, once per file.';
comment on column public.video_formats.file_key is 'The file''s hash, or what OneDrive tells instead: another file has another.';
comment on column public.video_formats.facts is
  'Container, codecs, seconds, bytes, pixels as shown, frames a second: videoFormatSchema of the contracts.';

revoke all on public.video_formats from public, anon, authenticated, service_role;
grant select on public.video_formats to authenticated;
grant select, insert, update, delete on public.video_formats to service_role;

alter table public.video_formats enable row level security;

create policy "Users see the formats of their own videos" on public.video_formats
  for select to authenticated using ((select auth.uid()) = user_id);

-- A video that is removed meanwhile takes its facts along: nothing is stored then.
create function public.save_video_format(p_user_id uuid, p_video_id uuid, p_file_key text, p_facts jsonb)
returns void
language sql
set search_path = ''
as $$
  insert into public.video_formats as known (user_id, video_id, file_key, facts)
  select video.user_id, video.id, p_file_key, p_facts
  from public.product_videos as video
  where video.user_id = p_user_id and video.id = p_video_id
  on conflict (video_id, file_key) do update set facts = excluded.facts, looked_at = now();
$$;

-- Null when the file was not looked at. Without a key: of the file which the video's row tells of.
create function public.find_video_format(p_user_id uuid, p_video_id uuid, p_file_key text default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select known.facts
  from public.video_formats as known
  join public.product_videos as video on video.user_id = known.user_id and video.id = known.video_id
  where known.user_id = p_user_id
    and known.video_id = p_video_id
    and case
      when p_file_key is not null then known.file_key = p_file_key
      else (known.facts ->> 'size_bytes')::bigint = video.size_bytes
        and known.looked_at >= coalesce(video.content_changed_at, '-infinity')
    end
  order by known.looked_at desc
  limit 1;
$$;

insert into private.settings (key, value, description) values
  ('publish.format_limits', '{}',
    'What platforms take, where it differs from the product''s table: {"instagram": {"max_duration_seconds": 90}}.');

create function public.read_format_limits() returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select setting.value from private.settings as setting where setting.key = 'publish.format_limits'), '{}'
  );
$$;

comment on function public.save_video_format is 'Stores what a file says of itself; called after looking at it.';
comment on function public.find_video_format is
  'What a file says of itself; null when nobody looked. Without a key: of the present file.';
comment on function public.read_format_limits is 'What an operator changed of the platforms'' limits.';

revoke execute on function
  public.save_video_format(uuid, uuid, text, jsonb), public.find_video_format(uuid, uuid, text),
  public.read_format_limits()
  from public, anon, authenticated;
grant execute on function
  public.save_video_format(uuid, uuid, text, jsonb), public.find_video_format(uuid, uuid, text),
  public.read_format_limits()
  to service_role;
