import assert from "node:assert/strict";
import { dumpSchema } from "../../scripts/database/dump-schema.ts";
import { openDatabase } from "./support/database.ts";

/** A change of the schema, and what the dump must say then. */
const CHANGES: readonly [change: string, line: string][] = [
  ["alter table public.profiles add column nick text default 'x'", "  nick text default 'x'::text"],
  ["alter table public.profiles alter column nick set not null", "  nick text default 'x'::text not null"],
  [
    "alter table public.profiles add constraint nick_is_short check (nick < 'z')",
    "  constraint nick_is_short CHECK ((nick < 'z'::text))",
  ],
  [
    "create index profiles_nick_idx on public.profiles (nick) where nick <> ''",
    "CREATE INDEX profiles_nick_idx ON public.profiles USING btree (nick) WHERE (nick <> ''::text);",
  ],
  [
    "comment on column public.profiles.nick is 'It''s short'",
    "comment on column public.profiles.nick is 'It''s short';",
  ],
  [
    "revoke update on public.profiles from service_role; grant update (nick) on public.profiles to service_role",
    "grant update (nick) on table public.profiles to service_role;",
  ],
  ["grant references on public.profiles to anon", "grant references on table public.profiles to anon;"],
  [
    "alter table public.profiles force row level security",
    "alter table public.profiles force row level security;",
  ],
  [
    `create policy "Never" on public.profiles for delete to authenticated using (false)`,
    `create policy "Never" on public.profiles as permissive for delete to authenticated\n  using (false);`,
  ],
  [
    `create policy "Never" on storage.objects as restrictive for insert to anon with check (false)`,
    `create policy "Never" on storage.objects as restrictive for insert to anon\n  with check (false);`,
  ],
  [
    "create function private.one() returns int language sql stable set search_path = '' as 'select 1'",
    " STABLE\n SET search_path TO ''\nAS $function$select 1$function$;",
  ],
  [
    "grant execute on function private.one() to anon",
    "grant execute on function private.one() to anon;",
  ],
  [
    "create view public.nicks with (security_invoker = true) as select nick from public.profiles",
    "create view public.nicks with (security_invoker=true) as\n SELECT nick",
  ],
  ["create type private.mood as enum ('up', 'down')", "create type private.mood as enum ('up', 'down');"],
  ["create sequence private.numbers", "create sequence private.numbers as bigint;"],
  [
    "create trigger nick_changed after update on public.profiles for each row execute function private.set_updated_at()",
    "CREATE TRIGGER nick_changed AFTER UPDATE ON public.profiles FOR EACH ROW EXECUTE FUNCTION private.set_updated_at();",
  ],
  ["alter table public.profiles disable trigger nick_changed", "-- fires in mode D"],
  ["grant usage on schema private to anon", "grant usage on schema private to anon;"],
  [
    "alter default privileges for role postgres in schema public grant select on tables to anon",
    "alter default privileges for role postgres in schema public grant select on tables to anon;",
  ],
  ["update storage.buckets set public = true where id = 'posters'", "values ('posters', t, "],
  [
    "select cron.schedule('noon', '0 12 * * *', 'select 1')",
    "select cron.schedule('noon', '0 12 * * *', 'select 1');",
  ],
  [
    "create publication nicknames for table public.profiles",
    "alter publication nicknames add table public.profiles;",
  ],
];

Deno.test("schema dump", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const admin = database.connect("supabase_admin", { max: 1 });

  await t.step("is the same each time and for each role", async () => {
    const first = await dumpSchema(sql);
    assert.equal(await dumpSchema(sql), first);
    assert.equal(await dumpSchema(admin), first);
    assert.match(first, /^create table public\.influencer_tasks \(\n {2}id uuid /m);
  });

  for (const [change, line] of CHANGES) {
    await t.step(`shows: ${change.slice(0, 80)}`, async () => {
      const before = await dumpSchema(sql);
      await admin.unsafe(`set role postgres; ${change}; reset role`);
      const after = await dumpSchema(sql);
      assert.equal(before.includes(line), false);
      assert.ok(after.includes(line), line);
    });
  }
});
