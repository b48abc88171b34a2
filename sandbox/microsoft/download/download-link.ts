import { createHmac } from "node:crypto";
import { isSameSecret } from "../../kit/registered-app.ts";
import type { Kit } from "../../kit/provider.ts";
import type { MicrosoftState } from "../state.ts";

const LIFETIME_S = 3600;

/** What a pre-authenticated address gives access to. */
export interface LinkGrant {
  account: string;
  itemId: string;
  /** Null for the file itself, else the thumbnail's size in pixels. */
  thumbnail: { width: number; height: number } | null;
  expiresAt: number;
}

/** Signs an address on the download host; it dies after an hour. */
export function createDownloadUrl(
  kit: Kit,
  state: MicrosoftState,
  grant: Omit<LinkGrant, "expiresAt">,
  name: string,
): string {
  const lifetime = kit.settings.get("microsoft", "download_url_ttl_s", LIFETIME_S);
  const payload = encode(JSON.stringify({ ...grant, expiresAt: kit.now() + lifetime * 1000 }));
  const kind = grant.thumbnail === null ? "dl" : "thumbnail";
  const path = `/${kind}/${encodeURIComponent(grant.itemId)}/${encodeURIComponent(name)}`;
  return `${kit.urls.MICROSOFT_DOWNLOAD_URL}${path}?tempauth=v1.${payload}.${
    sign(payload, state.linkSecret)
  }`;
}

/** The grant inside a `tempauth` value; null when the signature is not ours. */
export function readDownloadGrant(tempauth: string, state: MicrosoftState): LinkGrant | null {
  const [version, payload = "", signature = ""] = tempauth.split(".");
  if (version !== "v1" || !isSameSecret(signature, sign(payload, state.linkSecret))) return null;
  const bytes = Uint8Array.fromBase64(payload, { alphabet: "base64url" });
  return JSON.parse(new TextDecoder().decode(bytes)) as LinkGrant;
}

function sign(payload: string, secret: string): string {
  return createHmac("sha256", secret).update(payload).digest("base64url");
}

function encode(text: string): string {
  return new TextEncoder().encode(text).toBase64({ alphabet: "base64url", omitPadding: true });
}
