import { AppError } from "../core/app-error.ts";
import type { DatabaseClients } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

/** Most names one call of the Storage API takes, and most rows one of the Data API answers. */
const PAGE = 1000;

export interface ObjectPlace {
  bucket_id: string;
  name: string;
}

export interface StoredObject extends ObjectPlace {
  size_bytes: number | null;
  mime_type: string | null;
  created_at: string;
}

export type AccountObjects = ReturnType<typeof createAccountObjects>;

/** Stored objects of one user over all buckets (service_role): listed by SQL, changed by the Storage API alone. */
export function createAccountObjects(
  { admin }: Pick<DatabaseClients, "admin">,
) {
  return {
    /** Up to 1000 objects behind `after`, in order of bucket and name. */
    async listPage(
      userId: string,
      after?: ObjectPlace,
    ): Promise<StoredObject[]> {
      return unwrap(
        await admin.rpc("list_account_objects", {
          p_user_id: userId,
          p_limit: PAGE,
          p_after_bucket: after?.bucket_id,
          p_after_name: after?.name,
        }),
      );
    },

    /** Objects below the folder of a user who does not exist, an hour old at least. */
    async listOrphans(): Promise<ObjectPlace[]> {
      return unwrap(
        await admin.rpc("list_orphaned_objects", { p_limit: PAGE }),
      );
    },

    /** Removes objects, bytes and all. Returns how many were there. */
    async remove(places: readonly ObjectPlace[]): Promise<number> {
      let count = 0;
      for (const [bucket, names] of groupByBucket(places)) {
        const { data, error } = await admin.storage.from(bucket).remove(names);
        if (error) {
          throw new AppError("temporarily_unavailable", { cause: error });
        }
        count += data.length;
      }
      return count;
    },

    /** Addresses that work for `seconds`, by "bucket/name". */
    async sign(
      places: readonly ObjectPlace[],
      seconds: number,
    ): Promise<Map<string, string>> {
      const urls = new Map<string, string>();
      for (const [bucket, names] of groupByBucket(places)) {
        const { data, error } = await admin.storage.from(bucket)
          .createSignedUrls(names, seconds);
        if (error) {
          throw new AppError("temporarily_unavailable", { cause: error });
        }
        for (const { path, signedUrl } of data) {
          if (path && signedUrl) urls.set(`${bucket}/${path}`, signedUrl);
        }
      }
      return urls;
    },
  };
}

function groupByBucket(places: readonly ObjectPlace[]): Map<string, string[]> {
  return new Map(
    Object.entries(Object.groupBy(places, ({ bucket_id }) => bucket_id))
      .map(([bucket, group = []]) => [bucket, group.map(({ name }) => name)]),
  );
}
