import { join } from "node:path";
import { readPublishEnv } from "../../../supabase/functions/_shared/core/env.ts";
import { createPublishDeps } from "../../../supabase/functions/publish/create-deps.ts";
import type { TestStack } from "../../support/stack.ts";

/** The real dependencies of the publish function over a running stack, in the test's own process. */
export async function createStackDeps({ env, dataDir }: Pick<TestStack, "env" | "dataDir">) {
  const secrets = JSON.parse(await Deno.readTextFile(join(dataDir, "secrets.json")));
  const app = { id: env.SANDBOX_CLIENT_ID, secret: env.SANDBOX_CLIENT_SECRET };
  return createPublishDeps(
    readPublishEnv({
      ...env,
      SUPABASE_URL: env.API_URL,
      SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: env.PUBLISHABLE_KEY }),
      SUPABASE_SECRET_KEYS: JSON.stringify({ default: env.SECRET_KEY }),
      SUPABASE_JWKS: '{"keys":[]}',
      CRON_SECRET: secrets.cronSecret,
      TOKEN_ENCRYPTION_KEYS: secrets.tokenEncryptionKeys,
      TOKEN_ENCRYPTION_KEY_ID: secrets.tokenEncryptionKeyId,
      MICROSOFT_CLIENT_ID: app.id,
      MICROSOFT_CLIENT_SECRET: app.secret,
      GOOGLE_CLIENT_ID: app.id,
      GOOGLE_CLIENT_SECRET: app.secret,
      META_APP_ID: app.id,
      META_APP_SECRET: app.secret,
      INSTAGRAM_APP_ID: app.id,
      INSTAGRAM_APP_SECRET: app.secret,
      TIKTOK_CLIENT_KEY: app.id,
      TIKTOK_CLIENT_SECRET: app.secret,
      TRANSCODER_KEY: app.secret,
    }),
    { sink: () => {} },
  );
}
