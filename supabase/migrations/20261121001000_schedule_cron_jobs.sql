-- Scheduled work. Jobs only poke functions over HTTP; the functions claim rows themselves, so a missed or doubled
-- poke does no harm. Address and secret come from Vault (`project_url`, `cron_secret`).

do $$
begin
  if not exists (select from pg_catalog.pg_namespace where nspname = 'cron') then
    create extension pg_cron with schema pg_catalog;
  end if;
  if not exists (select from pg_catalog.pg_namespace where nspname = 'net') then
    create extension pg_net with schema extensions;
  end if;
end;
$$;

-- The signature covers time and path and is worth nothing after 60 seconds: queued requests are readable by every
-- database role. Without secrets nothing is sent and nothing fails, since triggers call this too.
create function private.call_function(path text, body jsonb default '{}'::jsonb)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_url text;
  v_secret text;
  v_path text := '/functions/v1/' || path;
  v_timestamp text := floor(extract(epoch from clock_timestamp()))::bigint::text;
begin
  select decrypted_secret into v_url from vault.decrypted_secrets where name = 'project_url';
  select decrypted_secret into v_secret from vault.decrypted_secrets where name = 'cron_secret';
  if v_url is null or v_secret is null then
    return null;
  end if;
  return net.http_post(
    url := rtrim(v_url, '/') || v_path,
    body := body,
    headers := jsonb_build_object(
      'content-type', 'application/json',
      'x-cron-timestamp', v_timestamp,
      'x-cron-signature', encode(extensions.hmac(v_timestamp || '.' || v_path, v_secret, 'sha256'), 'hex')
    ),
    timeout_milliseconds := 5000
  );
end;
$$;

-- Idempotent: a job is known by its name. pg_cron takes seconds from 1.5 on.
create function private.setup_cron_jobs()
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_version int[] := (
    select string_to_array(substring(extversion from '^\d+\.\d+'), '.')::int[]
    from pg_catalog.pg_extension
    where extname = 'pg_cron'
  );
  v_takes_seconds boolean := coalesce(v_version >= array[1, 5], false);
begin
  perform cron.schedule(
    'onedrive-refresh-tokens', '*/5 * * * *',
    $job$select private.call_function('onedrive/internal/refresh-tokens')$job$
  );
  perform cron.schedule(
    'onedrive-sweep-uploads', case when v_takes_seconds then '30 seconds' else '* * * * *' end,
    $job$select private.call_function('onedrive/internal/sweep-uploads')$job$
  );
  perform cron.schedule(
    'prune-finished-uploads', '17 3 * * *',
    $job$delete from public.onedrive_upload_sessions
      where status in ('complete', 'canceled', 'expired', 'failed') and updated_at < now() - interval '30 days'$job$
  );
  perform cron.schedule('prune-rate-limits', '11 4 * * *', 'select private.prune_rate_limits()');
  perform cron.schedule(
    'prune-cron-history', '23 * * * *',
    $job$delete from cron.job_run_details where end_time < now() - interval '7 days'$job$
  );
end;
$$;

comment on function private.call_function is
  'Posts to /functions/v1/<path> with an HMAC of time and path; null when Vault has no secrets.';
comment on function private.setup_cron_jobs is 'Schedules every job by name; safe to run again.';
revoke execute on function private.call_function(text, jsonb) from public, anon, authenticated, service_role;
revoke execute on function private.setup_cron_jobs() from public, anon, authenticated, service_role;

select private.setup_cron_jobs();
