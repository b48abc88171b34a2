-- A new account starts with thirteen product statuses, from first contact to the archive.

-- Runs as its owner: it fires inside the auth server's insert, whose role has no rights on our tables.
create function private.create_default_statuses() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.crm_statuses (user_id, position, name, color)
  values
    (new.id, 0, 'Sourced', '#64748b'),
    (new.id, 1, 'Contacted', '#0ea5e9'),
    (new.id, 2, 'Agreed', '#06b6d4'),
    (new.id, 3, 'Ordered', '#6366f1'),
    (new.id, 4, 'Shipped', '#8b5cf6'),
    (new.id, 5, 'Received', '#a855f7'),
    (new.id, 6, 'Filming', '#ec4899'),
    (new.id, 7, 'Editing', '#f43f5e'),
    (new.id, 8, 'Ready to upload', '#f59e0b'),
    (new.id, 9, 'Uploaded', '#84cc16'),
    (new.id, 10, 'Live', '#22c55e'),
    (new.id, 11, 'Sold', '#14b8a6'),
    (new.id, 12, 'Archived', '#94a3b8')
  on conflict (user_id, name) do nothing;
  return null;
end;
$$;

comment on function private.create_default_statuses() is
  'Trigger of auth.users: the thirteen statuses of a new account.';

revoke execute on function private.create_default_statuses() from public, anon, authenticated, service_role;

create trigger cliprelay_create_default_statuses after insert on auth.users
  for each row execute function private.create_default_statuses();
