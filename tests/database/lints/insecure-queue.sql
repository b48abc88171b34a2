-- A queue whose table lacks row level security is open to whoever reaches the queue's functions.
-- splinter: 0019 insecure_queue_exposed_in_api
-- violated by: create schema pgmq; create table pgmq.q_broken (msg_id bigint primary key)
select c.oid::regclass::text as finding
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = 'pgmq' and c.relname ~ '^[aq]_' and c.relkind in ('r', 'p') and not c.relrowsecurity
