import assert from "node:assert/strict";
import { CONNECTION_STATUSES } from "../../supabase/functions/_shared/contracts/connections.ts";
import { MARKETPLACES } from "../../supabase/functions/_shared/contracts/marketplaces.ts";
import {
  QUOTA_STATES,
  UPLOAD_SESSION_STATUSES,
} from "../../supabase/functions/_shared/contracts/onedrive.ts";
import { PLATFORMS } from "../../supabase/functions/_shared/contracts/publish.ts";
import { BULK_ITEM_STATUSES } from "../../supabase/functions/_shared/contracts/publish-bulk.ts";
import { TASK_STATUSES, taskSchema } from "../../supabase/functions/_shared/contracts/tasks.ts";
import {
  UNREACHABLE_REASONS,
  VIDEO_SOURCES,
  VIDEO_UPLOAD_STATUSES,
  videoSchema,
} from "../../supabase/functions/_shared/contracts/videos.ts";
import { openDatabase } from "./support/database.ts";

/** Check constraints that list values, and the list of the contracts that must say the same. */
const LISTS: Record<string, readonly string[]> = {
  "profiles.enabled_marketplaces_are_known": MARKETPLACES,
  "sourced_products.product_marketplace_is_known": MARKETPLACES,
  "sourced_products.product_enabled_marketplaces_are_known": MARKETPLACES,
  "asin_correlations.correlation_marketplace_is_known": MARKETPLACES,
  "influencer_tasks.task_marketplace_is_known": MARKETPLACES,
  "influencer_tasks.task_status_is_known": TASK_STATUSES,
  "posting_slots.slot_platforms_are_known": PLATFORMS,
  "publish_bulk_items.bulk_item_status_is_known": BULK_ITEM_STATUSES,
  "product_videos.video_upload_status_is_known": VIDEO_UPLOAD_STATUSES,
  "product_videos.video_source_is_known": VIDEO_SOURCES,
  "product_videos.video_unreachable_reason_is_known": UNREACHABLE_REASONS,
  "onedrive_upload_sessions.onedrive_upload_status_is_known": UPLOAD_SESSION_STATUSES,
  "user_onedrive_connections.onedrive_connection_status_is_known": CONNECTION_STATUSES,
  "user_onedrive_connections.onedrive_quota_state_is_known": QUOTA_STATES,
};

Deno.test("SQL and contracts", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;

  for (const [name, expected] of Object.entries(LISTS)) {
    await t.step(`${name} lists the values of the contract`, async () => {
      const [table, constraint] = name.split(".");
      const [row] = await sql`
        select pg_get_constraintdef(oid) as definition from pg_constraint
        where conrelid = ${`public.${table}`}::regclass and conname = ${constraint!}`;
      const values = [...String(row?.definition).matchAll(/'([^']+)'::text/g)].map((match) => match[1]);
      assert.deepEqual(values.toSorted(), expected.toSorted());
    });
  }

  for (
    const { table, shape } of [
      { table: "product_videos", shape: videoSchema.shape },
      { table: "influencer_tasks", shape: taskSchema.shape },
    ]
  ) {
    await t.step(`${table} has every column of its contract`, async () => {
      const rows = await sql<{ name: string }[]>`
        select column_name as name from information_schema.columns
        where table_schema = 'public' and table_name = ${table}`;
      const columns = new Set(rows.map(({ name }) => name));
      assert.deepEqual(Object.keys(shape).filter((name) => !columns.has(name)), []);
    });
  }
});
