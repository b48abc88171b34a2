import { z } from "zod";
import type { ServiceName } from "./services.ts";

const count = z.number().int().min(0);
const flag = z.boolean();

/** Every switch a simulator understands; a service ignores the ones that mean nothing to it. */
const SETTINGS = {
  /** Lifetime of access tokens issued from now on, seconds. */
  token_lifetime_s: count,
  /** Time until a stored file is processed (hashes, video facts, thumbnails), milliseconds. */
  processing_ms: count,
  /** Size of every drive, bytes. */
  drive_quota_bytes: count,
  /** Uploads of the whole YouTube project a Pacific day. */
  inserts_per_day: count,
  /** Units of all other YouTube calls a Pacific day. */
  units_per_day: count,
  /** Uploads of one YouTube channel in 24 hours. */
  uploads_per_channel: count,
  /** Reels of one Instagram account, posts of one TikTok account, in 24 hours. */
  publishes_per_day: count,
  /** Reels of one Facebook Page in 24 hours. */
  reels_per_day: count,
  /** Processing of Facebook Reels whose bytes arrive from now on fails with this number. */
  reel_failure_code: count,
  /** Facebook Reels that are finished from now on fail while they are published. */
  fail_publishing: flag,
  /** Facebook processes a Reel only when it is finished; until then it is `upload_complete`. */
  process_on_finish: flag,
  /** Words of a Facebook video's status: those of Meta's guide, or those its answers were seen to have. */
  status_spelling: z.enum(["guide", "seen"]),
  /** Containers of one Instagram account in 24 hours. */
  containers_per_day: count,
  /** Lifetime of an unpublished container, seconds. */
  container_lifetime_s: count,
  /** Time in which Instagram must have pulled a video, milliseconds. */
  pull_timeout_ms: count,
  /** Calls of one Instagram account or Facebook user in an hour. */
  calls_per_hour: count,
  /** Posts, questions about one post, lists and media of one Blotato user in a minute. */
  posts_per_minute: count,
  polls_per_minute: count,
  lists_per_minute: count,
  media_per_minute: count,
  /** Posts through Blotato that are submitted from now on fail with these words. */
  post_error: z.string(),
  /** Blotato's list of posts shows its own copies of the media instead of the addresses it was given. */
  rehost_media: flag,
  /** Age from which an Instagram token can be refreshed, seconds. */
  token_min_age_s: count,
  /** Facebook refuses calls without appsecret_proof. */
  require_appsecret_proof: flag,
  /** Token answers leave expires_in out. */
  hide_expires_in: flag,
  /** Shape of Instagram's code exchange (a list by default) and of its /me (an object by default). */
  answer_shape: z.enum(["data", "flat"]),
  /** Containers and Reels cannot be read with a Page token, as in May 2026. */
  page_token_read_outage: flag,
  /** Code and subcode with which Instagram refuses to create and publish containers. */
  graph_error_code: z.number().int(),
  graph_error_subcode: count,
  /** Processing of Instagram videos whose bytes arrive from now on fails with this subcode. */
  failure_subcode: count,
  /** Instagram refuses videos it cannot read and frame rates outside 23 to 60. */
  check_video: flag,
  /** Kind of new Microsoft accounts that do not say it in their name. */
  account_kind: z.enum(["personal", "business"]),
  /** Lifetime of refresh tokens, seconds. */
  refresh_lifetime_s: count,
  /** Lifetime of an authorization code, seconds. */
  code_lifetime_s: count,
  /** AADSTS number which the token endpoint answers to everything. */
  token_error: count,
  /** Seconds added to a session's expiry at creation and by each fragment. */
  upload_session_ttl_s: count,
  /** Age at which an upload URL dies whatever its expiry says, seconds. */
  upload_url_hard_stop_s: count,
  /** Status of a dead upload URL: 401 `expiredToken` or 403 `accessDenied`. */
  expired_url_status: z.union([z.literal(401), z.literal(403)]),
  /** A new upload session answers 404 for this long, milliseconds. */
  session_visible_after_ms: count,
  /** Keep what arrived of a fragment whose connection broke. */
  partial_fragments: flag,
  /** Refusals of TikTok's OAuth endpoints come with this status, 200 by default. */
  oauth_error_status: z.union([z.literal(200), z.literal(400)]),
  /** The TikTok app is not audited: it posts to private accounts only, for their own eyes only. */
  unaudited: flag,
  /** TikTok lets nobody post. */
  banned: flag,
  /** TikTok accounts that may post through the app in 24 hours. */
  users_per_day: count,
  /** TikTok calls of one access token in a minute, by kind. */
  inits_per_minute: count,
  creator_calls_per_minute: count,
  status_calls_per_minute: count,
  display_calls_per_minute: count,
  /** Time after processing until a public TikTok post shows its id, milliseconds. */
  moderation_ms: count,
  /** Processing of TikTok videos whose bytes arrive from now on fails with this reason. */
  fail_reason: z.string().min(1),
  /** TikTok refuses uploads in more than one chunk, as in August 2026. */
  refuse_chunks: flag,
  /** Hosts and prefixes (ending with /) that TikTok pulls videos from, comma separated. */
  verified_domains: z.string(),
  /** Google's upload server stores no more than this of a chunk, in whole 256 KiB units, bytes. */
  stored_chunk_bytes: count,
  /** The Google project's consent screen is in testing: refresh tokens live 7 days. */
  testing_mode: flag,
  /** The YouTube project is not audited: its uploads are locked as private. */
  force_private: flag,
  /** Processing of YouTube uploads made from now on fails with this reason. */
  failure_reason: z.enum(["codec", "conversion", "emptyFile", "invalidFile", "tooSmall", "uploadAborted"]),
  /** YouTube uploads made from now on are rejected with this reason. */
  rejection_reason: z.enum([
    "claim",
    "copyright",
    "duplicate",
    "inappropriate",
    "legal",
    "length",
    "termsOfUse",
    "trademark",
    "uploaderAccountClosed",
    "uploaderAccountSuspended",
  ]),
  /** A channel's second upload of the same bytes is rejected as a duplicate. */
  reject_duplicates: flag,
  /** Shape of nextExpectedRanges: "n-", "n-m" or both in turn. */
  range_style: z.enum(["open", "closed", "mixed"]),
  /** Cross-origin answers of the upload host at all. */
  upload_cors: flag,
  /** Cross-origin headers on error answers of the upload host. */
  upload_cors_on_errors: flag,
  /** Spelling of the inner error: Graph's, the upload hosts' or both in turn. */
  inner_error_spelling: z.enum(["innerError", "innererror", "mixed"]),
  /** How Retry-After says when: in seconds, or as an HTTP date. */
  retry_after_style: z.enum(["seconds", "date"]),
  /** 5xx answers carry an HTML page instead of JSON. */
  html_errors: flag,
  /** Lifetime of download URLs, seconds. */
  download_url_ttl_s: count,
  /** Answer 200 with the whole file to a Range request. */
  ignore_range: flag,
  /** Items per page of a listing when the caller does not say. */
  page_size: z.number().int().min(1),
  /** Listings begin with an empty page that has a nextLink. */
  empty_pages: flag,
  /** Code of the 410 answer to delta tokens issued before the switch was set. */
  delta_resync: z.enum(["resyncRequired", "resyncChangesApplyDifferences", "resyncChangesUploadDifferences"]),
  /** The quota of a drive is not shown. */
  hide_quota: flag,
  /** Total and remaining of every quota are shown as this number, as some tenants do (0 or negative). */
  quota_shown_as: z.number().int().max(0),
  /** Hashes are shown at all. */
  hashes: flag,
  /** Video facts are shown at all. */
  video_facet: flag,
  /** Thumbnails exist at all. */
  thumbnails: flag,
  /** Connections that a pending fault may cut stay open for reuse, so that clients repeat a cut request unseen. */
  reuse_cut_connections: flag,
  /** Requests a second that are let through. */
  requests_per_second: count,
  /** Recipients a Resend team may write to in a UTC day, and in a month. */
  mails_per_day: count,
  mails_per_month: count,
  /** Sending domains that are not verified, comma separated. */
  unverified_domains: z.string(),
} as const;

type SettingSchemas = typeof SETTINGS;
export type SettingName = keyof SettingSchemas;
export type SettingValues = { [Name in SettingName]: z.infer<SettingSchemas[Name]> };

const patchShape = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, schema]) => [name, schema.nullable().optional()]),
);
const patchSchema = z.strictObject(patchShape);

/** Switches per service. A value of null restores the default. */
export class SettingsStore {
  #values = new Map<ServiceName, Map<SettingName, { value: unknown; revision: number }>>();
  #revision = 0;

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  /** Checks and applies a change; unknown names and wrong types come back as a sentence. */
  apply(service: ServiceName, patch: Record<string, unknown>): { ok: true } | { ok: false; message: string } {
    const parsed = patchSchema.safeParse(patch);
    if (!parsed.success) return { ok: false, message: z.prettifyError(parsed.error) };
    const values = this.#of(service);
    this.#revision++;
    for (const [name, value] of Object.entries(parsed.data)) {
      if (value === null || value === undefined) values.delete(name as SettingName);
      else values.set(name as SettingName, { value, revision: this.#revision });
    }
    return { ok: true };
  }

  get<Name extends SettingName>(service: ServiceName, name: Name): SettingValues[Name] | null;
  get<Name extends SettingName>(
    service: ServiceName,
    name: Name,
    fallback: SettingValues[Name],
  ): SettingValues[Name];
  get<Name extends SettingName>(service: ServiceName, name: Name, fallback?: SettingValues[Name]) {
    const entry = this.#values.get(service)?.get(name);
    return (entry?.value as SettingValues[Name] | undefined) ?? fallback ?? null;
  }

  /** The revision in which a switch got its present value; 0 when it stands at its default. */
  revisionOf(service: ServiceName, name: SettingName): number {
    return this.#values.get(service)?.get(name)?.revision ?? 0;
  }

  list(service: ServiceName): Record<string, unknown> {
    return Object.fromEntries([...this.#of(service)].map(([name, entry]) => [name, entry.value]));
  }

  clear(): void {
    this.#values.clear();
  }

  #of(service: ServiceName) {
    const values = this.#values.get(service) ?? new Map<SettingName, { value: unknown; revision: number }>();
    this.#values.set(service, values);
    return values;
  }
}
