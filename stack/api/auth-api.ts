import { App } from "@supabase/lite";
import { PostgresConnection } from "@supabase/lite/postgres";
import postgres from "postgres";
import { answerAdminRequest } from "./admin-api.ts";
import type { ApiConfig } from "./config.ts";
import { createMailDriver } from "./mail-driver.ts";
import { repairTokens } from "./repair-tokens.ts";

type Handler = (request: Request) => Promise<Response>;

/** The Auth API: @supabase/lite as `supabase_auth_admin`, its tokens signed again with GoTrue's claims. */
export function createAuthApi(config: ApiConfig): Handler {
  const sql = postgres(config.authUrl, { max: 2, prepare: false });
  const mail = createMailDriver(config);
  const connection = new PostgresConnection({
    url: config.authUrl,
    postgresOptions: { max: 10, onnotice: () => {}, types: { json: jsonType(114), jsonb: jsonType(3802) } },
  });
  const app = new App({
    connection,
    api: { enabled: false },
    storage: { enabled: false },
    studio: { enabled: false },
    auth: {
      ...config.auth,
      enabled: true,
      jwt_secret: config.jwtSecret,
      publishable_key: config.publishableKey,
      secret_key: config.secretKey,
      site_url: config.webUrl,
      additional_redirect_urls: [...redirectUrls(config.auth), config.webUrl, `${config.webUrl}/**`],
    },
    options: { server: { admin: false }, drivers: { email: mail.driver } },
  });

  const issuer = `${config.publicApiUrl}/auth/v1`;

  return async (request) => {
    const admin = await answerAdminRequest(request, sql, config);
    if (admin) return admin;
    const url = new URL(request.url);
    if (await hasBadBody(request)) {
      return Response.json({ code: 400, error_code: "bad_json", msg: "The body must be a JSON object." }, {
        status: 400,
      });
    }
    const accepted = await acceptEmailType(request, url);
    const redirectTo = url.searchParams.get("redirect_to");
    const response = await mail.withRedirect(redirectTo, () => app.fetch(accepted, { peerAddress: null }));
    return await repairTokens(response, url, { sql, jwtSecret: config.jwtSecret, issuer });
  };
}

/** GoTrue answers 400 to a body that is JSON but no object; lite fails on it. */
async function hasBadBody(request: Request): Promise<boolean> {
  if (request.method !== "POST" && request.method !== "PUT") return false;
  const text = await request.clone().text();
  try {
    const value: unknown = JSON.parse(text);
    return typeof value !== "object" || value === null || Array.isArray(value);
  } catch {
    return false;
  }
}

/** GoTrue takes type `email` for any token that came by mail; lite knows only the older name of it. */
async function acceptEmailType(request: Request, url: URL): Promise<Request> {
  if (request.method !== "POST" || url.pathname !== "/auth/v1/verify") return request;
  const text = await request.text();
  const body = text.replace(/("type"\s*:\s*)"email"/, '$1"magiclink"');
  return new Request(url, { method: "POST", headers: request.headers, body });
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
