import { getGraph, longFacebookToken, VERSION } from "./meta-sign-in.ts";
import { type Json, waitFor } from "./microsoft-account.ts";
import type { SandboxProcess } from "./sandbox-process.ts";

const SCOPES = "pages_show_list,pages_read_engagement,pages_manage_posts,business_management";

/** A Facebook Page of the sandbox, reached with its own token. */
export class MetaPage {
  #sandbox: SandboxProcess;

  private constructor(
    sandbox: SandboxProcess,
    readonly id: string,
    readonly token: string,
    readonly userToken: string,
  ) {
    this.#sandbox = sandbox;
  }

  /** Signs in as `name` and takes the first Page. */
  static async connect(sandbox: SandboxProcess, name: string, scope = SCOPES): Promise<MetaPage> {
    const userToken = await longFacebookToken(sandbox, name, { scope });
    const { data } = await getGraph(sandbox, "/me/accounts?fields=id,access_token", userToken);
    return new MetaPage(sandbox, data[0].id, data[0].access_token, userToken);
  }

  /** Calls the graph with the Page's token, or another one; fields go as a form. */
  graph(
    method: string,
    path: string,
    fields?: Record<string, string>,
    token = this.token,
  ): Promise<Response> {
    return fetch(`${this.#sandbox.urls.META_GRAPH_URL}/${VERSION}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      body: fields === undefined ? undefined : new URLSearchParams(fields),
    });
  }

  /** Opens an upload. */
  async start(): Promise<{ id: string; url: string }> {
    const answer = await (await this.graph("POST", `/${this.id}/video_reels`, { upload_phase: "start" }))
      .json();
    return { id: answer.video_id, url: answer.upload_url };
  }

  /** The finish phase; an empty change leaves a usual field out. */
  finish(videoId: string, changes: Record<string, string> = {}): Promise<Response> {
    const usual = {
      upload_phase: "finish",
      video_id: videoId,
      video_state: "PUBLISHED",
      description: "A lamp",
    };
    const fields = Object.entries({ ...usual, ...changes }).filter(([, value]) => value !== "");
    return this.graph("POST", `/${this.id}/video_reels`, Object.fromEntries(fields));
  }

  async statusOf(videoId: string): Promise<Json> {
    return (await (await this.graph("GET", `/${videoId}?fields=status`)).json()).status;
  }

  /** Polls until the video has that status, or its Reel is published. */
  waitFor(videoId: string, wanted: string): Promise<Json> {
    return waitFor(async () => {
      const status = await this.statusOf(videoId);
      return status.video_status === wanted || status.publishing_phase.publish_status === wanted
        ? status
        : null;
    }, 15_000);
  }
}
