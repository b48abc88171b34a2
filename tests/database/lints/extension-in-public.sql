-- Extensions belong in schema extensions.
-- splinter: 0014 extension_in_public
-- violated by: create extension fuzzystrmatch schema public
select e.extname as finding
from pg_extension as e
where e.extnamespace = 'public'::regnamespace
