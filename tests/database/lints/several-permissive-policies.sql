-- Two permissive policies of one verb are both evaluated and widen each other.
-- splinter: 0006 multiple_permissive_policies
-- violated by: create policy "Second" on public.profiles for select to authenticated using (false)
select c.oid::regclass || ' ' || verb.name || ' ' || coalesce(r.rolname, 'public') as finding
from pg_policy as p
join pg_class as c on c.oid = p.polrelid
cross join lateral unnest(p.polroles) as granted (role_id)
left join pg_roles as r on r.oid = granted.role_id
join (values ('r', 'select'), ('a', 'insert'), ('w', 'update'), ('d', 'delete')) as verb (code, name)
  on p.polcmd::text in (verb.code, '*')
where p.polpermissive and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
group by c.oid, verb.name, r.rolname
having count(*) > 1
