-- What was seen of a file counts only while its drive is the connected one: a look that began before the account was
-- switched or disconnected must not mark videos of the old drive as reachable again.

alter function public.apply_onedrive_items(uuid, text, jsonb) set schema private;

-- The connection is held until the end, as a switch holds it: whichever comes second sees what the first one did.
create function public.apply_onedrive_items(p_user_id uuid, p_drive_id text, p_items jsonb) returns integer
language plpgsql
set search_path = ''
as $$
begin
  perform
  from public.user_onedrive_connections as account
  where account.user_id = p_user_id
    and lower(account.drive_id) = lower(p_drive_id)
    and account.status <> 'disconnected'
  for share;
  if not found then
    return 0;
  end if;
  return private.apply_onedrive_items(p_user_id, p_drive_id, p_items);
end;
$$;

comment on function public.apply_onedrive_items is
  'Takes over what OneDrive says about known files of the connected drive; returns how many are newly missing.';
comment on function private.apply_onedrive_items is
  'The work of public.apply_onedrive_items, which makes sure that the drive is the connected one.';

revoke execute on function public.apply_onedrive_items(uuid, text, jsonb) from public, anon, authenticated;
grant execute on function public.apply_onedrive_items(uuid, text, jsonb) to service_role;
