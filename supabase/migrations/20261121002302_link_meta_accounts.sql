-- Which Page an Instagram account belongs to, so that a post for one can be offered to the other. Written by the
-- `publish` function as service_role.

alter table public.oauth_connections add column linked_account_id text;

alter table public.oauth_connections add constraint oauth_linked_account_id_is_short
  check (char_length(linked_account_id) between 1 and 200);

comment on column public.oauth_connections.linked_account_id is
  'account_id of the other half at Meta: an Instagram account''s Page, a Page''s Instagram account; null when not told.';

-- p_links: {account_id: linked account_id}. What the platform did not tell this time stays.
create function public.link_oauth_accounts(p_user_id uuid, p_platform text, p_links jsonb) returns void
language sql
set search_path = ''
as $$
  update public.oauth_connections as account
  set linked_account_id = link.value
  from jsonb_each_text(p_links) as link
  where account.user_id = p_user_id
    and account.platform = p_platform
    and account.account_id = link.key
    and account.linked_account_id is distinct from link.value;
$$;

comment on function public.link_oauth_accounts is 'Notes which accounts of a sign-in belong to which Pages, or Pages to which.';

revoke execute on function public.link_oauth_accounts(uuid, text, jsonb) from public, anon, authenticated;
grant execute on function public.link_oauth_accounts(uuid, text, jsonb) to service_role;
