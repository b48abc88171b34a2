import { AppError } from "../core/app-error.ts";
import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

const BUCKET = "covers";
const MISSING_STATUSES = [400, 404];

export type Covers = ReturnType<typeof createCovers>;

/**
 * The bucket of covers, reached as service_role. `publicUrl`: where the outside reaches this system, if not under the
 * address that functions use.
 */
export function createCovers(admin: DatabaseClient, publicUrl?: string) {
  const bucket = () => admin.storage.from(BUCKET);

  return {
    /** The whole picture, at most 2 MiB by the bucket's limit; null when it is not there. */
    async read(objectPath: string): Promise<Uint8Array<ArrayBuffer> | null> {
      const { data, error } = await bucket().download(objectPath);
      if (!error) return new Uint8Array(await data.arrayBuffer());
      if (MISSING_STATUSES.includes(Number(error.status))) return null;
      throw new AppError("temporarily_unavailable", { cause: error });
    },

    /** An address that works for `seconds`. */
    async sign(objectPath: string, seconds: number): Promise<string> {
      const { data, error } = await bucket().createSignedUrl(objectPath, seconds);
      if (error) throw new AppError("temporarily_unavailable", { cause: error });
      const { pathname, search } = new URL(data.signedUrl);
      return publicUrl ? new URL(pathname + search, publicUrl).href : data.signedUrl;
    },

    /** Up to `limit` covers that no post needs any more. */
    async listSpent(limit: number): Promise<string[]> {
      const rows = unwrap(await admin.rpc("list_spent_covers", { p_limit: limit }));
      return rows.map((row) => row.object_path);
    },

    /** An object that is not there counts as removed. */
    async remove(objectPaths: readonly string[]): Promise<void> {
      const { error } = await bucket().remove([...objectPaths]);
      if (error) throw new AppError("temporarily_unavailable", { cause: error });
    },
  };
}
