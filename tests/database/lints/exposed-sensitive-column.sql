-- Tokens, passwords and the like must not stand in an exposed table that anybody can read.
-- splinter: 0023 sensitive_columns_exposed
-- violated by: create table public.broken (id int primary key, refresh_token text)
select c.oid::regclass || '.' || a.attname as finding
from pg_class as c
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'public'::regnamespace
  and c.relkind in ('r', 'p')
  and not c.relrowsecurity
  and a.attname ~* '(password|passwd|secret|token|api_?key|private_?key|credential|ssn|card_?number|cvv|iban)'
