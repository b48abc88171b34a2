import { env } from "../../../config/env.ts";
import { supabase } from "../../../lib/supabase.ts";
import { createUploadApi } from "../uploader/create-upload-api.ts";
import { createUploader, type Uploader } from "../uploader/create-uploader.ts";

// One per page: it holds this tab's name, under which the server lends an upload to one tab at a time.
const api = createUploadApi({
  functionsUrl: env.functionsUrl,
  publishableKey: env.publishableKey,
  getAccessToken: async () => (await supabase.auth.getSession()).data.session?.access_token ?? null,
});

/** An uploader that acts as the signed-in user. */
export function startUploader(): Uploader {
  return createUploader({ api });
}
