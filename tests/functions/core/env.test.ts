import assert from "node:assert/strict";
import {
  readMicrosoftEnv,
  readPlatformEnv,
  readPublishEnv,
} from "../../../supabase/functions/_shared/core/env.ts";
import { TEST_ENV } from "../support/test-env.ts";

Deno.test("A complete environment is parsed with defaults", () => {
  const { MICROSOFT_LOGIN_URL: _login, MICROSOFT_TENANT: _tenant, ...rest } = TEST_ENV;
  const env = readMicrosoftEnv(rest);
  assert.equal(env.MICROSOFT_LOGIN_URL, "https://login.microsoftonline.com");
  assert.equal(env.MICROSOFT_TENANT, "common");
  assert.equal(env.SUPABASE_SECRET_KEYS.default, "sb_secret_test");
});

Deno.test("Every missing variable is named at once", () => {
  const empty = Object.fromEntries(Object.keys(TEST_ENV).map((name) => [name, ""]));
  assert.throws(() => readMicrosoftEnv(empty), (error: Error) => {
    for (
      const name of ["SUPABASE_URL", "CRON_SECRET", "TOKEN_ENCRYPTION_KEYS", "MICROSOFT_CLIENT_ID", "WEB_URL"]
    ) {
      assert.match(error.message, new RegExp(`${name} is missing`));
    }
    return true;
  });
});

Deno.test("Functions without Microsoft do not ask for its variables", () => {
  const { MICROSOFT_CLIENT_ID: _id, TOKEN_ENCRYPTION_KEYS: _keys, ...rest } = TEST_ENV;
  assert.equal(readPlatformEnv(rest).CRON_SECRET, TEST_ENV.CRON_SECRET);
});

Deno.test("An environment that cannot check sessions is refused", () => {
  assert.throws(() => readPlatformEnv({ ...TEST_ENV, JWT_SECRET: "" }), /sessions cannot be checked/);
});

Deno.test("A current key id without its key is refused", () => {
  assert.throws(
    () => readMicrosoftEnv({ ...TEST_ENV, TOKEN_ENCRYPTION_KEY_ID: "k9" }),
    /TOKEN_ENCRYPTION_KEY_ID/,
  );
});

Deno.test("A key of the wrong length is refused", () => {
  const keys = '{"k1":"c2hvcnQ="}';
  assert.throws(
    () => readMicrosoftEnv({ ...TEST_ENV, TOKEN_ENCRYPTION_KEYS: keys }),
    /TOKEN_ENCRYPTION_KEYS/,
  );
});

Deno.test("Broken JSON is named without being shown", () => {
  assert.throws(
    () => readPlatformEnv({ ...TEST_ENV, SUPABASE_SECRET_KEYS: "sb_secret_plain" }),
    (error: Error) => {
      assert.match(error.message, /SUPABASE_SECRET_KEYS is not valid JSON/);
      assert.doesNotMatch(error.message, /sb_secret_plain/);
      return true;
    },
  );
});

Deno.test("Exceptions for outbound addresses are exact origins, and none on hosted projects", () => {
  const OUTBOUND_ALLOW_ORIGINS = "http://127.0.0.1:1, http://127.0.0.1:2";
  const env = readMicrosoftEnv({ ...TEST_ENV, OUTBOUND_ALLOW_ORIGINS });
  assert.deepEqual(env.OUTBOUND_ALLOW_ORIGINS, ["http://127.0.0.1:1", "http://127.0.0.1:2"]);
  assert.deepEqual(readMicrosoftEnv(TEST_ENV).OUTBOUND_ALLOW_ORIGINS, []);
  const hosted = { ...TEST_ENV, OUTBOUND_ALLOW_ORIGINS, SUPABASE_URL: "https://abc.supabase.co" };
  assert.throws(() => readMicrosoftEnv(hosted), /OUTBOUND_ALLOW_ORIGINS must be empty on a hosted project/);
});

Deno.test("A platform's app is optional, but not half of it", () => {
  const without = { ...TEST_ENV, GOOGLE_CLIENT_ID: "", GOOGLE_CLIENT_SECRET: "", GOOGLE_TOKEN_URL: "" };
  const env = readPublishEnv(without);
  assert.deepEqual([env.GOOGLE_CLIENT_ID, env.GOOGLE_TOKEN_URL], ["", "https://oauth2.googleapis.com"]);
  assert.throws(
    () => readPublishEnv({ ...without, GOOGLE_CLIENT_ID: "id" }),
    /GOOGLE_CLIENT_SECRET belong together/,
  );
  assert.throws(() => readPublishEnv({ ...TEST_ENV, META_GRAPH_VERSION: "26" }), /META_GRAPH_VERSION/);
});

Deno.test("A transcoder needs its key, and may be missing altogether", () => {
  assert.equal(readPublishEnv(TEST_ENV).TRANSCODER_URL, undefined);
  const TRANSCODER_URL = "https://convert.example/";
  assert.throws(() => readPublishEnv({ ...TEST_ENV, TRANSCODER_URL }), /TRANSCODER_KEY .*belong together/);
  const env = readPublishEnv({ ...TEST_ENV, TRANSCODER_URL, TRANSCODER_KEY: "k" });
  assert.equal(env.TRANSCODER_URL, "https://convert.example");
});
