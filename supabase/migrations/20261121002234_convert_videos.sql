-- How workers make a variant: one at a time by a lease that ends by itself, every step recorded before the next.
-- Called by the `publish` function as service_role.

-- The variant, made if there is none. `lease_token` is the right to work on it; null while somebody else does, before
-- its next try is due, and once it is ready or failed. One that failed a while ago begins anew: somebody asked again.
create function public.claim_video_variant(
  p_user_id uuid,
  p_video_id uuid,
  p_source_key text,
  p_recipe text,
  p_lease_seconds integer
)
returns table (
  variant_id uuid,
  status text,
  size_bytes bigint,
  error_code text,
  object_path text,
  job_id text,
  job_number integer,
  is_job_overdue boolean,
  stored_bytes bigint,
  upload_url text,
  key_id text,
  wait_seconds double precision,
  lease_token uuid
)
language plpgsql
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_id uuid;
begin
  insert into public.video_variants (user_id, video_id, source_key, recipe)
  values (p_user_id, p_video_id, p_source_key, p_recipe)
  on conflict (video_id, source_key, recipe) do nothing;
  select variant.id into v_id
  from public.video_variants as variant
  where variant.user_id = p_user_id
    and variant.video_id = p_video_id
    and variant.source_key = p_source_key
    and variant.recipe = p_recipe;
  insert into private.variant_works (variant_id, object_path)
  values (v_id, p_user_id || '/' || v_id || '.mp4')
  on conflict do nothing;

  -- Whoever waits for this lock decides by what is there afterwards: statements below are new ones.
  perform from private.variant_works as work where work.variant_id = v_id for update;
  update private.variant_works as work
  set failed_at = null, failures = 0, retry_at = null, job_id = null, job_number = work.job_number + 1,
      stored_bytes = 0, upload_url = null, key_id = null
  where work.variant_id = v_id and work.failed_at < now() - interval '1 minute' and work.removing_at is null;
  if found then
    update public.video_variants as variant
    set status = 'waiting', error_code = null, error_message = null, size_bytes = null
    where variant.id = v_id;
  end if;
  update private.variant_works as work
  set lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => least(p_lease_seconds, 1800))
  where work.variant_id = v_id
    and work.removing_at is null
    and work.failed_at is null
    and coalesce(work.retry_at, '-infinity') <= now()
    and (coalesce(work.lease_until, '-infinity') <= now() or work.lease_until > now() + interval '1 hour')
    and exists (select from public.video_variants as variant where variant.id = v_id and variant.status <> 'ready');
  return query
  select
    variant.id,
    case when work.removing_at is null then variant.status else 'waiting' end,
    variant.size_bytes, variant.error_code,
    work.object_path, work.job_id, work.job_number,
    coalesce(work.job_began_at < now() - make_interval(secs => (
      select (setting.value #>> '{}')::double precision from private.settings as setting
      where setting.key = 'publish.conversion_max_seconds'
    )), false),
    work.stored_bytes, work.upload_url, work.key_id,
    greatest(extract(epoch from work.retry_at - now()), 0)::double precision,
    case when found then work.lease_token end
  from public.video_variants as variant
  join private.variant_works as work on work.variant_id = variant.id
  where variant.id = v_id;
end;
$$;

-- How far it is. p_release gives the right back. False when it was lost: then nothing was written.
create function public.save_video_variant(
  p_variant_id uuid,
  p_lease_token uuid,
  p_status text,
  p_job_id text,
  p_size_bytes bigint,
  p_stored_bytes bigint,
  p_upload_url text,
  p_key_id text,
  p_release boolean
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update private.variant_works as work
  set job_id = p_job_id,
      job_began_at = case
        when p_job_id is null then null
        when work.job_id is distinct from p_job_id then now()
        else work.job_began_at
      end,
      failures = case
        when work.job_id is distinct from p_job_id or work.stored_bytes <> p_stored_bytes then 0 else work.failures
      end,
      stored_bytes = p_stored_bytes,
      upload_url = p_upload_url,
      key_id = p_key_id,
      retry_at = null,
      lease_token = case when p_release then null else work.lease_token end,
      lease_until = case when p_release then null else now() + interval '1 minute' end
  where work.variant_id = p_variant_id and work.lease_token = p_lease_token;
  if not found then
    return false;
  end if;
  update public.video_variants as variant
  set status = p_status,
      size_bytes = p_size_bytes,
      ready_at = case when p_status = 'ready' then now() end
  where variant.id = p_variant_id
    and (variant.status, coalesce(variant.size_bytes, 0)) is distinct from (p_status, coalesce(p_size_bytes, 0));
  return true;
end;
$$;

-- A try did not succeed. Returns the pause until the next one, seconds; null when that was the last, or p_is_final:
-- then the variant has failed. p_is_job_gone: the next try is a new job. -1 when the right was lost.
create function public.fail_variant_try(
  p_variant_id uuid,
  p_lease_token uuid,
  p_error_code text,
  p_error_message text,
  p_is_job_gone boolean,
  p_is_final boolean,
  p_wait_seconds double precision default null
)
returns double precision
language plpgsql
set search_path = ''
as $$
declare
  v_pauses jsonb := private.publish_pauses('publish.conversion_delays_seconds');
  v_work private.variant_works;
  v_pause double precision;
begin
  select work.* into v_work
  from private.variant_works as work
  where work.variant_id = p_variant_id and work.lease_token = p_lease_token
  for update;
  if not found then
    return -1;
  end if;
  if not p_is_final then
    v_pause := greatest((v_pauses ->> v_work.failures)::double precision, p_wait_seconds);
    if v_work.failures >= jsonb_array_length(v_pauses) then
      v_pause := null;
    end if;
  end if;
  update private.variant_works as work
  set failures = work.failures + 1,
      retry_at = now() + make_interval(secs => v_pause),
      failed_at = case when v_pause is null then now() end,
      job_id = case when p_is_job_gone then null else work.job_id end,
      job_began_at = case when p_is_job_gone then null else work.job_began_at end,
      job_number = work.job_number + p_is_job_gone::integer,
      -- Another job makes other bytes.
      stored_bytes = case when p_is_job_gone then 0 else work.stored_bytes end,
      upload_url = case when not p_is_job_gone then work.upload_url end,
      key_id = case when not p_is_job_gone then work.key_id end,
      lease_token = null,
      lease_until = null
  where work.variant_id = p_variant_id;
  update public.video_variants as variant
  set status = case when v_pause is null then 'failed' when p_is_job_gone then 'waiting' else variant.status end,
      size_bytes = case when not p_is_job_gone then variant.size_bytes end,
      error_code = p_error_code,
      error_message = p_error_message
  where variant.id = p_variant_id;
  return v_pause;
end;
$$;

comment on function public.claim_video_variant is
  'A variant and the right to make it; without the right while somebody else does, and once it is ready or failed.';
comment on function public.save_video_variant is 'Stores how far a variant is; false when the right was lost.';
comment on function public.fail_variant_try is
  'A try failed: the pause until the next, null when there is none, -1 when the right was lost.';

revoke execute on function
  public.claim_video_variant(uuid, uuid, text, text, integer),
  public.save_video_variant(uuid, uuid, text, text, bigint, bigint, text, text, boolean),
  public.fail_variant_try(uuid, uuid, text, text, boolean, boolean, double precision)
  from public, anon, authenticated;
grant execute on function
  public.claim_video_variant(uuid, uuid, text, text, integer),
  public.save_video_variant(uuid, uuid, text, text, bigint, bigint, text, text, boolean),
  public.fail_variant_try(uuid, uuid, text, text, boolean, boolean, double precision)
  to service_role;
