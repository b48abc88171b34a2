-- Uploads that no browser finishes any more. Called by the sweep job of the `onedrive` function as service_role.

-- In random order, so that uploads which cannot be asked about never keep the others waiting.
create function public.list_onedrive_uploads_to_sweep(p_limit integer)
returns setof public.onedrive_upload_sessions
language sql
volatile
set search_path = ''
as $$
  select s.*
  from public.onedrive_upload_sessions s
  join public.user_onedrive_connections c on c.user_id = s.user_id and c.id = s.connection_id
  where c.status in ('connected', 'expiring', 'error')
    and (
      (s.status = 'active' and s.expires_at < now())
      or (
        s.status = 'verifying' and s.claimed_quickxor is not null
        and s.updated_at < now() - interval '20 seconds'
      )
    )
  order by random()
  limit p_limit;
$$;

comment on function public.list_onedrive_uploads_to_sweep is
  'Uploads past their expiry or waiting for OneDrive''s hash; called by the sweep job.';
revoke execute on function public.list_onedrive_uploads_to_sweep(integer) from public, anon, authenticated;
grant execute on function public.list_onedrive_uploads_to_sweep(integer) to service_role;
