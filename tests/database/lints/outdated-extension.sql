-- Extensions are at the version their server offers.
-- splinter: 0022 extension_versions_outdated
-- violated by: create extension hstore schema extensions version '1.4'
select e.extname || ' ' || e.extversion || ', the server has ' || a.default_version as finding
from pg_extension as e
join pg_available_extensions as a on a.name = e.extname
where e.extversion <> a.default_version
