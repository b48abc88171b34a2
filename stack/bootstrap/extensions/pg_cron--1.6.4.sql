-- Stand-in for pg_cron 1.6: the same tables, functions and rights; the jobs are run by stack/worker.

create schema cron;

create sequence cron.jobid_seq;
create sequence cron.runid_seq;

create table cron.job (
  jobid bigint primary key default nextval('cron.jobid_seq'),
  schedule text not null,
  command text not null,
  nodename text not null default 'localhost',
  nodeport integer not null default inet_server_port(),
  database text not null default current_database(),
  username text not null default current_user,
  active boolean not null default true,
  jobname text,
  constraint jobname_username_uniq unique (jobname, username)
);

create table cron.job_run_details (
  jobid bigint,
  runid bigint primary key default nextval('cron.runid_seq'),
  job_pid integer,
  database text,
  username text,
  command text,
  status text,
  return_message text,
  start_time timestamptz,
  end_time timestamptz
);

-- Everybody sees their own rows and no others.
alter table cron.job enable row level security;
create policy cron_job_policy on cron.job using (username = current_user);
alter table cron.job_run_details enable row level security;
create policy cron_job_run_details_policy on cron.job_run_details using (username = current_user);

-- The functions below write with the caller's rights, so that `current_user` is the owner of the job.
grant select, insert, update, delete on cron.job to public;
grant usage on sequence cron.jobid_seq to public;
grant select, delete on cron.job_run_details to public;

-- pg_cron lets nobody but a superuser write to cron.job. Rows are safe by their policy in any case; this
-- only makes a statement fail here that would fail on a hosted project.
create function cron._refuse_direct_write() returns trigger language plpgsql set search_path = '' as $$
begin
  if coalesce(current_setting('cron.writing', true), '') <> 'on' and not (
    select rolsuper from pg_catalog.pg_roles where rolname = current_user
  ) then
    raise insufficient_privilege using message = 'permission denied for table job';
  end if;
  return null;
end
$$;
create trigger refuse_direct_write before insert or update or delete on cron.job
  for each statement execute function cron._refuse_direct_write();

create function cron._announce_change() returns trigger language plpgsql set search_path = '' as $$
begin
  perform pg_catalog.pg_notify('cron_job_changed', '');
  return null;
end
$$;
create trigger announce_change after insert or update or delete on cron.job
  for each statement execute function cron._announce_change();

-- True for one field of a schedule, such as `*/5`, `1-10/2`, `1,15` or `mon-fri`.
create function cron._is_field(field text, low integer, high integer, names text[])
  returns boolean language plpgsql immutable set search_path = '' as $$
declare
  part text;
  bounds text[];
  bound text;
  position integer;
  last_value integer;
begin
  foreach part in array pg_catalog.string_to_array(pg_catalog.lower(field), ',') loop
    if part ~ '/' then
      if part !~ '/[1-9][0-9]*$' then return false; end if;
      part := pg_catalog.split_part(part, '/', 1);
    end if;
    if part = '*' then continue; end if;
    bounds := pg_catalog.string_to_array(part, '-');
    if pg_catalog.cardinality(bounds) not in (1, 2) then return false; end if;
    last_value := null;
    foreach bound in array bounds loop
      position := pg_catalog.array_position(names, bound);
      if position is not null then
        position := position - 1 + low;
      elsif bound ~ '^[0-9]{1,2}$' then
        position := bound::integer;
      else
        return false;
      end if;
      if position < low or position > high or position < last_value then return false; end if;
      last_value := position;
    end loop;
  end loop;
  return true;
end
$$;

create function cron._is_schedule(schedule text) returns boolean language plpgsql immutable set search_path = '' as $$
declare
  fields text[] := pg_catalog.regexp_split_to_array(pg_catalog.btrim(schedule), '\s+');
begin
  if pg_catalog.lower(pg_catalog.btrim(schedule)) ~ '^([1-9]|[1-5][0-9])\s+seconds?$' then return true; end if;
  if pg_catalog.cardinality(fields) <> 5 then return false; end if;
  return cron._is_field(fields[1], 0, 59, '{}')
    and cron._is_field(fields[2], 0, 23, '{}')
    and (fields[3] = '$' or cron._is_field(fields[3], 1, 31, '{}'))
    and cron._is_field(fields[4], 1, 12, '{jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec}')
    and cron._is_field(fields[5], 0, 7, '{sun,mon,tue,wed,thu,fri,sat}');
end
$$;

create function cron._check_schedule(schedule text) returns void language plpgsql set search_path = '' as $$
begin
  if schedule is null then
    raise null_value_not_allowed using message = 'schedule can not be NULL';
  end if;
  if not cron._is_schedule(schedule) then
    raise invalid_parameter_value using
      message = pg_catalog.format('invalid schedule: %s', schedule),
      hint = 'Use cron format (e.g. 5 4 * * *), or interval format ''[1-59] seconds''';
  end if;
end
$$;

create function cron.schedule(job_name text, schedule text, command text)
  returns bigint language plpgsql set search_path = '' as $$
declare
  id bigint;
begin
  if job_name is null then
    raise null_value_not_allowed using message = 'job_name can not be NULL';
  end if;
  if command is null then
    raise null_value_not_allowed using message = 'command can not be NULL';
  end if;
  perform cron._check_schedule(schedule.schedule);
  perform pg_catalog.set_config('cron.writing', 'on', true);
  insert into cron.job as job (jobname, schedule, command, username)
  values (schedule.job_name, schedule.schedule, schedule.command, current_user)
  on conflict on constraint jobname_username_uniq
  do update set schedule = excluded.schedule, command = excluded.command, active = true
  returning job.jobid into id;
  perform pg_catalog.set_config('cron.writing', '', true);
  return id;
end
$$;

create function cron.schedule(schedule text, command text)
  returns bigint language plpgsql set search_path = '' as $$
declare
  id bigint;
begin
  if command is null then
    raise null_value_not_allowed using message = 'command can not be NULL';
  end if;
  perform cron._check_schedule(schedule.schedule);
  perform pg_catalog.set_config('cron.writing', 'on', true);
  insert into cron.job as job (schedule, command, username)
  values (schedule.schedule, schedule.command, current_user)
  returning job.jobid into id;
  perform pg_catalog.set_config('cron.writing', '', true);
  return id;
end
$$;

create function cron.unschedule(job_id bigint) returns boolean language plpgsql set search_path = '' as $$
begin
  perform pg_catalog.set_config('cron.writing', 'on', true);
  delete from cron.job as job where job.jobid = job_id and job.username = current_user;
  if not found then
    raise exception 'could not find valid entry for job %', job_id;
  end if;
  perform pg_catalog.set_config('cron.writing', '', true);
  return true;
end
$$;

create function cron.unschedule(job_name text) returns boolean language plpgsql set search_path = '' as $$
begin
  perform pg_catalog.set_config('cron.writing', 'on', true);
  delete from cron.job as job where job.jobname = job_name and job.username = current_user;
  if not found then
    raise exception 'could not find valid entry for job ''%''', job_name;
  end if;
  perform pg_catalog.set_config('cron.writing', '', true);
  return true;
end
$$;

create function cron.alter_job(
  job_id bigint,
  schedule text default null,
  command text default null,
  database text default null,
  username text default null,
  active boolean default null
) returns void language plpgsql set search_path = '' as $$
begin
  if alter_job.schedule is not null then
    perform cron._check_schedule(alter_job.schedule);
  end if;
  perform pg_catalog.set_config('cron.writing', 'on', true);
  update cron.job as job
  set schedule = coalesce(alter_job.schedule, job.schedule),
      command = coalesce(alter_job.command, job.command),
      database = coalesce(alter_job.database, job.database),
      username = coalesce(alter_job.username, job.username),
      active = coalesce(alter_job.active, job.active)
  where job.jobid = alter_job.job_id;
  if not found then
    raise exception 'Job % does not exist or you don''t own it', job_id;
  end if;
  perform pg_catalog.set_config('cron.writing', '', true);
end
$$;

create function cron.schedule_in_database(
  job_name text,
  schedule text,
  command text,
  database text,
  username text default null,
  active boolean default true
) returns bigint language plpgsql set search_path = '' as $$
declare
  id bigint;
begin
  perform cron._check_schedule(schedule_in_database.schedule);
  perform pg_catalog.set_config('cron.writing', 'on', true);
  insert into cron.job as job (jobname, schedule, command, database, username, active)
  values (
    schedule_in_database.job_name, schedule_in_database.schedule, schedule_in_database.command,
    schedule_in_database.database, coalesce(schedule_in_database.username, current_user),
    schedule_in_database.active
  )
  on conflict on constraint jobname_username_uniq
  do update set schedule = excluded.schedule, command = excluded.command,
    database = excluded.database, active = excluded.active
  returning job.jobid into id;
  perform pg_catalog.set_config('cron.writing', '', true);
  return id;
end
$$;

revoke execute on function cron.alter_job(bigint, text, text, text, text, boolean) from public;
revoke execute on function cron.schedule_in_database(text, text, text, text, text, boolean) from public;
