-- When the `account` function is poked: each minute while a deletion is due, and nightly for what was left behind.

-- Idempotent, as every set-up of jobs: a job is known by its name.
create function private.setup_account_jobs() returns void
language plpgsql
set search_path = ''
as $$
begin
  perform cron.schedule(
    'account-delete-accounts', '* * * * *',
    $job$select private.call_function('account/internal/delete-accounts') where exists (
      select from private.account_deletions
      where next_attempt_at <= now() and coalesce(lease_until, '-infinity') < now())$job$
  );
  perform cron.schedule(
    'account-sweep-objects', '41 3 * * *', $job$select private.call_function('account/internal/sweep-objects')$job$
  );
end;
$$;

comment on function private.setup_account_jobs is 'Schedules the jobs of the account function; safe to run again.';
revoke execute on function private.setup_account_jobs() from public, anon, authenticated, service_role;

select private.setup_account_jobs();
