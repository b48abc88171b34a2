import { fetchOnOwnConnection } from "../../core/own-connection-fetch.ts";
import { createProviderHttp } from "../../core/provider-http.ts";
import { createTiktokApi } from "./api.ts";
import { createTiktokCreatorClient } from "./creator-client.ts";
import { PROVIDER } from "./error-answer.ts";
import { createTiktokPublishClient } from "./publish-client.ts";
import { createTiktokUploadClient } from "./upload-client.ts";

export type TiktokClients = ReturnType<typeof createTiktokClients>;

/** What posting to TikTok calls. The default fetch never repeats a request unseen: every announced post counts. */
export function createTiktokClients(
  env: { readonly TIKTOK_API_URL: string; readonly TIKTOK_UPLOAD_URL: string },
  fetch: typeof globalThis.fetch = fetchOnOwnConnection,
) {
  const http = createProviderHttp(PROVIDER, { fetch });
  const api = createTiktokApi({ apiUrl: env.TIKTOK_API_URL, http });
  return {
    client: createTiktokPublishClient(api, { uploadUrl: env.TIKTOK_UPLOAD_URL }),
    creators: createTiktokCreatorClient(api),
    uploads: createTiktokUploadClient({ fetch }),
  };
}
