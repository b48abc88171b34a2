import { env } from "../../../config/env.ts";
import { supabase } from "../../../lib/supabase.ts";
import { createUploadApi } from "../uploader/create-upload-api.ts";
import { createUploader } from "../uploader/create-uploader.ts";

export type Uploader = ReturnType<typeof createUploader>;

/** One upload as the uploader describes it. */
export type Upload = ReturnType<Uploader["getSnapshot"]>[number];

/** An uploader that acts as the signed-in user. */
export function startUploader(): Uploader {
  const getAccessToken = async () => (await supabase.auth.getSession()).data.session?.access_token ?? "";
  return createUploader({
    api: createUploadApi({ functionsUrl: env.functionsUrl, publishableKey: env.publishableKey, getAccessToken }),
  });
}
