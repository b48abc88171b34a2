interface Writable {
  readonly insert: readonly string[];
  readonly update: readonly string[];
}

const NOTHING: Writable = { insert: [], update: [] };
const NAME: Writable = { insert: ["user_id", "name"], update: ["name"] };
const PRODUCT = [
  ...["asin", "marketplace", "title", "image_url", "video_title", "status_id", "brand", "category", "price"],
  ...["currency", "enabled_marketplaces", "collaboration_type_id", "contact_source_id", "crm_marketplace_id"],
  ...["carrier", "tracking_number", "shipped_at", "received_at", "notes", "custom_fields"],
];

/** What a signed-in user may write in their own rows. Every other column of every table is the engine's. */
export const WRITABLE_COLUMNS: Readonly<Record<string, Writable>> = {
  activity_events: NOTHING,
  asin_correlations: {
    insert: ["user_id", "product_id", "asin", "marketplace", "status", "title", "image_url"],
    update: ["status", "title", "image_url"],
  },
  caption_templates: {
    insert: ["user_id", "name", "caption", "hashtags", "variants"],
    update: ["name", "caption", "hashtags", "variants"],
  },
  crm_collaboration_types: NAME,
  crm_contact_sources: NAME,
  crm_marketplaces: NAME,
  crm_owners: NAME,
  crm_statuses: { insert: ["user_id", "name", "color", "position"], update: ["name", "color", "position"] },
  influencer_tasks: { insert: [], update: ["status", "title", "video_id"] },
  notification_preferences: { insert: [], update: ["in_app", "by_mail"] },
  notifications: { insert: [], update: ["read_at"] },
  oauth_connections: NOTHING,
  onedrive_upload_sessions: NOTHING,
  posting_slots: {
    insert: ["user_id", "weekday", "local_time", "platforms"],
    update: ["weekday", "local_time", "platforms"],
  },
  product_owners: { insert: ["user_id", "product_id", "owner_id"], update: [] },
  product_videos: { insert: [], update: ["product_id", "is_primary", "filename"] },
  profiles: {
    insert: [],
    update: ["display_name", "time_zone", "locale", "enabled_marketplaces", "auto_queue_tasks"],
  },
  publish_attempts: NOTHING,
  publish_bulk_items: NOTHING,
  publish_bulks: NOTHING,
  published_videos: NOTHING,
  publishing_queue: NOTHING,
  sourced_products: { insert: ["user_id", ...PRODUCT], update: PRODUCT },
  user_onedrive_connections: NOTHING,
  video_formats: NOTHING,
  video_variants: NOTHING,
};
