import { App } from "@supabase/lite";
import { PostgresConnection } from "@supabase/lite/postgres";
import { decodeJwt } from "jose";
import postgres from "postgres";
import { answerAdminRequest } from "./admin-api.ts";
import { type AuthBody, readAuthBody } from "./auth-body.ts";
import { createAuthMailer } from "./auth-mailer.ts";
import { acceptFirstEmailLink, mailNewAddress } from "./change-email.ts";
import { endOtherSessions, refusePasswordChange, type SessionClaims } from "./change-password.ts";
import type { ApiConfig } from "./config.ts";
import { answerConfirmation } from "./confirm-signup.ts";
import { createMailDriver } from "./mail-driver.ts";
import { readFrequency, refuseFrequentMail } from "./mail-frequency.ts";
import { repairTokens } from "./repair-tokens.ts";
import { createRunInTurn } from "./run-in-turn.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Handler = (request: Request) => Promise<Response>;

/**
 * The Auth API: @supabase/lite as `supabase_auth_admin`, with GoTrue's answers where lite differs, and its tokens
 * signed again with GoTrue's claims.
 */
export function createAuthApi(config: ApiConfig): Handler {
  const sql = postgres(config.authUrl, { max: 4, prepare: false });
  const transport = createMailDriver(config);
  const mailer = createAuthMailer(config, transport);
  const app = createLite(config, transport.send);
  const ask = (request: Request) => app.fetch(request, { peerAddress: null });
  const email = (config.auth.email ?? {}) as Readonly<Record<string, unknown>>;
  const frequencyMs = readFrequency(config.auth);
  const runInTurn = createRunInTurn();
  const signing = { sql, jwtSecret: config.jwtSecret, issuer: `${config.publicApiUrl}/auth/v1` };

  /** What lite cannot answer as GoTrue does; null for all the rest. */
  async function answerOurselves(request: Request, path: string, body: AuthBody): Promise<Response | null> {
    if (email.enable_confirmations === true) {
      const confirmation = await answerConfirmation(path, body, { sql, mailer, frequencyMs });
      if (confirmation) return confirmation;
    }
    const isDouble = email.double_confirm_changes !== false;
    return await refuseFrequentMail(sql, path, body, frequencyMs) ??
      await acceptFirstEmailLink(request, body, { sql, isDouble, webUrl: config.webUrl });
  }

  async function answerUser(request: Request, body: AuthBody): Promise<Response> {
    const caller = readCaller(request);
    const changesPassword = typeof body.password === "string" && caller !== null;
    if (changesPassword) {
      const isSecure = email.secure_password_change === true;
      const refusal = await refusePasswordChange(sql, body, caller, isSecure);
      if (refusal) return refusal;
    }
    const response = await ask(withoutNulls(request, body));
    if (response.ok && changesPassword) await endOtherSessions(sql, caller);
    const changesAddress = response.ok && caller !== null && typeof body.email === "string";
    if (changesAddress && email.double_confirm_changes !== false) {
      await mailNewAddress(caller.userId, sql, mailer);
    }
    return response;
  }

  async function answer(request: Request, body: AuthBody): Promise<Response> {
    const url = new URL(request.url);
    const own = await answerAdminRequest(request, body, { sql, config }) ??
      await answerOurselves(request, url.pathname, body);
    if (own) return own;
    const response = request.method === "PUT" && url.pathname === "/auth/v1/user"
      ? await answerUser(request, body)
      : await ask(acceptNewTypes(request, url, body));
    return await repairTokens(response, request, signing);
  }

  const keys = [config.publishableKey, config.secretKey];
  return async (request) => {
    // Links in mails carry no key; lite refuses everything else that comes without one.
    const key = request.headers.get("apikey") ?? new URL(request.url).searchParams.get("apikey");
    const isLink = request.method === "GET" && new URL(request.url).pathname === "/auth/v1/verify";
    if (!isLink && !keys.includes(key ?? "")) return await ask(request);
    const body = await readAuthBody(request);
    if (body instanceof Response) return body;
    const redirectTo = new URL(request.url).searchParams.get("redirect_to");
    const address = typeof body.email === "string" ? body.email.toLowerCase() : null;
    return await runInTurn(address, () => transport.withRedirect(redirectTo, () => answer(request, body)));
  };
}

function createLite(config: ApiConfig, send: ReturnType<typeof createMailDriver>["send"]): App {
  const connection = new PostgresConnection({
    url: config.authUrl,
    postgresOptions: { max: 10, onnotice: () => {}, types: { json: jsonType(114), jsonb: jsonType(3802) } },
  });
  return new App({
    connection,
    api: { enabled: false },
    storage: { enabled: false },
    studio: { enabled: false },
    auth: {
      ...config.auth,
      email: withKnownTemplates(config.auth.email),
      enabled: true,
      jwt_secret: config.jwtSecret,
      publishable_key: config.publishableKey,
      secret_key: config.secretKey,
      site_url: config.webUrl,
      additional_redirect_urls: [...redirectUrls(config.auth), config.webUrl, `${config.webUrl}/**`],
    },
    options: { server: { admin: false }, drivers: { email: { send } } },
  });
}

/** lite knows every template of GoTrue but the one of the reauthentication code. */
function withKnownTemplates(email: unknown) {
  const { template, ...rest } = (email ?? {}) as { template?: Record<string, unknown> };
  const { reauthentication: _own, ...known } = template ?? {};
  return { ...rest, template: known };
}

/** GoTrue takes type `email` for any token that came by mail and `invite` for invitations; lite knows neither. */
function acceptNewTypes(request: Request, url: URL, body: AuthBody): Request {
  if (url.pathname !== "/auth/v1/verify") return request;
  const types: Record<string, string> = { email: "magiclink", invite: "signup" };
  if (request.method === "GET") {
    const type = types[url.searchParams.get("type") ?? ""];
    if (type) url.searchParams.set("type", type);
    return new Request(url, request);
  }
  const type = types[String(body.type)];
  return type ? toJson(request, url, { ...body, type }) : request;
}

/** To GoTrue a field that is null is not there; lite takes it for a value. */
function withoutNulls(request: Request, body: AuthBody): Request {
  const present = Object.entries(body).filter(([, value]) => value !== null);
  if (present.length === Object.keys(body).length) return request;
  return toJson(request, new URL(request.url), Object.fromEntries(present));
}

function toJson(request: Request, url: URL, body: unknown): Request {
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  headers.set("content-type", "application/json");
  return new Request(url, { method: request.method, headers, body: JSON.stringify(body) });
}

/** Whom a token claims to be; lite checks it before anything is done. */
function readCaller(request: Request): SessionClaims | null {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!token || token.split(".").length !== 3) return null;
  try {
    const { sub, session_id: sessionId } = decodeJwt(token);
    return UUID.test(String(sub)) && UUID.test(String(sessionId))
      ? { userId: String(sub), sessionId: String(sessionId) }
      : null;
  } catch {
    return null;
  }
}

/**
 * lite hands JSON columns over as text. Left to the driver, the text would be encoded once more and
 * raw_user_meta_data be a JSON string, on which `->>` finds nothing.
 */
function jsonType(oid: number): postgres.PostgresType<unknown> {
  return {
    to: oid,
    from: [oid],
    serialize: (value: unknown) => typeof value === "string" ? value : JSON.stringify(value),
    parse: (value: string) => JSON.parse(value),
  };
}

function redirectUrls(auth: Readonly<Record<string, unknown>>): string[] {
  const urls = auth.additional_redirect_urls;
  return Array.isArray(urls) ? urls.filter((url) => typeof url === "string") : [];
}
