-- What a platform takes and turns down afterwards. Called by the `publish` function as service_role.

-- The platform's own word that the post it had accepted is not there and will not come: the only way from a call that
-- had its effect to failed. Only while it is asked about that post (confirm). False when the lease was lost.
create function public.reject_irreversible_call(
  p_target_id uuid,
  p_lease_token uuid,
  p_error_code text,
  p_error_message text,
  p_provider_reference text default null
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  update private.publish_jobs as job
  set lease_token = null, lease_until = null,
      lost_leases = 0,
      step_attempts = 0,
      is_waiting = false,
      work_at = null,
      called_at = null,
      settle_until = null,
      step = 'prepare',
      checkpoint = '{}',
      secret = null,
      secret_key_id = null
  where job.target_id = p_target_id
    and job.lease_token = p_lease_token
    and job.called_at is not null
    and job.step = 'confirm'
  returning job.user_id into v_user_id;
  if not found then
    return false;
  end if;
  update public.publishing_queue as target
  set status = 'failed',
      attempts = target.attempts + 1,
      called_at = null,
      retry_at = null,
      error_code = p_error_code,
      error_message = p_error_message
  where target.id = p_target_id;
  insert into public.publish_attempts (
    user_id, target_id, step, outcome, error_code, error_message, provider_reference
  )
  values (v_user_id, p_target_id, 'confirm', 'failed', p_error_code, p_error_message, p_provider_reference);
  return true;
end;
$$;

comment on function public.reject_irreversible_call is
  'The platform turned down the post it had accepted: failed. False when the lease was lost.';

revoke execute on function public.reject_irreversible_call(uuid, uuid, text, text, text)
  from public, anon, authenticated, service_role;
grant execute on function public.reject_irreversible_call(uuid, uuid, text, text, text) to service_role;
