import type { Sealed } from "../core/token-cipher.ts";
import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import type { VideoRow } from "./product-videos.ts";
import type { Row } from "./row.ts";

const UPLOADER_LEASE_SECONDS = 45;
const OPEN_STATUSES = ["active", "verifying", "expired"];

export type UploadStatus = "active" | "verifying" | "complete" | "expired" | "canceled" | "failed";

/** A row of onedrive_upload_sessions. Sizes and offsets in bytes. */
export type UploadRow = Row<"onedrive_upload_sessions", { status: UploadStatus }>;

export type NewUpload = Pick<
  UploadRow,
  | "connection_id"
  | "product_id"
  | "drive_id"
  | "size_bytes"
  | "mime_type"
  | "fingerprint"
  | "fragment_size"
>;

/** Where OneDrive takes the bytes. */
export interface OpenedUpload {
  folder: { id: string; path: string };
  filename: string;
  uploadUrl: Sealed;
  expiresAt: Date;
  uploaderId: string | null;
}

export interface UploadProgress {
  nextOffset: number;
  hash?: { offset: number; state: string };
  expiresAt?: Date;
}

/** What the browser says about the finished file. */
export type UploadClaim = {
  quickxor?: string;
  item_id?: string;
  duration_ms?: number;
  width?: number;
  height?: number;
};

/** The file as OneDrive describes it after the upload. */
export type VerifiedItem = {
  id: string;
  drive_id: string;
  name: string;
  path: string;
  size: number;
  quickxor: string;
  duration_ms: number | null;
  width: number | null;
  height: number | null;
};

/** The video the same file became before. */
export interface UploadedTwin {
  videoId: string;
  filename: string;
  uploadedAt: string;
}

export type OnedriveUploads = ReturnType<typeof createOnedriveUploads>;

/** Queries over onedrive_upload_sessions: read as the caller, written as service_role. */
export function createOnedriveUploads({ asCaller, admin }: DatabaseClients) {
  return {
    async findOwn(callerToken: string, sessionId: string): Promise<UploadRow | null> {
      const query = asCaller(callerToken).from("onedrive_upload_sessions").select("*");
      return (unwrap(await query.eq("id", sessionId).limit(1)) as UploadRow[])[0] ?? null;
    },

    /** Unfinished uploads of the caller, newest first. */
    async listOwnOpen(callerToken: string): Promise<UploadRow[]> {
      const query = asCaller(callerToken).from("onedrive_upload_sessions").select("*");
      const answer = await query.in("status", OPEN_STATUSES).order("created_at", { ascending: false }).limit(
        100,
      );
      return unwrap(answer) as UploadRow[];
    },

    /** Null when another upload of the user already aims at that name. */
    async create(userId: string, upload: NewUpload, opened: OpenedUpload): Promise<UploadRow | null> {
      const rows = unwrap(
        await admin.rpc("create_onedrive_upload", {
          p_user_id: userId,
          p_upload: { ...upload, ...toOpenedFields(opened) },
          p_lease_seconds: UPLOADER_LEASE_SECONDS,
        }),
      );
      return (rows as UploadRow[])[0] ?? null;
    },

    /** Null when another upload of the user already aims at that name. */
    async restart(userId: string, sessionId: string, opened: OpenedUpload): Promise<UploadRow | null> {
      const rows = unwrap(
        await admin.rpc("restart_onedrive_upload", {
          p_user_id: userId,
          p_session_id: sessionId,
          p_opened: toOpenedFields(opened),
          p_lease_seconds: UPLOADER_LEASE_SECONDS,
        }),
      );
      return (rows as UploadRow[])[0] ?? null;
    },

    async getUrl(userId: string, sessionId: string): Promise<{ sealed: Sealed; openedAt: Date } | null> {
      const [row] = unwrap(
        await admin.rpc("get_onedrive_upload_url", { p_user_id: userId, p_session_id: sessionId }),
      );
      return row
        ? { sealed: { text: row.upload_url, keyId: row.key_id }, openedAt: new Date(row.opened_at) }
        : null;
    },

    /** Takes or extends the uploader's lease; false while another tab holds it. */
    async hold(userId: string, sessionId: string, uploaderId: string, takeOver: boolean): Promise<boolean> {
      return unwrap(
        await admin.rpc("hold_onedrive_upload", {
          p_user_id: userId,
          p_session_id: sessionId,
          p_uploader_id: uploaderId,
          p_take_over: takeOver,
          p_lease_seconds: UPLOADER_LEASE_SECONDS,
        }),
      );
    },

    /** Null when the upload is not active any more. */
    async record(userId: string, sessionId: string, progress: UploadProgress): Promise<UploadRow | null> {
      const rows = unwrap(
        await admin.rpc("record_onedrive_upload_progress", {
          p_user_id: userId,
          p_session_id: sessionId,
          p_next_offset: progress.nextOffset,
          p_hash_offset: progress.hash?.offset,
          p_hash_state: progress.hash?.state,
          p_expires_at: progress.expiresAt?.toISOString(),
        }),
      );
      return (rows as UploadRow[])[0] ?? null;
    },

    /** Changes the status along the moves SQL allows; a forbidden one is `upload_not_active`. */
    async move(
      userId: string,
      sessionId: string,
      status: UploadStatus,
      errorCode?: string,
      claim: UploadClaim = {},
    ): Promise<UploadRow> {
      const rows = unwrap(
        await admin.rpc("move_onedrive_upload", {
          p_user_id: userId,
          p_session_id: sessionId,
          p_status: status,
          p_error_code: errorCode,
          p_claim: claim,
        }),
      );
      return rows[0] as UploadRow;
    },

    /** Gives an open upload another name. Null when another upload of the user aims at it, or this one is over. */
    async place(userId: string, sessionId: string, filename: string): Promise<UploadRow | null> {
      const rows = unwrap(
        await admin.rpc("place_onedrive_upload", {
          p_user_id: userId,
          p_session_id: sessionId,
          p_filename: filename,
        }),
      );
      return (rows as UploadRow[])[0] ?? null;
    },

    /** The video of the product that came from the same file; null when there is none. */
    async findTwin(
      userId: string,
      productId: string,
      { fingerprint, size }: { fingerprint: string; size: number },
    ): Promise<UploadedTwin | null> {
      const [row] = unwrap(
        await admin.rpc("find_uploaded_twin", {
          p_user_id: userId,
          p_product_id: productId,
          p_fingerprint: fingerprint,
          p_size_bytes: size,
        }),
      );
      return row
        ? {
          videoId: row.video_id,
          filename: row.filename,
          uploadedAt: row.uploaded_at,
        }
        : null;
    },

    /** Makes the video of a verified upload, once. */
    async complete(userId: string, sessionId: string, item: VerifiedItem): Promise<VideoRow> {
      const rows = unwrap(
        await admin.rpc("complete_onedrive_upload", {
          p_user_id: userId,
          p_session_id: sessionId,
          p_item: item,
        }),
      );
      return rows[0] as VideoRow;
    },

    async listToSweep(limit: number): Promise<UploadRow[]> {
      return unwrap(await admin.rpc("list_onedrive_uploads_to_sweep", { p_limit: limit })) as UploadRow[];
    },
  };
}

function toOpenedFields({ folder, filename, uploadUrl, expiresAt, uploaderId }: OpenedUpload) {
  return {
    folder_id: folder.id,
    folder_path: folder.path,
    filename,
    upload_url: uploadUrl.text,
    key_id: uploadUrl.keyId,
    expires_at: expiresAt.toISOString(),
    uploader_id: uploaderId,
  };
}
