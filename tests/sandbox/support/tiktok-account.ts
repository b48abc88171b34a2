import type { Json } from "./microsoft-account.ts";
import type { SandboxProcess } from "./sandbox-process.ts";
import { withChanges } from "./with-changes.ts";

export const TIKTOK_SCOPES = ["user.info.basic", "video.publish", "video.upload", "video.list"];

type Fields = Record<string, string>;

export interface TiktokTokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  refresh_expires_in: number;
  open_id: string;
  scope: string;
}

/** Calls the authorize page; an empty value leaves a usual parameter out. */
export function requestTiktokPage(sandbox: SandboxProcess, changes: Fields = {}): Promise<Response> {
  const query = withChanges({
    client_key: sandbox.clientId,
    response_type: "code",
    scope: TIKTOK_SCOPES.join(","),
    redirect_uri: sandbox.redirectUri,
    state: "some-state",
  }, changes);
  return fetch(`${sandbox.urls.TIKTOK_AUTH_URL}/v2/auth/authorize/?${query}`, { redirect: "manual" });
}

/** Approves in the name of an account and returns the address the browser is sent back to. */
export async function approveTiktok(
  sandbox: SandboxProcess,
  account: string,
  changes: Fields = {},
): Promise<URL> {
  const response = await requestTiktokPage(sandbox, { sandbox_account: account, ...changes });
  await response.body?.cancel();
  return new URL(response.headers.get("location")!);
}

/** Calls an OAuth endpoint with the app's key and secret; an empty value leaves a usual field out. */
export function callTiktokOauth(sandbox: SandboxProcess, path: string, fields: Fields): Promise<Response> {
  const body = withChanges({
    client_key: sandbox.clientId,
    client_secret: sandbox.clientSecret,
    redirect_uri: sandbox.redirectUri,
  }, fields);
  return fetch(`${sandbox.urls.TIKTOK_API_URL}/v2/oauth/${path}/`, { method: "POST", body });
}

/** A TikTok account of the sandbox that has agreed to the app, and what tests do with it. */
export class TiktokAccount {
  readonly tokens: TiktokTokens;
  #sandbox: SandboxProcess;

  constructor(sandbox: SandboxProcess, tokens: TiktokTokens) {
    this.#sandbox = sandbox;
    this.tokens = tokens;
  }

  static async connect(sandbox: SandboxProcess, name: string): Promise<TiktokAccount> {
    const code = (await approveTiktok(sandbox, name)).searchParams.get("code")!;
    const answer = await callTiktokOauth(sandbox, "token", { grant_type: "authorization_code", code });
    return new TiktokAccount(sandbox, await answer.json());
  }

  /** Calls open.tiktokapis.com with the token; `path` starts after the version. */
  api(path: string, body?: unknown, method = "POST"): Promise<Response> {
    return fetch(`${this.#sandbox.urls.TIKTOK_API_URL}/v2/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.tokens.access_token}`,
        "content-type": "application/json; charset=UTF-8",
      },
      body: method === "GET" ? undefined : JSON.stringify(body ?? {}),
    });
  }

  /** Status and error code of a call. */
  async codeOf(path: string, body?: unknown, method?: string): Promise<[number, string]> {
    const response = await this.api(path, body, method);
    return [response.status, (await response.json()).error.code];
  }

  async data(path: string, body?: unknown, method?: string): Promise<Json> {
    return (await (await this.api(path, body, method)).json()).data;
  }

  /** Announces a post of one chunk. */
  init(size: number, post: Json = {}, source: Json = {}): Promise<Json> {
    return this.data("post/publish/video/init/", makeInit(size, post, source));
  }

  status(publishId: string): Promise<Json> {
    return this.data("post/publish/status/fetch/", { publish_id: publishId });
  }
}

/** Body of a direct init, one chunk unless `source` says otherwise. */
export function makeInit(size: number, post: Json = {}, source: Json = {}) {
  return {
    post_info: { privacy_level: "PUBLIC_TO_EVERYONE", title: "A kettle #kettle", ...post },
    source_info: {
      source: "FILE_UPLOAD",
      video_size: size,
      chunk_size: size,
      total_chunk_count: 1,
      ...source,
    },
  };
}

/** Sends bytes `start` (inclusive) to `end` (exclusive) of a file. */
export function putChunk(
  url: string,
  bytes: Uint8Array<ArrayBuffer>,
  start = 0,
  end = bytes.length,
  headers: Fields = {},
): Promise<Response> {
  return fetch(url, {
    method: "PUT",
    headers: {
      "content-type": "video/mp4",
      "content-range": `bytes ${start}-${end - 1}/${bytes.length}`,
      ...headers,
    },
    body: bytes.slice(start, end),
  });
}
