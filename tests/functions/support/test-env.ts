/** A complete function environment that reaches nothing: addresses are on a closed port. */
export const TEST_ENV = {
  SUPABASE_URL: "http://127.0.0.1:9",
  SUPABASE_PUBLISHABLE_KEYS: '{"default":"sb_publishable_test"}',
  SUPABASE_SECRET_KEYS: '{"default":"sb_secret_test"}',
  SUPABASE_JWKS: '{"keys":[]}',
  JWT_SECRET: "test-secret-test-secret-test-secret-0001",
  CRON_SECRET: "cron-secret-cron-secret",
  TOKEN_ENCRYPTION_KEYS: '{"k1":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}',
  TOKEN_ENCRYPTION_KEY_ID: "k1",
  MICROSOFT_CLIENT_ID: "client",
  MICROSOFT_CLIENT_SECRET: "secret",
  MICROSOFT_TENANT: "common",
  MICROSOFT_LOGIN_URL: "http://127.0.0.1:9",
  MICROSOFT_GRAPH_URL: "http://127.0.0.1:9",
  PUBLIC_API_URL: "http://127.0.0.1:9",
  WEB_URL: "http://127.0.0.1:5173",
};
