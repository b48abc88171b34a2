-- Extensions belong in schema extensions.
-- violated by: create extension fuzzystrmatch schema public
select e.extname as finding
from pg_extension as e
where e.extnamespace = 'public'::regnamespace
