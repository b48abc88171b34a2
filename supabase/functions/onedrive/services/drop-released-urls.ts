import type { ReleasedUrl } from "../../_shared/db/released-upload-urls.ts";
import { type OnedriveDeps, PROVIDER } from "./deps.ts";

const LIMIT = 50;

/**
 * Tells OneDrive to drop the bytes of uploads that have ended, of one user or of everybody. One that cannot be told
 * now is tried again by the sweep. Resolves to how many sessions were still there, and how many were over already.
 */
export async function dropReleasedUrls(
  deps: OnedriveDeps,
  userId?: string,
): Promise<{ dropped: number; over: number; failed: number }> {
  const counts = { dropped: 0, over: 0, failed: 0 };
  const urls = await deps.releasedUrls.take(LIMIT, userId);
  await Promise.all(urls.map(async (url) => {
    const outcome = await dropOne(deps, url).catch(() => "failed" as const);
    counts[outcome]++;
  }));
  return counts;
}

async function dropOne(
  deps: OnedriveDeps,
  { id, userId, sealed }: ReleasedUrl,
): Promise<"dropped" | "over"> {
  const url = await deps.cipher.decrypt(sealed, {
    userId,
    provider: PROVIDER,
    column: "upload_url",
  });
  const isDropped = await deps.uploadUrls.cancel(url);
  await deps.releasedUrls.forget(id);
  return isDropped ? "dropped" : "over";
}
