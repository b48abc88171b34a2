import { AppError } from "../core/app-error.ts";
import type { Sealed } from "../core/token-cipher.ts";
import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";
import { toSealed } from "./to-sealed.ts";

const STAGED_BUCKET = "published-videos";

/** A copy somebody may write: `leaseToken` is the right to. */
export interface StagedCopy {
  objectPath: string;
  storedBytes: number;
  uploadUrl: Sealed | null;
  leaseToken: string;
  isComplete: boolean;
}

export type StagedCopies = ReturnType<typeof createStagedCopies>;

/**
 * Copies of videos that platforms fetch by URL (service_role): their rows, and their objects in the bucket.
 * `publicUrl`: where the outside reaches this system, if not under the address that functions use.
 */
export function createStagedCopies(admin: DatabaseClient, publicUrl?: string) {
  const bucket = () => admin.storage.from(STAGED_BUCKET);

  return {
    bucket: STAGED_BUCKET,

    /** Null while somebody else writes it. */
    async claim(
      postId: string,
      userId: string,
      sizeBytes: number,
      leaseSeconds: number,
    ): Promise<StagedCopy | null> {
      const [row] = unwrap(
        await admin.rpc("claim_staged_copy", {
          p_post_id: postId,
          p_user_id: userId,
          p_size_bytes: sizeBytes,
          p_lease_seconds: leaseSeconds,
        }),
      );
      if (!row) return null;
      return {
        objectPath: row.object_path,
        storedBytes: Number(row.stored_bytes),
        uploadUrl: toSealed(row.upload_url, row.key_id),
        leaseToken: row.lease_token,
        isComplete: row.completed_at !== null,
      };
    },

    /** False when the right to write it was lost. */
    async save(
      postId: string,
      copy: Pick<StagedCopy, "leaseToken" | "storedBytes" | "uploadUrl">,
      isReleased: boolean,
    ): Promise<boolean> {
      return unwrap(
        await admin.rpc("save_staged_copy", {
          p_post_id: postId,
          p_lease_token: copy.leaseToken,
          p_stored_bytes: copy.storedBytes,
          // Null means that there is none; the generated types do not know it.
          p_upload_url: (copy.uploadUrl?.text ?? null) as string,
          p_key_id: (copy.uploadUrl?.keyId ?? null) as string,
          p_release: isReleased,
        }),
      );
    },

    /** An address that works for `seconds`. */
    async sign(objectPath: string, seconds: number): Promise<string> {
      const { data, error } = await bucket().createSignedUrl(objectPath, seconds);
      if (error) {
        throw new AppError("temporarily_unavailable", { cause: error });
      }
      const { pathname, search } = new URL(data.signedUrl);
      return publicUrl ? new URL(pathname + search, publicUrl).href : data.signedUrl;
    },

    /** Up to `limit` copies nobody needs; whoever gets them removes and forgets them. */
    async takeSpent(limit: number): Promise<{ postId: string; objectPath: string }[]> {
      const rows = unwrap(await admin.rpc("take_spent_copies", { p_limit: limit }));
      return rows.map((row) => ({ postId: row.post_id, objectPath: row.object_path }));
    },

    /** An object that is not there counts as removed. */
    async remove(objectPaths: readonly string[]): Promise<void> {
      const { error } = await bucket().remove([...objectPaths]);
      if (error) {
        throw new AppError("temporarily_unavailable", { cause: error });
      }
    },

    async forget(postId: string): Promise<void> {
      unwrap(await admin.rpc("forget_staged_copy", { p_post_id: postId }));
    },
  };
}
