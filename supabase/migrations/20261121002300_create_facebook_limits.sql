-- What publishing to Facebook Pages needs of limits and pauses, and the way videos go to Instagram.

insert into private.provider_budgets
  (budget, scope, max_count, window_kind, window_seconds, is_shared_fairly, is_reserved, description)
values
  ('facebook.reels', 'account', 30, 'rolling', 86400, false, true,
    'Reels of a Page by API in 24 hours (Reels Publishing API, Rate Limit).');

update private.settings
set value = value || '{"facebook": [2, 2, 4, 8, 15, 30]}'
where key = 'publish.poll_seconds';

update private.settings
set value = value || '{"facebook": 20}'
where key = 'publish.max_polls';

insert into private.settings (key, value, description) values
  ('publish.instagram_upload', '"pull"',
    'How videos come to Instagram accounts behind a Facebook Page: pull, from a staged copy, or push, straight from '
      || 'OneDrive. Accounts of Instagram''s own sign-in always pull.');

create function public.read_instagram_upload() returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select setting.value #>> '{}' from private.settings as setting where setting.key = 'publish.instagram_upload'),
    'pull'
  );
$$;

comment on function public.read_instagram_upload is 'How videos come to Instagram accounts behind a Page: pull or push.';

revoke execute on function public.read_instagram_upload() from public, anon, authenticated;
grant execute on function public.read_instagram_upload() to service_role;
