import type { Json } from "./microsoft-account.ts";
import type { SandboxProcess } from "./sandbox-process.ts";
import { withChanges } from "./with-changes.ts";

export const VERSION = "v26.0";
export const FACEBOOK_SCOPES = [
  "pages_show_list",
  "pages_read_engagement",
  "instagram_basic",
  "instagram_content_publish",
];
export const INSTAGRAM_SCOPES = ["instagram_business_basic", "instagram_business_content_publish"];

export type Host = "facebook" | "instagram";
type Fields = Record<string, string>;

/** Calls a dialog; an empty value leaves a usual parameter out. */
export function requestDialog(
  sandbox: SandboxProcess,
  host: Host,
  changes: Fields = {},
  version = VERSION,
): Promise<Response> {
  const query = withChanges({
    client_id: sandbox.clientId,
    redirect_uri: sandbox.redirectUri,
    response_type: "code",
    scope: (host === "facebook" ? FACEBOOK_SCOPES : INSTAGRAM_SCOPES).join(","),
    state: "some-state",
  }, changes);
  const address = host === "facebook"
    ? `${sandbox.urls.META_DIALOG_URL}/${version}/dialog/oauth`
    : `${sandbox.urls.INSTAGRAM_OAUTH_URL}/oauth/authorize`;
  return fetch(`${address}?${query}`, { redirect: "manual" });
}

/** Approves a dialog in the name of an account and returns the address the browser is sent back to. */
export async function approveDialog(
  sandbox: SandboxProcess,
  host: Host,
  account: string,
  changes: Fields = {},
): Promise<URL> {
  const response = await requestDialog(sandbox, host, { sandbox_account: account, ...changes });
  await response.body?.cancel();
  return new URL(response.headers.get("location")!);
}

export async function askMetaCode(
  sandbox: SandboxProcess,
  host: Host,
  account: string,
  changes: Fields = {},
): Promise<string> {
  return (await approveDialog(sandbox, host, account, changes)).searchParams.get("code")!;
}

/** Calls Facebook's token endpoint with the app's id and secret. */
export function requestFacebookToken(
  sandbox: SandboxProcess,
  fields: Fields,
  method = "GET",
): Promise<Response> {
  const form = withChanges({ client_id: sandbox.clientId, client_secret: sandbox.clientSecret }, fields);
  const address = `${sandbox.urls.META_GRAPH_URL}/${VERSION}/oauth/access_token`;
  return method === "GET" ? fetch(`${address}?${form}`) : fetch(address, { method, body: form });
}

export async function shortFacebookToken(
  sandbox: SandboxProcess,
  name: string,
  changes: Fields = {},
): Promise<string> {
  const code = await askMetaCode(sandbox, "facebook", name, changes);
  const answer = await requestFacebookToken(sandbox, { code, redirect_uri: sandbox.redirectUri });
  return (await answer.json()).access_token;
}

export async function longFacebookToken(
  sandbox: SandboxProcess,
  name: string,
  changes: Fields = {},
): Promise<string> {
  const short = await shortFacebookToken(sandbox, name, changes);
  const exchange = { grant_type: "fb_exchange_token", fb_exchange_token: short };
  return (await (await requestFacebookToken(sandbox, exchange)).json()).access_token;
}

/** Calls Instagram's code exchange. */
export function requestInstagramToken(sandbox: SandboxProcess, fields: Fields): Promise<Response> {
  const form = withChanges({
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
    grant_type: "authorization_code",
    redirect_uri: sandbox.redirectUri,
  }, fields);
  return fetch(`${sandbox.urls.INSTAGRAM_API_URL}/oauth/access_token`, { method: "POST", body: form });
}

export async function redeemInstagramCode(
  sandbox: SandboxProcess,
  name: string,
  changes: Fields = {},
): Promise<Json> {
  const code = await askMetaCode(sandbox, "instagram", name, changes);
  return await (await requestInstagramToken(sandbox, { code })).json();
}

/** GET on graph.facebook.com with the token in the query. */
export async function getGraph(sandbox: SandboxProcess, path: string, token: string): Promise<Json> {
  const url = new URL(`${sandbox.urls.META_GRAPH_URL}/${VERSION}${path}`);
  url.searchParams.set("access_token", token);
  return await (await fetch(url)).json();
}
