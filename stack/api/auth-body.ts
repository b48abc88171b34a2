import { authError } from "./auth-error.ts";

export type AuthBody = Readonly<Record<string, unknown>>;

/** Fields GoTrue reads as text; anything else in them is a body it cannot read. */
const TEXT_FIELDS = [
  "email",
  "new_email",
  "phone",
  "password",
  "current_password",
  "nonce",
  "token",
  "token_hash",
  "type",
  "refresh_token",
  "auth_code",
  "code_verifier",
  "redirect_to",
  "scope",
];

/** Widths of the columns behind them. */
const MAX_LENGTHS: Readonly<Record<string, number>> = { email: 255, new_email: 255, refresh_token: 255 };

/**
 * Reads a JSON body, refusing what GoTrue refuses and lite or Postgres would fail on: no object, wrong types,
 * texts Postgres cannot store. Bodies that are no JSON at all are left to lite.
 */
export async function readAuthBody(request: Request): Promise<AuthBody | Response> {
  if (new URL(request.url).search.includes("%00")) return unreadable("invalid character '\\x00'");
  if (request.method !== "POST" && request.method !== "PUT") return {};
  const text = await request.clone().text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return unreadable("the body must be a JSON object");
  }
  if (/\\u0000/i.test(text)) return unreadable("invalid character '\\x00' in string literal");
  return checkFields(body as AuthBody);
}

function checkFields(body: AuthBody): AuthBody | Response {
  for (const name of TEXT_FIELDS) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== "string") return unreadable(`${name} must be a string`);
    if (value.length > (MAX_LENGTHS[name] ?? Infinity)) {
      return authError(400, "validation_failed", `${name} is too long`);
    }
  }
  for (const name of ["data", "options"]) {
    const value = body[name];
    if (value !== undefined && value !== null && (typeof value !== "object" || Array.isArray(value))) {
      return unreadable(`${name} must be an object`);
    }
  }
  return body;
}

function unreadable(reason: string): Response {
  return authError(400, "bad_json", `Could not parse request body as JSON: ${reason}`);
}
