-- Caption templates: a text with placeholders such as {title}, which stand for what is known of a video's product. Read
-- and written straight from the web app under RLS. What placeholders become is contracts/render-caption.ts.

-- What no platform could take as a hashtag; letters of all scripts are judged when a post is made. A plain list: no
-- list of lists, no nulls.
create function private.are_hashtags(p_hashtags text[]) returns boolean
language sql
immutable
set search_path = ''
as $$
  select cardinality(p_hashtags) = 0 or (
    array_ndims(p_hashtags) = 1
    and cardinality(p_hashtags) <= 30
    and (
      select bool_and(tag is not null and tag ~ '^[^[:space:]#,;{}]{1,100}$') from unnest(p_hashtags) as tag
    )
  );
$$;

-- {platform: {caption, hashtags}}: words for one platform alone, and nothing else.
create function private.are_caption_variants(p_variants jsonb) returns boolean
language sql
immutable
set search_path = ''
as $$
  select jsonb_typeof(p_variants) = 'object'
    and octet_length(p_variants::text) <= 65536
    and not exists (
      select
      from jsonb_each(case jsonb_typeof(p_variants) when 'object' then p_variants else '{}' end) as variant (platform, words)
      where variant.platform not in ('tiktok', 'instagram', 'youtube', 'facebook')
        or jsonb_typeof(variant.words) <> 'object'
        or case jsonb_typeof(variant.words)
          when 'object' then variant.words - array['caption', 'hashtags'] <> '{}'
        end
        or jsonb_typeof(variant.words -> 'caption') is distinct from 'string'
        or jsonb_path_exists(variant.words, 'strict $.hashtags[*] ? (@.type() != "string")', '{}', true)
        or char_length(variant.words ->> 'caption') > 5000
        or jsonb_typeof(variant.words -> 'hashtags') is distinct from 'array'
        or not private.are_hashtags(array(
          select jsonb_array_elements_text(
            case jsonb_typeof(variant.words -> 'hashtags') when 'array' then variant.words -> 'hashtags' else '[]' end
          )
        ))
    );
$$;

comment on function private.are_hashtags is 'At most 30 hashtags of at most 100 characters, without # and blanks.';
comment on function private.are_caption_variants is 'Captions and hashtags by platform, within the limits of a template.';

revoke execute on function private.are_hashtags(text[]), private.are_caption_variants(jsonb)
  from public, anon, authenticated, service_role;
grant execute on function private.are_hashtags(text[]), private.are_caption_variants(jsonb)
  to authenticated, service_role;

create table public.caption_templates (
  id uuid primary key default private.uuid_v7(),
  user_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  name text not null,
  caption text not null default '',
  hashtags text[] not null default '{}',
  variants jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint template_name_is_once_per_user unique (user_id, name),
  constraint template_name_is_short_and_not_blank check (name = btrim(name) and char_length(name) between 1 and 80),
  constraint template_caption_is_short check (char_length(caption) <= 5000),
  constraint template_hashtags_are_few check (private.are_hashtags(hashtags)),
  constraint template_variants_are_well_formed check (private.are_caption_variants(variants))
);

comment on table public.caption_templates is 'Captions with placeholders, to be used again.';
comment on column public.caption_templates.variants is '{platform: {caption, hashtags}}: words for one platform alone.';

revoke all on public.caption_templates from public, anon, authenticated, service_role;
grant select, delete on public.caption_templates to authenticated;
grant insert (user_id, name, caption, hashtags, variants) on public.caption_templates to authenticated;
grant update (name, caption, hashtags, variants) on public.caption_templates to authenticated;
grant select, insert, update, delete on public.caption_templates to service_role;

alter table public.caption_templates enable row level security;

create policy "Users read their own templates" on public.caption_templates
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Users add their own templates" on public.caption_templates
  for insert to authenticated with check ((select auth.uid()) = user_id);
create policy "Users change their own templates" on public.caption_templates
  for update to authenticated
  using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);
create policy "Users remove their own templates" on public.caption_templates
  for delete to authenticated using ((select auth.uid()) = user_id);

create trigger caption_templates_limit before insert on public.caption_templates
  for each row execute function private.limit_own_rows('100');
create trigger caption_templates_set_updated_at before update on public.caption_templates
  for each row execute function private.set_updated_at();
