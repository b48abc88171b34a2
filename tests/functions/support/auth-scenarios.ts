import { createAsymmetric, ISSUER, signShared, unsigned, USER_ID, validClaims } from "./tokens.ts";

export interface AuthScenario {
  title: string;
  /** Value of the Authorization header; undefined sends none. */
  authorization: () => Promise<string | undefined> | string | undefined;
  code: "missing_credentials" | "invalid_credentials";
}

const now = () => Math.floor(Date.now() / 1000);
const bearer = async (token: Promise<string> | string) => `Bearer ${await token}`;
const withClaims = (changes: Record<string, unknown>) => () =>
  bearer(signShared({ ...validClaims(), ...changes }));

/** What no router lets through. */
export const AUTH_SCENARIOS: AuthScenario[] = [
  { title: "no credentials", authorization: () => undefined, code: "missing_credentials" },
  { title: "an empty bearer", authorization: () => "Bearer ", code: "invalid_credentials" },
  { title: "another scheme", authorization: () => "Basic dXNlcjpwYXNz", code: "invalid_credentials" },
  { title: "a malformed token", authorization: () => "Bearer not.a.token", code: "invalid_credentials" },
  {
    title: "an API key as bearer",
    authorization: () => "Bearer sb_secret_test",
    code: "invalid_credentials",
  },
  {
    title: "a token signed with another secret",
    authorization: () => bearer(signShared(validClaims(), "x".repeat(40))),
    code: "invalid_credentials",
  },
  {
    title: "a token with a changed payload",
    authorization: async () => {
      const [header, , signature] = (await signShared(validClaims())).split(".");
      const payload = btoa(JSON.stringify({ ...validClaims(), sub: crypto.randomUUID() })).replaceAll(
        "=",
        "",
      );
      return `Bearer ${header}.${payload}.${signature}`;
    },
    code: "invalid_credentials",
  },
  {
    title: "an unsigned token",
    authorization: () => bearer(unsigned(validClaims())),
    code: "invalid_credentials",
  },
  {
    title: "a token with another HMAC algorithm",
    authorization: () => bearer(signShared(validClaims(), undefined, "HS512")),
    code: "invalid_credentials",
  },
  {
    title: "a token of an unknown asymmetric key",
    authorization: async () => bearer((await createAsymmetric("stranger")).sign(validClaims())),
    code: "invalid_credentials",
  },
  { title: "an expired token", authorization: withClaims({ exp: now() - 1 }), code: "invalid_credentials" },
  {
    title: "a token without expiry",
    authorization: withClaims({ exp: undefined }),
    code: "invalid_credentials",
  },
  {
    title: "a token not valid yet",
    authorization: withClaims({ nbf: now() + 600 }),
    code: "invalid_credentials",
  },
  {
    title: "a token of another issuer",
    authorization: withClaims({ iss: `${ISSUER}.evil.example` }),
    code: "invalid_credentials",
  },
  {
    title: "a token without issuer",
    authorization: withClaims({ iss: undefined }),
    code: "invalid_credentials",
  },
  {
    title: "a token for another audience",
    authorization: withClaims({ aud: "anon" }),
    code: "invalid_credentials",
  },
  { title: "an anonymous role", authorization: withClaims({ role: "anon" }), code: "invalid_credentials" },
  {
    title: "a service role",
    authorization: withClaims({ role: "service_role" }),
    code: "invalid_credentials",
  },
  {
    title: "a token without subject",
    authorization: withClaims({ sub: undefined }),
    code: "invalid_credentials",
  },
  {
    title: "a subject that is no user id",
    authorization: withClaims({ sub: `${USER_ID}' or true--` }),
    code: "invalid_credentials",
  },
];
