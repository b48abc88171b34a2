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
    posting_slots: [6, 7].map((weekday) => ({ weekday, local_time: "09:00", platforms: ["youtube"] })),
    caption_templates: { name: 'A "name"', caption: "{title} ✓", hashtags: ["ü"], variants: {} },
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

const SOCIAL_ACCOUNT = {
  account_id: "UC1",
  account_name: 'A "channel"',
  account_handle: null,
  account_picture_url: null,
};

const SOCIAL_TOKENS = {
  access_token: "a",
  refresh_token: "b",
  account_token: null,
  key_id: "k1",
  expires_at: "2030-01-02T03:04:05Z",
};

const FUTURE = "2030-01-02T03:04:05.678Z";

/** What the publishing functions are tried with: the owner's posts, under a key that is new. */
function publishArguments({ owned }: World): Record<string, unknown> {
  const title = 'A "post", (1) \\ ✓';
  return {
    p_post_id: owned.postId,
    p_target_id: owned.targetId,
    p_variant_id: owned.variantId,
    p_bulk_id: owned.bulkId,
    p_item_id: owned.bulkItemId,
    p_connection_ids: [owned.channelId],
    p_bulk: {
      video_ids: [owned.videoId],
      caption: title,
      hashtags: ["ü"],
      targets: [{ platform: "youtube", connection_id: owned.channelId }],
      spread: { kind: "now" },
    },
    "decide_unknown_target.p_target_id": owned.openTargetId,
    p_post: {
      video_id: owned.videoId,
      caption: title,
      hashtags: ["a", "ü"],
      draft: true,
      targets: [{
        platform: "youtube",
        connection_id: owned.channelId,
        options: { title },
        scheduled_for: FUTURE,
        time_zone: null,
      }],
    },
    p_changes: { caption: title, targets: [{ id: owned.targetId, caption: null }] },
    p_idempotency_key: "a new key",
    p_request_hash: "0".repeat(64),
    "retry_post.p_error_code": null,
    p_lane: 1,
    p_budget: "youtube.inserts",
    p_account_id: "UC1",
    "claim_staged_copy.p_post_id": owned.openPostId,
    "save_staged_copy.p_upload_url": null,
    "save_staged_copy.p_key_id": null,
    "advance_publish_job.p_step": "upload",
    "undo_irreversible_call.p_step": "prepare",
    "park_publish_job.p_status": "failed",
    "save_video_variant.p_status": "converting",
    "list_posts.p_product_id": null,
    "list_posts.p_post_id": null,
    "list_posts.p_view": "all",
    "list_posts.p_search": "owners",
  };
}

/** Arguments by name, where any value of the type would only be refused. */
function namedArguments(world: World): Record<string, unknown> {
  const { owner, owned } = world;
  return {
    ...publishArguments(world),
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
    p_platform: "youtube",
    p_route: "google",
    p_grant_key: "google:1",
    p_accounts: [{ ...SOCIAL_ACCOUNT, ...SOCIAL_TOKENS }],
    p_links: { UC1: "UC2" },
    p_person_hash: "0".repeat(64),
    "delete_meta_data.p_code": "0".repeat(32),
    "get_oauth_access.p_connection_id": owned.channelId,
    "claim_oauth_refresh.p_connection_id": owned.channelId,
    "save_refreshed_oauth_tokens.p_connection_id": owned.channelId,
    "save_refreshed_oauth_tokens.p_tokens": SOCIAL_TOKENS,
    "fail_oauth_refresh.p_connection_id": owned.channelId,
    "disconnect_oauth.p_connection_id": owned.channelId,
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
  "double precision": () => 5.5,
  boolean: () => true,
  jsonb: () => ({}),
  "timestamp with time zone": () => FUTURE,
};

/** With what a function's argument is tried. */
export function exampleArgument(world: World, routine: string, { name, type }: Parameter): unknown {
  const named = namedArguments(world);
  for (const key of [`${routine}.${name}`, name]) if (key in named) return named[key];
  const create = BY_TYPE[type];
  assert.ok(create, `say in examples.ts with what an argument of type ${type} is tried`);
  return create();
}
