import assert from "node:assert/strict";
import postgres from "postgres";
import { ALICE, createOwnerBucket, startStorage } from "./storage-process.ts";

const storage = await startStorage(26252);
Deno.test.afterAll(() => storage.stop());
const { sql } = storage;
const BOOTSTRAP = new URL("../../../stack/storage/bootstrap.sql", import.meta.url);

async function codeOf(statement: string): Promise<string | null> {
  try {
    await sql.unsafe(statement);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

Deno.test("Bootstrap runs again without changing anything", async () => {
  await createOwnerBucket(storage, "kept");
  const admin = postgres(storage.superuserUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(await Deno.readTextFile(BOOTSTRAP));
  await admin.end();
  const [policies] = await sql`select count(*)::int as n from pg_policies where policyname like 'kept %'`;
  assert.equal(policies!.n, 4);
  assert.equal((await storage.service.storage.getBucket("kept")).error, null);
});

Deno.test("Rows are not deleted by SQL, only by the Storage API", async () => {
  await storage.service.storage.from("kept").upload("a.txt", "a");
  for (const table of ["objects", "buckets"]) {
    assert.equal(await codeOf(`delete from storage.${table}`), "42501");
    assert.equal(await codeOf(`delete from storage.${table} where false`), "42501");
  }
  const { data } = await storage.service.storage.from("kept").remove(["a.txt"]);
  assert.equal(data!.length, 1);
});

Deno.test("Migrations may make buckets, policies and triggers in schema storage", async () => {
  const allowed = [
    "insert into storage.buckets (id, name, public) values ('m', 'm', false) on conflict (id) do nothing",
    "create policy \"p\" on storage.objects for select to authenticated using (bucket_id = 'm')",
    'alter policy "p" on storage.objects to anon',
    'drop policy if exists "p" on storage.objects',
    'create policy "b" on storage.buckets for select to authenticated using (true)',
    'drop policy "b" on storage.buckets',
    "create function public.noted() returns trigger language plpgsql as 'begin return new; end'",
    "create trigger noted after insert on storage.objects for each row execute function public.noted()",
    "drop trigger noted on storage.objects",
    "drop function public.noted()",
    "create table public.linked (object_id uuid references storage.objects (id))",
    "drop table public.linked",
  ];
  for (const statement of allowed) assert.equal(await codeOf(statement), null, statement);
});

Deno.test("What hosted projects refuse in schema storage is refused here", async () => {
  const refused = [
    "alter table storage.objects enable row level security",
    "alter table storage.objects disable row level security",
    "alter table storage.objects add column extra text",
    "create table storage.mine (id int)",
    "create index mine on storage.objects (owner_id)",
    "create function storage.mine() returns int language sql as 'select 1'",
    "create or replace function storage.protect_delete() returns trigger language plpgsql as 'begin return null; end'",
    "drop function storage.search(text, text, int, int, int, text, text, text)",
    "drop table storage.objects cascade",
    "alter schema storage rename to other",
  ];
  for (const statement of refused) assert.equal(await codeOf(statement), "42501", statement);
});

Deno.test("Helper functions answer as the hosted ones", async () => {
  const [row] = await sql`
    select storage.foldername('a/b/c.tar.gz') as folders, storage.foldername('c.txt') as none,
      storage.filename('a/b/c.tar.gz') as file, storage.extension('a/b/c.tar.gz') as extension,
      storage.operation() as operation`;
  assert.deepEqual({ ...row }, {
    folders: ["a", "b"],
    none: [],
    file: "c.tar.gz",
    extension: "gz",
    operation: null,
  });
  const answers = await sql.begin(async (tx) => {
    await tx`select set_config('storage.operation', 'storage.object.list', true)`;
    return await tx`
      select storage.allow_only_operation('object.list') as short, storage.allow_only_operation('storage.object.list') as long,
        storage.allow_only_operation('object.upload') as other, storage.allow_only_operation('') as empty,
        storage.allow_only_operation(null) as missing,
        storage.allow_any_operation(array['object.sign', 'object.list']) as either,
        storage.allow_any_operation(array[]::text[]) as nothing`;
  });
  assert.deepEqual({ ...answers[0] }, {
    short: true,
    long: true,
    other: false,
    empty: false,
    missing: false,
    either: true,
    nothing: false,
  });
  const [outside] = await sql`select storage.allow_only_operation('object.list') as allowed`;
  assert.equal(outside!.allowed, false);
});

Deno.test("Policies can tell operations apart", async () => {
  await sql.unsafe(`
    insert into storage.buckets (id, name) values ('narrow', 'narrow');
    create policy "sign only" on storage.objects for select to authenticated
      using (bucket_id = 'narrow' and storage.allow_only_operation('object.sign'))`);
  await storage.service.storage.from("narrow").upload("a.txt", "narrow");
  const narrow = (await storage.asUser(ALICE)).storage.from("narrow");
  assert.ok((await narrow.download("a.txt")).error);
  assert.deepEqual((await narrow.list()).data, []);
  const { data } = await narrow.createSignedUrl("a.txt", 60);
  assert.equal(await (await fetch(data!.signedUrl)).text(), "narrow");
});

Deno.test("Roles reach the tables only through their policies", async () => {
  const rows = await sql`
    select rolname, has_schema_privilege(rolname, 'storage', 'usage') as usage,
      has_table_privilege(rolname, 'storage.objects', 'select, insert, update, delete') as rights,
      has_schema_privilege(rolname, 'storage', 'create') as creates
    from pg_roles where rolname in ('anon', 'authenticated', 'service_role') order by 1`;
  assert.deepEqual(
    rows.map((row) => [row.usage, row.rights, row.creates]),
    Array(3).fill([true, true, false]),
  );
  const [secured] = await sql`
    select bool_and(relrowsecurity) as all from pg_class
    where relnamespace = 'storage'::regnamespace and relkind = 'r'`;
  assert.equal(secured!.all, true);
});
