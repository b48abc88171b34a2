import { getGraph, type Host, longFacebookToken, redeemInstagramCode, VERSION } from "./meta-sign-in.ts";
import { type Json, waitFor } from "./microsoft-account.ts";
import type { SandboxProcess } from "./sandbox-process.ts";

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

/** Sends bytes to an upload address. */
export function putBytes(
  uri: string,
  token: string,
  bytes: Uint8Array<ArrayBuffer>,
  offset: number,
  total: number,
  headers: Record<string, string> = {},
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
