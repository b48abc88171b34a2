import { isSameSecret, type RegisteredApp } from "../../kit/registered-app.ts";
import { TokenFailure } from "./token-failure.ts";

/** Proves the caller of the token endpoint by client id and secret, in the body or as HTTP Basic. Throws TokenFailure. */
export function checkClient(headers: Headers, form: URLSearchParams, app: RegisteredApp): void {
  const basic = readBasic(headers.get("authorization"));
  const clientId = basic?.id ?? form.get("client_id");
  const secret = basic?.secret ?? form.get("client_secret");
  if (!clientId) throw new TokenFailure("invalid_request", "Could not determine client ID from request.");
  if (clientId !== app.clientId) {
    throw new TokenFailure("invalid_client", "The OAuth client was not found.", 401);
  }
  if (!secret) throw new TokenFailure("invalid_request", "client_secret is missing.");
  if (!isSameSecret(secret, app.clientSecret)) throw new TokenFailure("invalid_client", "Unauthorized", 401);
}

function readBasic(header: string | null): { id: string; secret: string } | null {
  const encoded = /^basic (.+)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return null;
  try {
    const [id = "", ...rest] = atob(encoded).split(":");
    return { id: decodeURIComponent(id), secret: decodeURIComponent(rest.join(":")) };
  } catch {
    throw new TokenFailure("invalid_client", "Unauthorized", 401);
  }
}
