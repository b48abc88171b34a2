import { z } from "zod";
import { connectionSchema, finishRequestSchema } from "./connections.ts";

export const QUOTA_STATES = ["normal", "nearing", "critical", "exceeded"] as const;

/** GET /onedrive/status. `connection` is null when the user never connected or has disconnected. */
export const onedriveStatusSchema = z.object({
  connection: connectionSchema
    .extend({
      platform: z.literal("onedrive"),
      account_email: z.string().nullable(),
      account_type: z.enum(["personal", "work"]),
      folder: z.object({ id: z.string(), path: z.string() }).nullable(),
      quota: z
        .object({
          total: z.number().int().nullable(),
          used: z.number().int().nullable(),
          remaining: z.number().int().nullable(),
          state: z.enum(QUOTA_STATES).nullable(),
        })
        .nullable(),
    })
    .nullable(),
});

/** GET /onedrive/folders?parent_id=&cursor= : folders only, sorted by name; `parent_id` absent = root. */
export const folderSchema = z.object({
  id: z.string(),
  name: z.string(),
  path: z.string(),
  child_count: z.number().int(),
});

export const folderListSchema = z.object({
  parent: z.object({ id: z.string(), path: z.string() }),
  folders: z.array(folderSchema),
});

/** Text that can be part of an address: without half a surrogate pair, which no encoding can express. */
const WELL_FORMED = /^\P{Surrogate}*$/u;

const itemIdSchema = z.string().min(1).max(256).regex(WELL_FORMED, "This is not an id of a OneDrive item.");

/** POST /onedrive/folders */
export const createFolderRequestSchema = z.object({
  parent_id: itemIdSchema.optional(),
  name: z.string().trim().min(1).max(255),
});

/** One folder or video of GET /onedrive/items. Sizes are bytes, durations milliseconds; null where OneDrive is silent. */
export const libraryItemSchema = z.object({
  id: z.string(),
  kind: z.enum(["folder", "video"]),
  name: z.string(),
  size: z.number().int(),
  child_count: z.number().int(),
  duration_ms: z.number().int().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  modified_at: z.string().nullable(),
  /** Short-lived address of OneDrive's own picture. */
  thumbnail_url: z.url().nullable(),
  /** The video this file is already, when it is one. */
  video: z.object({ id: z.uuid(), product_id: z.uuid().nullable() }).nullable(),
});

/** GET /onedrive/items?folder_id=&cursor= : folders and videos, in the order of names; no `folder_id` = the top. */
export const libraryPageSchema = z.object({
  folder: z.object({ id: z.string(), path: z.string() }),
  items: z.array(libraryItemSchema),
  next_cursor: z.string().nullable(),
});

/** Videos one call of POST /onedrive/links takes at most, in a folder or one by one. */
export const MAX_LINKED_VIDEOS = 200;

/** POST /onedrive/links : files, or a folder whose videos are taken (with those of its subfolders when asked to). */
export const linkRequestSchema = z
  .object({
    item_ids: z.array(itemIdSchema).min(1).max(MAX_LINKED_VIDEOS).optional(),
    folder_id: itemIdSchema.optional(),
    include_subfolders: z.boolean().optional(),
    product_id: z.uuid().optional(),
  })
  .strict()
  .refine((body) => (body.item_ids === undefined) !== (body.folder_id === undefined), {
    message: "Send either item_ids or folder_id.",
    path: ["item_ids"],
  });

/** What happened to a file: `other_product` = its video belongs to another product and was left there. */
export const LINK_OUTCOMES = ["linked", "already_linked", "other_product"] as const;

/** POST /onedrive/set-folder */
export const setFolderRequestSchema = z.object({ folder_id: itemIdSchema });

/** Largest file OneDrive takes (250 GB), in bytes. */
export const MAX_UPLOAD_BYTES = 250 * 1024 ** 3;

/** Fragment lengths are multiples of 320 KiB, except the last one. */
export const FRAGMENT_MULTIPLE_BYTES = 320 * 1024;

/** Largest legal fragment: strictly below 60 MiB. */
export const MAX_FRAGMENT_BYTES = 191 * FRAGMENT_MULTIPLE_BYTES;

export const DEFAULT_FRAGMENT_BYTES = 32 * FRAGMENT_MULTIPLE_BYTES;

/** Largest fragment the relay takes (7.5 MiB): it is held in memory while it is passed on. */
export const MAX_RELAYED_FRAGMENT_BYTES = 24 * FRAGMENT_MULTIPLE_BYTES;

const fingerprintSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "The fingerprint is a SHA-256 in lower-case hex.");

/**
 * POST /onedrive/upload-url. `fingerprint` = hex SHA-256 over size and first, middle and last MiB. A file that is a
 * video of that product already is 409 `duplicate_upload` unless `allow_duplicate` is true.
 */
export const uploadUrlRequestSchema = z.object({
  filename: z.string().trim().min(1).max(255),
  size: z.number().int().positive().max(MAX_UPLOAD_BYTES),
  mime_type: z.string().trim().max(127).regex(/^[\w.+-]+\/[\w.+-]+$/, "A media type looks like video/mp4."),
  product_id: z.uuid().optional(),
  fingerprint: fingerprintSchema,
  allow_duplicate: z.boolean().optional(),
});

export const UPLOAD_SESSION_STATUSES = [
  "active",
  "verifying",
  "complete",
  "expired",
  "canceled",
  "failed",
] as const;

/**
 * Answer of POST /onedrive/upload-url, GET /onedrive/uploads/:id and POST /onedrive/uploads/:id/restart.
 * `next_offset` is read from OneDrive itself. Sizes and offsets are bytes.
 * `hash` is the resumable quickXorHash state of the bytes below `hash.offset`, when a browser stored one.
 */
export const uploadSessionSchema = z.object({
  upload_session_id: z.uuid(),
  upload_url: z.url().nullable(),
  fragment_size: z.number().int(),
  next_offset: z.number().int(),
  expires_at: z.iso.datetime({ offset: true }),
  status: z.enum(UPLOAD_SESSION_STATUSES),
  filename: z.string(),
  size: z.number().int(),
  mime_type: z.string(),
  product_id: z.uuid().nullable(),
  fingerprint: z.string(),
  hash: z.object({ offset: z.number().int(), state: z.string() }).nullable(),
  video_id: z.uuid().nullable(),
  error_code: z.string().nullable(),
});

/** GET /onedrive/uploads : the caller's unfinished uploads, newest first. */
export const uploadListSchema = z.object({ uploads: z.array(uploadSessionSchema) });

/**
 * POST /onedrive/uploads/:id/progress : called by the browser after acknowledged fragments (at most every few
 * seconds). Extends the uploader's lease (header `x-uploader-id`, a UUID per tab) and keeps the hash state.
 */
export const uploadProgressRequestSchema = z.object({
  next_offset: z.number().int().nonnegative(),
  hash: z.object({
    offset: z.number().int().nonnegative(),
    state: z.string().max(64).regex(/^[\w+/=:.-]+$/, "The hash state is plain text such as base64."),
  }).optional(),
  expires_at: z.iso.datetime({ offset: true }).optional(),
});

/**
 * PUT /onedrive/uploads/:id/fragments : for browsers that OneDrive's upload host does not let in. The body is the
 * fragment, at most MAX_RELAYED_FRAGMENT_BYTES; status and body of the answer are OneDrive's own.
 */
export const fragmentHeadersSchema = z.object({
  "content-range": z.string().regex(
    /^bytes \d{1,12}-\d{1,12}\/\d{1,12}$/,
    "Content-Range looks like bytes 0-9/10.",
  ),
});

/**
 * POST /onedrive/uploads/:id/complete. `quickxor` is standard base64 of 20 bytes; `item_id` is the file's id in the
 * answer to the last fragment, which lets a file that turns out wrong be removed.
 */
export const completeUploadRequestSchema = z.object({
  quickxor: z.string().regex(/^[A-Za-z0-9+/]{27}=$/, "quickxor is base64 of 20 bytes."),
  item_id: itemIdSchema.optional(),
  duration_ms: z.number().int().nonnegative().optional(),
  width: z.number().int().positive().max(32768).optional(),
  height: z.number().int().positive().max(32768).optional(),
});

/** 202 of POST /onedrive/uploads/:id/complete : OneDrive has not computed its hash yet; ask again. */
export const uploadVerifyingSchema = z.object({
  status: z.literal("verifying"),
  retry_after_ms: z.number().int(),
});

/** DELETE /onedrive/uploads/:id?item_id= : the file's id, when the browser got the answer to its last byte. */
export const cancelUploadQuerySchema = z.object({ item_id: itemIdSchema.optional() });

/** 200 of DELETE /onedrive/uploads/:id : canceled, but this file stays, since it may not be this upload's. */
export const canceledUploadSchema = z.object({
  status: z.literal("canceled"),
  left: z.object({ path: z.string() }),
});

/** POST /onedrive/finish. Another account than before is 409 `different_account` until confirmed. */
export const onedriveFinishRequestSchema = finishRequestSchema.extend({
  confirm_switch: z.boolean().optional(),
});

export type LibraryItem = z.infer<typeof libraryItemSchema>;
export type LibraryPage = z.infer<typeof libraryPageSchema>;
export type LinkRequest = z.infer<typeof linkRequestSchema>;
export type OnedriveStatus = z.infer<typeof onedriveStatusSchema>;
export type Folder = z.infer<typeof folderSchema>;
export type FolderList = z.infer<typeof folderListSchema>;
export type UploadUrlRequest = z.infer<typeof uploadUrlRequestSchema>;
export type OnedriveFinishRequest = z.infer<typeof onedriveFinishRequestSchema>;
export type CanceledUpload = z.infer<typeof canceledUploadSchema>;
export type UploadVerifying = z.infer<typeof uploadVerifyingSchema>;
export type UploadSession = z.infer<typeof uploadSessionSchema>;
export type UploadSessionStatus = UploadSession["status"];
export type UploadProgressRequest = z.infer<typeof uploadProgressRequestSchema>;
export type CompleteUploadRequest = z.infer<typeof completeUploadRequestSchema>;
