import assert from "node:assert/strict";
import { accountExportSchema } from "../../../supabase/functions/_shared/contracts/account.ts";
import { createWorld } from "../../privacy/support/world.ts";
import { createAccount, type TestAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { PORTS } from "../support/ports.ts";

const ROWS = 100_000;
const MAX_GROWTH_BYTES = 96 * 1024 * 1024;
const isSerial = { sanitizeOps: false, sanitizeResources: false };

const world = await createWorld(PORTS.accountExport);
Deno.test.afterAll(async () => await world[Symbol.asyncDispose]());
const { env, sql, owner, stranger, stack } = world;

const openExport = (account: TestAccount) =>
  fetch(`${env.API_URL}/functions/v1/account/export`, {
    method: "POST",
    headers: { apikey: env.PUBLISHABLE_KEY!, authorization: `Bearer ${account.token}` },
  });

/** Tables with an owner, from the catalog and not from our own list of them. */
async function listOwnedTables(): Promise<string[]> {
  const rows = await sql<{ table_name: string }[]>`
    select c.table_name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'user_id' and t.table_type = 'BASE TABLE'
    order by c.table_name`;
  return rows.map((row) => row.table_name);
}

Deno.test("Export: holds every row of every table with an owner, and nobody else's", isSerial, async () => {
  const poster = new Blob([new Uint8Array(1234)], { type: "image/jpeg" });
  await owner.client.storage.from("posters").upload(`${owner.id}/a.jpg`, poster);
  await stranger.client.storage.from("posters").upload(`${stranger.id}/b.jpg`, poster);
  const response = await openExport(owner);
  assert.equal(response.status, 200);
  assert.match(
    response.headers.get("content-disposition")!,
    /^attachment; filename="cliprelay-export-\d{4}-\d\d-\d\d\.json"$/,
  );
  assert.equal(response.headers.get("cache-control"), "no-store");
  const text = await response.text();
  const document = accountExportSchema.parse(JSON.parse(text));

  const tables = await listOwnedTables();
  assert.deepEqual(Object.keys(document.tables), tables);
  for (const table of tables) {
    const [{ count }] = await sql`
      select count(*)::int as count from ${sql(`public.${table}`)} where user_id = ${owner.id}` as [
      { count: number },
    ];
    assert.equal(document.tables[table]!.length, count, table);
  }
  assert.equal(document.tables.sourced_products![0]!.asin, "B0OWNER001");
  assert.equal(document.account.id, owner.id);
  assert.ok(document.sessions.some((session) => session.is_current));
  assert.ok(!text.includes(stranger.id), "nothing of another account");

  assert.deepEqual(document.objects.map(({ path, size_bytes }) => [path, size_bytes]), [
    [`${owner.id}/a.jpg`, 1234],
  ]);
  const object = await fetch(document.objects[0]!.url!);
  assert.equal((await object.arrayBuffer()).byteLength, 1234);
});

Deno.test("Export: holds no token, no upload address and no ciphertext", isSerial, async () => {
  const secrets = await sql<{ secret: string }[]>`
    select unnest(array[t.access_token, t.refresh_token]) as secret from private.onedrive_tokens t
    where t.user_id = ${owner.id}
    union all select u.upload_url from private.onedrive_upload_urls u
    union all select encrypted_password from auth.users where id = ${owner.id}
    union all select token from auth.refresh_tokens where user_id = ${owner.id}`;
  assert.ok(secrets.length >= 5, `${secrets.length} secrets to look for`);
  const text = await (await openExport(owner)).text();
  for (const { secret } of secrets) assert.ok(!text.includes(secret));
  assert.ok(!text.includes(world.owned.uploadUrl));
  assert.ok(!text.includes(owner.token));
  assert.doesNotMatch(text, /"(access_token|refresh_token|upload_url|verifier|key_id)"/);
});

Deno.test("Export: a new table with an owner is part of it at once", isSerial, async () => {
  await sql`create table public.later (
    user_id uuid not null references auth.users (id) on delete cascade, label text, part integer, hidden text,
    primary key (label, part))`;
  await sql`grant select (user_id, label, part) on public.later to authenticated`;
  await sql`alter table public.later enable row level security`;
  await sql`create policy "own" on public.later for select to authenticated using (auth.uid() = user_id)`;
  await sql`insert into public.later select ${owner.id}, 'row ' || n / 2, n % 2, 'secret' from generate_series(1, 1500) n`;
  const document = accountExportSchema.parse(await (await openExport(owner)).json());
  const rows = document.tables.later!;
  assert.equal(rows.length, 1500, "pages over a key of two columns");
  assert.equal(new Set(rows.map(({ label, part }) => `${label}/${part}`)).size, 1500);
  assert.deepEqual(Object.keys(rows[0]!), ["user_id", "label", "part"], "columns without a grant stay out");
  await sql`drop table public.later`;
});

Deno.test("Export: 100,000 rows stream through in flat memory", isSerial, async () => {
  const account = await createAccount(env);
  await sql`
    insert into public.activity_events (user_id, kind, details)
    select ${account.id}, 'video.uploaded', jsonb_build_object('text', repeat('x', 300)) from generate_series(1, ${ROWS})`;
  await sql`analyze public.activity_events`;
  await (await openExport(account)).body?.cancel();
  const pid = (await stack.pids())["functions/account"]!;
  const before = await readResidentBytes(pid);
  let peak = before;
  let size = 0;
  let rows = 0;
  const response = await openExport(account);
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    size += chunk.length;
    rows += chunk.split('"video.uploaded"').length - 1;
    peak = Math.max(peak, await readResidentBytes(pid));
  }
  assert.ok(size > 40_000_000, `${size} characters`);
  // A row whose kind is cut by a chunk's end is counted in neither; that is rare.
  assert.ok(rows > ROWS * 0.99, `${rows} rows`);
  assert.ok(peak - before < MAX_GROWTH_BYTES, `grew by ${Math.round((peak - before) / 2 ** 20)} MiB`);
});

Deno.test("Export: too many in an hour are refused with the time to wait", isSerial, async () => {
  const account = await createAccount(env);
  const statuses: number[] = [];
  for (let count = 0; count < 11; count++) {
    const response = await openExport(account);
    await response.body?.cancel();
    statuses.push(response.status);
    if (response.status === 429) assert.ok(Number(response.headers.get("retry-after")) > 0);
  }
  assert.deepEqual(statuses, [...Array(10).fill(200), 429]);
});

Deno.test("Export: rows of the tables are not read past the list, whatever is asked", isSerial, async () => {
  for (
    const table of ["crm_owners; drop table public.crm_owners", "users", "private.settings", "", "pg_class"]
  ) {
    const { error } = await owner.client.rpc("export_rows", { p_table: table, p_limit: 10 });
    assert.equal(error!.code, "PT404", table);
  }
  const { error } = await owner.client.rpc("export_rows", { p_table: "profiles", p_limit: 100_000 });
  assert.equal(error!.code, "PT404");
  for (const p_after of ["no hex digits", "7b", "ff"]) {
    const refused = await owner.client.rpc("export_rows", { p_table: "profiles", p_limit: 10, p_after });
    assert.equal(refused.status, 400, p_after);
  }
  assert.equal((await callFunction(env, null, "POST", "account/export")).status, 401);
});

async function readResidentBytes(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) * 1024;
}
