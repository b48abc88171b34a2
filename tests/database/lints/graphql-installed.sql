-- GraphQL would show every table a role may select; nothing of ours uses it.
-- splinter: 0026 pg_graphql_anon_table_exposed, 0027 pg_graphql_authenticated_table_exposed
-- violated by: create schema graphql_public
-- violated by: create schema graphql
select n.nspname::text as finding
from pg_namespace as n
where n.nspname in ('graphql', 'graphql_public')
