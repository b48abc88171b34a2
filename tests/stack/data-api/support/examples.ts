import assert from "node:assert/strict";
import type { World } from "../../../privacy/support/world.ts";

type Parameter = { readonly name: string; readonly type: string };

/** What an insert is tried with; rows that exist nowhere yet. */
export function exampleRow({ owned }: World, table: string): unknown {
  const asin = `B0${crypto.randomUUID().replaceAll("-", "").slice(0, 8).toUpperCase()}`;
  const rows: Record<string, unknown> = {
    sourced_products: {
      asin,
      marketplace: "US",
      title: 'A "title", with (signs) \\ and % ✓',
      brand: null,
      enabled_marketplaces: ["US", "UK"],
    },
    asin_correlations: ["1", "2"].map((end) => ({
      product_id: owned.productId,
      asin: asin.slice(0, 9) + end,
      marketplace: null,
      status: "candidate",
    })),
  };
  assert.ok(table in rows, `say in examples.ts which row an insert into ${table} is tried with`);
  return rows[table];
}

const OPENED_UPLOAD = {
  folder_id: "folder",
  folder_path: "/Cliprelay",
  filename: "odd name, (1) ✓.mp4",
  upload_url: "sealed",
  key_id: "k1",
  expires_at: "2030-01-02T03:04:05.678Z",
  uploader_id: null,
};

/** Arguments by name, where any value of the type would only be refused. */
function namedArguments({ owner, owned }: World): Record<string, unknown> {
  return {
    p_user_id: owner.id,
    p_product_id: owned.productId,
    p_video_id: owned.videoId,
    video_id: owned.videoId,
    p_connection_id: owned.connectionId,
    p_session_id: owned.uploadId,
    p_marketplace: "US",
    p_status: "pending",
    p_cursor: null,
    p_after: null,
    p_provider: "microsoft",
    p_table: "sourced_products",
    p_fingerprint: "0".repeat(64),
    p_filename: "odd name, (1) ✓.mp4",
    p_poster_path: `${owner.id}/${owned.videoId}.webp`,
    p_state_hash: "0".repeat(64),
    p_opened: OPENED_UPLOAD,
    p_upload: {
      ...OPENED_UPLOAD,
      connection_id: owned.connectionId,
      product_id: owned.productId,
      drive_id: "drive",
      size_bytes: 5_000_000_000,
      mime_type: "video/mp4",
      fingerprint: "0".repeat(64),
      fragment_size: 10_485_760,
    },
    p_item: {
      id: "ITEM!1",
      drive_id: "drive",
      name: "odd name, (1) ✓.mp4",
      path: "/Cliprelay/odd name, (1) ✓.mp4",
      size: 900_000,
      quickxor: `${"A".repeat(27)}=`,
      duration_ms: null,
      width: 1920,
      height: 1080,
    },
    p_account: {
      account_key: "key",
      account_name: 'A "name"',
      account_email: "a@example.test",
      account_type: "personal",
      drive_id: "drive",
      drive_type: "personal",
      quota_total: 5_000_000_000,
      quota_used: 1,
      quota_remaining: 4_999_999_999,
      quota_state: "normal",
    },
    "move_onedrive_upload.p_status": "verifying",
    "update_onedrive_connection.p_patch": { folder_id: owned.folderId, folder_path: "/Cliprelay" },
    "save_onedrive_connection.p_tokens": {
      access_token: "a",
      refresh_token: "b",
      key_id: "k1",
      expires_at: "2030-01-02T03:04:05Z",
    },
  };
}

const BY_TYPE: Readonly<Record<string, () => unknown>> = {
  uuid: () => crypto.randomUUID(),
  text: () => 'x, "y" (z) \\ ✓',
  "text[]": () => ["a", "b,c", 'd"e'],
  "uuid[]": () => [crypto.randomUUID()],
  integer: () => 5,
  bigint: () => 5,
  numeric: () => 5,
  boolean: () => true,
  jsonb: () => ({}),
  "timestamp with time zone": () => "2030-01-02T03:04:05.678Z",
};

/** With what a function's argument is tried. */
export function exampleArgument(world: World, routine: string, { name, type }: Parameter): unknown {
  const named = namedArguments(world);
  for (const key of [`${routine}.${name}`, name]) if (key in named) return named[key];
  const create = BY_TYPE[type];
  assert.ok(create, `say in examples.ts with what an argument of type ${type} is tried`);
  return create();
}
