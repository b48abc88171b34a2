import { isSameSecret, type RegisteredApp } from "../../kit/registered-app.ts";
import { LoginFailure } from "./login-failure.ts";

/**
 * Proves the caller of the token endpoint: client id and secret in the body or as HTTP Basic. A browser's request
 * (it has `Origin`) may not carry a secret, and the registered app is a confidential one, so it needs the secret.
 */
export function checkClient(headers: Headers, form: URLSearchParams, app: RegisteredApp): void {
  const basic = readBasic(headers.get("authorization"));
  const clientId = basic?.id ?? form.get("client_id");
  const secret = basic?.secret ?? form.get("client_secret");
  if (clientId === null) {
    throw new LoginFailure("invalid_request", 900144, "The request must contain 'client_id'.");
  }
  if (clientId !== app.clientId) {
    throw new LoginFailure("unauthorized_client", 700016, "Application was not found in the directory.");
  }
  if (headers.has("origin")) {
    const message =
      "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.";
    throw new LoginFailure("invalid_request", 9002326, message);
  }
  if (secret === null) {
    const message = "The request body must contain 'client_assertion' or 'client_secret'.";
    throw new LoginFailure("invalid_client", 7000218, message, 401);
  }
  if (!isSameSecret(secret, app.clientSecret)) {
    throw new LoginFailure("invalid_client", 7000215, "Invalid client secret provided.", 401);
  }
}

function readBasic(header: string | null): { id: string; secret: string } | null {
  const encoded = /^basic (.+)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return null;
  try {
    const [id = "", ...rest] = atob(encoded).split(":");
    return { id: decodeURIComponent(id), secret: decodeURIComponent(rest.join(":")) };
  } catch {
    return null;
  }
}
