import assert from "node:assert/strict";
import { readEnv } from "../../../web/src/config/read-env.ts";

Deno.test("readEnv builds the functions' address from the project's", () => {
  const env = readEnv({
    VITE_SUPABASE_URL: "http://127.0.0.1:54321/",
    VITE_SUPABASE_PUBLISHABLE_KEY: "sb_publishable_x",
  });
  assert.equal(env.supabaseUrl, "http://127.0.0.1:54321");
  assert.equal(env.functionsUrl, "http://127.0.0.1:54321/functions/v1");
});

Deno.test("readEnv names every missing variable at once", () => {
  assert.throws(() => readEnv({}), /VITE_SUPABASE_URL and VITE_SUPABASE_PUBLISHABLE_KEY/);
});

Deno.test("readEnv knows a mailbox page only where one is given", () => {
  const given = {
    VITE_SUPABASE_URL: "http://127.0.0.1:54321",
    VITE_SUPABASE_PUBLISHABLE_KEY: "sb_publishable_x",
  };
  assert.equal(readEnv(given).mailUrl, null);
  assert.equal(
    readEnv({ ...given, VITE_MAIL_URL: "http://127.0.0.1:54324" }).mailUrl,
    "http://127.0.0.1:54324",
  );
});
