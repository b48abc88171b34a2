import { type Json, waitFor } from "./microsoft-account.ts";
import type { SandboxProcess } from "./sandbox-process.ts";

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

/** An Instagram account of the sandbox that is reached through one of Meta's two sign-ins. */
export class MetaAccount {
  readonly host: Host;
  readonly token: string;
  /** The id for publishing. */
  readonly id: string;
  #sandbox: SandboxProcess;

  constructor(sandbox: SandboxProcess, host: Host, token: string, id: string) {
    this.#sandbox = sandbox;
    this.host = host;
    this.token = token;
    this.id = id;
  }

  /** Signs in and finds the account: through the first Page, or by Instagram Login. */
  static async connect(sandbox: SandboxProcess, name: string, host: Host = "facebook"): Promise<MetaAccount> {
    if (host === "instagram") {
      const { access_token, user_id } = (await redeemInstagramCode(sandbox, name)).data[0];
      return new MetaAccount(sandbox, host, access_token, user_id);
    }
    const token = await longFacebookToken(sandbox, name);
    const pages = await getGraph(sandbox, "/me/accounts?fields=id", token);
    const pageId = pages.data[0]?.id;
    const page = pageId && await getGraph(sandbox, `/${pageId}?fields=instagram_business_account`, token);
    return new MetaAccount(sandbox, host, token, page?.instagram_business_account?.id ?? "");
  }

  /** Calls the graph host of the sign-in with a Bearer token; a body goes as JSON. */
  graph(method: string, path: string, body?: Json): Promise<Response> {
    const base = this.#sandbox.urls[this.host === "facebook" ? "META_GRAPH_URL" : "INSTAGRAM_GRAPH_URL"];
    return fetch(`${base}/${VERSION}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  async graphJson(method: string, path: string, body?: Json): Promise<Json> {
    return await (await this.graph(method, path, body)).json();
  }

  /** Asks for a container whose video is pulled. */
  requestContainer(videoUrl: string, changes: Json = {}): Promise<Response> {
    const body = { media_type: "REELS", video_url: videoUrl, caption: "A lamp that folds", ...changes };
    return this.graph("POST", `/${this.id}/media`, body);
  }

  async createContainer(videoUrl: string, changes: Json = {}): Promise<string> {
    return await idOf(this.requestContainer(videoUrl, changes));
  }

  /** Asks for a container whose bytes are uploaded; resolves to its id and upload address. */
  async createResumable(changes: Json = {}): Promise<{ id: string; uri: string }> {
    const body = { media_type: "REELS", upload_type: "resumable", caption: "By bytes", ...changes };
    return await this.graphJson("POST", `/${this.id}/media`, body);
  }

  statusOf(container: string): Promise<Json> {
    return this.graphJson("GET", `/${container}?fields=status_code,status,video_status`);
  }

  /** Polls until the container is in that state. */
  waitForStatus(container: string, wanted: string): Promise<Json> {
    return waitFor(async () => {
      const answer = await this.statusOf(container);
      return answer.status_code === wanted ? answer : null;
    }, 15_000);
  }

  publish(container: string): Promise<Response> {
    return this.graph("POST", `/${this.id}/media_publish`, { creation_id: container });
  }

  /** Pulls, waits and publishes; resolves to the id of the Reel. */
  async post(videoUrl: string, changes: Json = {}): Promise<string> {
    const container = await this.createContainer(videoUrl, changes);
    await this.waitForStatus(container, "FINISHED");
    return await idOf(this.publish(container));
  }
}

async function idOf(answer: Promise<Response>): Promise<string> {
  const body = await (await answer).json();
  if (typeof body.id !== "string") throw new Error(JSON.stringify(body));
  return body.id;
}

/** Reads a refusal of the graph hosts: HTTP status, code and subcode (null for none). */
export async function graphRefusal(answer: Response | Promise<Response>) {
  const response = await answer;
  const { error }: Json = await response.json();
  if (typeof error?.fbtrace_id !== "string") throw new Error("The answer is no refusal of Meta's.");
  return [response.status, error.code, error.error_subcode ?? null];
}

/** Reads a refusal of the upload host: HTTP status, type and whether to try again. */
export async function uploadRefusal(answer: Response | Promise<Response>) {
  const response = await answer;
  const { debug_info }: Json = await response.json();
  return [response.status, debug_info.type, debug_info.retriable];
}

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

/** Sends bytes to an upload address. */
export function putBytes(
  uri: string,
  token: string,
  bytes: Uint8Array<ArrayBuffer>,
  offset: number,
  total: number,
  headers: Fields = {},
): Promise<Response> {
  return fetch(uri, {
    method: "POST",
    headers: {
      authorization: `OAuth ${token}`,
      offset: String(offset),
      file_size: String(total),
      ...headers,
    },
    body: bytes,
  });
}

function withChanges(usual: Fields, changes: Fields): URLSearchParams {
  const query = new URLSearchParams({ ...usual, ...changes });
  for (const [name, value] of [...query]) if (value === "") query.delete(name);
  return query;
}
