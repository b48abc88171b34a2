import assert from "node:assert/strict";
import { eventually } from "../../support/eventually.ts";
import type { Json } from "./microsoft-account.ts";
import type { SandboxProcess } from "./sandbox-process.ts";

/** The target of a TikTok post as Blotato wants it: every flag named. */
export const TARGET = {
  targetType: "tiktok",
  privacyLevel: "PUBLIC_TO_EVERYONE",
  disabledComments: false,
  disabledDuet: false,
  disabledStitch: false,
  isBrandedContent: false,
  isYourBrand: false,
  isAiGenerated: true,
};

/** Whoever has a key of the pretend Blotato. */
export class BlotatoUser {
  #sandbox: SandboxProcess;

  private constructor(sandbox: SandboxProcess, readonly key: string, readonly accountId: string) {
    this.#sandbox = sandbox;
  }

  static async open(sandbox: SandboxProcess, name: string): Promise<BlotatoUser> {
    const key = `blotato-${name}`;
    const { items } = await new BlotatoUser(sandbox, key, "").json(
      "GET",
      "/users/me/accounts?platform=tiktok",
    );
    return new BlotatoUser(sandbox, key, items[0].id);
  }

  call(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.#sandbox.urls.BLOTATO_URL}/v2${path}`, {
      method,
      headers: { "blotato-api-key": this.key, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  async json(method: string, path: string, body?: unknown): Promise<Json> {
    const response = await this.call(method, path, body);
    const answer = await response.json();
    assert.ok(response.ok, `${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The body of a post; `more` lies beside `post`. */
  bodyOf(mediaUrl: string, text = "Hello", target: object = TARGET, more: object = {}) {
    const content = { text, mediaUrls: [mediaUrl], platform: "tiktok" };
    return { post: { accountId: this.accountId, content, target }, ...more };
  }

  async submit(mediaUrl: string, text?: string): Promise<string> {
    return (await this.json("POST", "/posts", this.bodyOf(mediaUrl, text))).postSubmissionId;
  }

  /** Waits until a submission is over. */
  async waitFor(submissionId: string, status: "published" | "failed"): Promise<Json> {
    return await eventually(`${submissionId} is ${status}`, async () => {
      const answer = await this.json("GET", `/posts/${submissionId}`);
      assert.equal(answer.status, status, JSON.stringify(answer));
      return answer;
    });
  }

  async list(query = ""): Promise<Json[]> {
    return (await this.json("GET", `/posts${query}`)).items;
  }
}

/** Status and sentence of a refusal. */
export async function refusalOf(answer: Promise<Response>): Promise<[number, string]> {
  const response = await answer;
  const body = await response.json();
  assert.equal(body.statusCode, response.status);
  return [response.status, body.message];
}
