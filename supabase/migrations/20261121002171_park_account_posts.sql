-- What is on its way to an account whose access ended waits for it together. Called by private.end_oauth_access.

-- Parks the targets of an account that nobody works on right now; those in a worker's hands are parked by it, and those
-- that are only scheduled when their time comes. A call that was made is asked about all the same. Returns how many.
-- The caller holds the account's lock.
create function private.park_account_posts(p_user_id uuid, p_connection_id uuid) returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_parked_count integer;
begin
  -- In the order of all writers; the statements after this one see what workers wrote.
  perform
  from private.publish_jobs as job
  where job.target_id in (
    select target.id from public.publishing_queue as target
    where target.user_id = p_user_id and target.connection_id = p_connection_id
  )
  order by job.target_id
  for update;
  with parked as (
    update private.publish_jobs as job
    set work_at = null, is_waiting = false
    from public.publishing_queue as target
    where target.id = job.target_id
      and target.user_id = p_user_id
      and target.connection_id = p_connection_id
      and target.status in ('preparing', 'uploading', 'processing', 'ready', 'retry_wait', 'quota_wait')
      and job.lease_token is null
      and job.called_at is null
    returning job.target_id
  ),
  shown as (
    update public.publishing_queue as target
    set status = 'needs_reauth',
        retry_at = null,
        error_code = 'post_reauth_required',
        error_message = 'Connect this account again; the post then goes on by itself.'
    from parked
    where target.id = parked.target_id
    returning 1
  )
  select count(*) into v_parked_count from shown;
  return v_parked_count;
end;
$$;

comment on function private.park_account_posts is 'Parks what is on its way to an account in needs_reauth; how many.';

revoke execute on function private.park_account_posts(uuid, uuid) from public, anon, authenticated, service_role;
grant execute on function private.park_account_posts(uuid, uuid) to service_role;
