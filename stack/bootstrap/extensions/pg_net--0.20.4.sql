-- Stand-in for pg_net 0.20: the same tables, functions and rights; the requests are sent by stack/worker.

create schema net;

create domain net.http_method as text check (value in ('GET', 'POST', 'DELETE'));
create type net.request_status as enum ('PENDING', 'SUCCESS', 'ERROR');

-- Unlogged, as in pg_net: a crash empties both.
create unlogged table net.http_request_queue (
  id bigserial,
  method net.http_method not null,
  url text not null,
  headers jsonb,
  body bytea,
  timeout_milliseconds integer not null
);

create unlogged table net._http_response (
  id bigint,
  status_code integer,
  content_type text,
  headers jsonb,
  content text,
  timed_out boolean,
  error_msg text,
  created timestamptz not null default now()
);
create index on net._http_response (created);

-- Percent-encodes everything but unreserved characters, with `+` for a space, as curl does for query values.
create function net._urlencode_string(string text) returns text language sql immutable strict set search_path = '' as $$
  select coalesce(pg_catalog.string_agg(
    case
      when c.code in (45, 46, 95, 126) or c.code between 48 and 57
        or c.code between 65 and 90 or c.code between 97 and 122 then pg_catalog.chr(c.code)
      else '%' || pg_catalog.upper(pg_catalog.lpad(pg_catalog.to_hex(c.code), 2, '0'))
    end, '' order by c.place
  ), '')
  from (
    select place, pg_catalog.get_byte(pg_catalog.convert_to(string, 'UTF8'), place) as code
    from pg_catalog.generate_series(0, pg_catalog.octet_length(string) - 1) as place
  ) as c
$$;

-- The URL with its query appended. Raises for anything that is not an http or https URL.
create function net._request_url(url text, params jsonb) returns text language plpgsql immutable set search_path = '' as $$
declare
  query text;
begin
  if url is null then
    raise null_value_not_allowed using message = 'null value in column "url" of relation "http_request_queue" violates not-null constraint';
  end if;
  if url ~ '^[a-zA-Z][a-zA-Z0-9+.-]*:' and url !~* '^https?://' then
    raise exception 'Unsupported URL scheme: %', pg_catalog.split_part(url, ':', 1);
  end if;
  if url !~* '^https?://[^/?#\s]+[^\s]*$' then
    raise exception 'Malformed URL: %', url;
  end if;
  select pg_catalog.string_agg(net._urlencode_string(key) || '=' || net._urlencode_string(value), '&')
  into query
  from pg_catalog.jsonb_each_text(coalesce(params, '{}'));
  if query is null then return url; end if;
  return url || case when url ~ '\?' then '&' else '?' end || query;
end
$$;

create function net.wake() returns void language plpgsql set search_path = '' as $$
begin
  -- Heard by the worker when the transaction commits; a rollback sends nothing.
  perform pg_catalog.pg_notify('net_request_queued', '');
end
$$;

create function net.http_get(
  url text,
  params jsonb default '{}'::jsonb,
  headers jsonb default '{}'::jsonb,
  timeout_milliseconds integer default 5000
) returns bigint language plpgsql set search_path = '' as $$
declare
  request_id bigint;
begin
  insert into net.http_request_queue as queue (method, url, headers, timeout_milliseconds)
  values ('GET', net._request_url(http_get.url, http_get.params), http_get.headers, http_get.timeout_milliseconds)
  returning queue.id into request_id;
  perform net.wake();
  return request_id;
end
$$;

create function net.http_post(
  url text,
  body jsonb default '{}'::jsonb,
  params jsonb default '{}'::jsonb,
  headers jsonb default '{"Content-Type": "application/json"}'::jsonb,
  timeout_milliseconds integer default 5000
) returns bigint language plpgsql set search_path = '' as $$
declare
  request_id bigint;
  content_type text;
begin
  select pg_catalog.split_part(value, ';', 1) into content_type
  from pg_catalog.jsonb_each_text(coalesce(http_post.headers, '{}'))
  where pg_catalog.lower(key) = 'content-type'
  limit 1;
  if content_type is null then
    headers := coalesce(http_post.headers, '{}') || '{"Content-Type": "application/json"}';
  elsif pg_catalog.lower(pg_catalog.btrim(content_type)) <> 'application/json' then
    raise exception 'Content-Type header must be "application/json"';
  end if;
  insert into net.http_request_queue as queue (method, url, headers, body, timeout_milliseconds)
  values (
    'POST', net._request_url(http_post.url, http_post.params), http_post.headers,
    pg_catalog.convert_to(http_post.body::text, 'UTF8'), http_post.timeout_milliseconds
  )
  returning queue.id into request_id;
  perform net.wake();
  return request_id;
end
$$;

create function net.http_delete(
  url text,
  params jsonb default '{}'::jsonb,
  headers jsonb default '{}'::jsonb,
  timeout_milliseconds integer default 5000,
  body jsonb default null
) returns bigint language plpgsql set search_path = '' as $$
declare
  request_id bigint;
begin
  insert into net.http_request_queue as queue (method, url, headers, body, timeout_milliseconds)
  values (
    'DELETE', net._request_url(http_delete.url, http_delete.params), http_delete.headers,
    pg_catalog.convert_to(http_delete.body::text, 'UTF8'), http_delete.timeout_milliseconds
  )
  returning queue.id into request_id;
  perform net.wake();
  return request_id;
end
$$;

create function net.worker_restart() returns boolean language sql set search_path = '' as $$
  select net.wake();
  select true
$$;

create function net.check_worker_is_up() returns void language sql set search_path = '' as $$ select null::void $$;
create function net.wait_until_running() returns void language sql set search_path = '' as $$ select null::void $$;

grant usage on schema net to public;
grant all on all tables in schema net to public;
grant all on all sequences in schema net to public;
