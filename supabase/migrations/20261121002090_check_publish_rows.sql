-- What the columns of the engine's two busiest tables may hold, as a function for each table: a condition written into
-- the table itself is read, planned and set up anew by every statement that writes a row, which took longer than the
-- write. Rules between columns that matter for a post going out once stay conditions of their tables.

create function private.is_target_well_formed(
  p_platform text,
  p_status text,
  p_caption text,
  p_hashtags text[],
  p_options jsonb
)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_platform in ('tiktok', 'instagram', 'youtube', 'facebook')
    and p_status in (
      'draft', 'scheduled', 'preparing', 'uploading', 'processing', 'ready', 'publishing', 'published', 'retry_wait',
      'quota_wait', 'needs_reauth', 'needs_conversion', 'unknown', 'failed', 'canceled'
    )
    and coalesce(char_length(p_caption) <= 5000, true)
    and coalesce(cardinality(p_hashtags) <= 30, true)
    and jsonb_typeof(p_options) = 'object'
    and octet_length(p_options::text) <= 16384;
end;
$$;

create function private.is_job_well_formed(
  p_step text,
  p_checkpoint jsonb,
  p_secret text,
  p_secret_key_id text,
  p_lease_token uuid,
  p_lease_until timestamptz
)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_step in ('prepare', 'upload', 'poll', 'publish', 'confirm', 'reconcile')
    and jsonb_typeof(p_checkpoint) = 'object'
    and octet_length(p_checkpoint::text) <= 16384
    and (p_secret is null) = (p_secret_key_id is null)
    and (p_lease_token is null) = (p_lease_until is null);
end;
$$;

comment on function private.is_target_well_formed is
  'Known platform and status, caption of 5,000 characters, 30 hashtags, options an object of 16 KiB at most.';
comment on function private.is_job_well_formed is
  'Known step, checkpoint an object of 16 KiB at most; a secret has its key, a lease its end.';

revoke execute on function
  private.is_target_well_formed(text, text, text, text[], jsonb),
  private.is_job_well_formed(text, jsonb, text, text, uuid, timestamptz)
  from public, anon, authenticated, service_role;
grant execute on function
  private.is_target_well_formed(text, text, text, text[], jsonb),
  private.is_job_well_formed(text, jsonb, text, text, uuid, timestamptz)
  to service_role;
