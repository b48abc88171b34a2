import type { DatabaseClient } from "./clients.ts";
import { unwrap } from "./database-answer.ts";

/** How videos come to Instagram accounts behind a Page, by private.settings: `pull` or `push` (service_role). */
export function createReadInstagramUpload(admin: DatabaseClient): () => Promise<string> {
  return async () => unwrap(await admin.rpc("read_instagram_upload"));
}
