import assert from "node:assert/strict";
import { asUser } from "./support/as-role.ts";
import { openDatabase } from "./support/database.ts";
import { addFilledAccount } from "./support/filled-account.ts";

const LOOKUP = { insert: ["user_id", "name"], update: ["name"], delete: true };
const PRODUCT = [
  ...["asin", "marketplace", "title", "image_url", "video_title", "status_id", "brand", "category", "price"],
  ...["currency", "enabled_marketplaces", "collaboration_type_id", "contact_source_id", "crm_marketplace_id"],
  ...["carrier", "tracking_number", "shipped_at", "received_at", "notes", "custom_fields"],
];

/** What a signed-in user may write. Every other column is the engine's. */
const WRITABLE: Record<string, { insert: string[]; update: string[]; delete: boolean }> = {
  activity_events: { insert: [], update: [], delete: false },
  asin_correlations: {
    insert: ["user_id", "product_id", "asin", "marketplace", "status", "title", "image_url"],
    update: ["status", "title", "image_url"],
    delete: true,
  },
  caption_templates: {
    insert: ["user_id", "name", "caption", "hashtags", "variants"],
    update: ["name", "caption", "hashtags", "variants"],
    delete: true,
  },
  crm_collaboration_types: LOOKUP,
  crm_contact_sources: LOOKUP,
  crm_marketplaces: LOOKUP,
  crm_owners: LOOKUP,
  crm_statuses: {
    insert: ["user_id", "name", "color", "position"],
    update: ["name", "color", "position"],
    delete: true,
  },
  influencer_tasks: { insert: [], update: ["status", "title", "video_id"], delete: false },
  notification_preferences: { insert: [], update: ["in_app", "by_mail"], delete: false },
  notifications: { insert: [], update: ["read_at"], delete: true },
  oauth_connections: { insert: [], update: [], delete: false },
  onedrive_upload_sessions: { insert: [], update: [], delete: false },
  posting_slots: {
    insert: ["user_id", "weekday", "local_time", "platforms"],
    update: ["weekday", "local_time", "platforms"],
    delete: true,
  },
  product_owners: { insert: ["user_id", "product_id", "owner_id"], update: [], delete: true },
  product_videos: { insert: [], update: ["product_id", "is_primary", "filename"], delete: false },
  profiles: {
    insert: [],
    update: ["display_name", "time_zone", "locale", "enabled_marketplaces", "auto_queue_tasks"],
    delete: false,
  },
  publish_attempts: { insert: [], update: [], delete: false },
  publish_bulk_items: { insert: [], update: [], delete: false },
  publish_bulks: { insert: [], update: [], delete: false },
  published_videos: { insert: [], update: [], delete: false },
  publishing_queue: { insert: [], update: [], delete: false },
  sourced_products: { insert: ["user_id", ...PRODUCT], update: PRODUCT, delete: true },
  user_onedrive_connections: { insert: [], update: [], delete: false },
  video_formats: { insert: [], update: [], delete: false },
  video_variants: { insert: [], update: [], delete: false },
};

/** Functions a signed-in user may call; all others of ours are for service_role or triggers. */
const CALLABLE = [
  "private.are_caption_variants",
  "private.are_hashtags",
  "private.bulk_outcome",
  "private.count_bulk_posts",
  "private.describe_bulk",
  "private.describe_task_group",
  "private.end_other_sessions",
  "private.end_own_session",
  "private.is_account_open",
  "private.list_own_sessions",
  "private.local_instant",
  "private.next_slots",
  "private.queue_video_tasks",
  "private.uuid_v7",
  "public.end_other_sessions",
  "public.end_own_session",
  "public.export_rows",
  "public.influencer_task_counts",
  "public.list_bulks",
  "public.list_export_tables",
  "public.list_influencer_tasks",
  "public.list_own_sessions",
  "public.list_posts",
  "public.next_posting_slots",
  "public.overall_status",
  "public.queue_video_tasks",
  "public.read_bulk",
];

Deno.test("grants", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const userId = await addFilledAccount(sql);

  await t.step("let a user write the listed columns and no others", async () => {
    const columns = await sql<
      { table: string; name: string; insert: boolean; update: boolean; delete: boolean }[]
    >`
      select c.relname as table, a.attname as name,
        has_column_privilege('authenticated', c.oid, a.attnum, 'insert') as insert,
        has_column_privilege('authenticated', c.oid, a.attnum, 'update') as update,
        has_table_privilege('authenticated', c.oid, 'delete') as delete
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')`;
    const granted: typeof WRITABLE = {};
    for (const column of columns) {
      const table = granted[column.table] ??= { insert: [], update: [], delete: column.delete };
      if (column.insert) table.insert.push(column.name);
      if (column.update) table.update.push(column.name);
    }
    const sorted = (tables: typeof WRITABLE) =>
      Object.entries(tables).sort(([a], [b]) => a < b ? -1 : 1).map(([name, verbs]) => ({
        name,
        insert: verbs.insert.toSorted(),
        update: verbs.update.toSorted(),
        delete: verbs.delete,
      }));
    assert.deepEqual(sorted(granted), sorted(WRITABLE));
  });

  await t.step("refuse engine columns to the row's own user", async () => {
    const columns = await sql<{ table: string; name: string }[]>`
      select c.relname as table, a.attname as name
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and not has_column_privilege('authenticated', c.oid, a.attnum, 'update')`;
    assert.ok(columns.length > 100);
    for (const { table, name } of columns) {
      await assert.rejects(
        asUser(sql, userId, (tx) => tx`update ${tx("public." + table)} set ${tx(name)} = ${tx(name)}`),
        { code: "42501" },
        `${table}.${name}`,
      );
    }
  });

  await t.step("give anonymous callers nothing", async () => {
    const reachable = await sql`
      select c.oid::regclass::text as name
      from pg_class c
      where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm', 'S')
        and (
          has_table_privilege('anon', c.oid, 'select, insert, update, delete, truncate, references, trigger')
          or has_any_column_privilege('anon', c.oid, 'select, insert, update, references')
        )
      union all
      select p.oid::regprocedure::text
      from pg_proc p
      where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
        and has_function_privilege('anon', p.oid, 'execute')`;
    assert.deepEqual([...reachable], []);
  });

  await t.step("keep the private schema's tables from users", async () => {
    const reachable = await sql`
      select c.oid::regclass::text as name from pg_class c
      where c.relnamespace = 'private'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
        and has_any_column_privilege('authenticated', c.oid, 'select, insert, update, references')`;
    assert.deepEqual([...reachable], []);
  });

  await t.step("let users call the listed functions and no others", async () => {
    const functions = await sql<{ name: string }[]>`
      select distinct format('%s.%s', p.pronamespace::regnamespace, p.proname) as name
      from pg_proc p
      where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
        and has_function_privilege('authenticated', p.oid, 'execute')
      order by 1`;
    assert.deepEqual(functions.map(({ name }) => name), CALLABLE);
  });

  await t.step("give truncate, references and trigger to no API role", async () => {
    const granted = await sql`
      select c.relname, r.rolname
      from pg_class c
      cross join pg_roles r
      where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind = 'r'
        and r.rolname in ('anon', 'authenticated', 'service_role')
        and has_table_privilege(r.oid, c.oid, 'truncate, references, trigger')`;
    assert.deepEqual([...granted], []);
  });
});
