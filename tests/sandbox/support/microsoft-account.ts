import type { SandboxProcess } from "./sandbox-process.ts";
import { withChanges } from "./with-changes.ts";

export const FULL_SCOPE = "openid profile offline_access User.Read Files.ReadWrite";
/** 320 KiB, the unit of fragment lengths. */
export const UNIT = 320 * 1024;

export interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  id_token?: string;
  expires_in: number;
  scope: string;
}

/** JSON of an answer, typed as loosely as the platform types it: each test looks at few fields. */
export type Json = Awaited<ReturnType<Response["json"]>>;

/** An account of the sandbox that has agreed to the app, and what tests do with it. */
export class MicrosoftAccount {
  readonly tokens: TokenAnswer;
  #sandbox: SandboxProcess;

  private constructor(sandbox: SandboxProcess, tokens: TokenAnswer) {
    this.#sandbox = sandbox;
    this.tokens = tokens;
  }

  static async connect(sandbox: SandboxProcess, name: string, scope = FULL_SCOPE): Promise<MicrosoftAccount> {
    const verifier = "v".repeat(43);
    const code = await authorize(sandbox, name, { scope, ...await challengeOf(verifier) });
    const response = await requestTokens(sandbox, {
      grant_type: "authorization_code",
      code,
      redirect_uri: sandbox.redirectUri,
      code_verifier: verifier,
    });
    return new MicrosoftAccount(sandbox, await response.json());
  }

  /** Calls Graph; `path` starts after the version. */
  graph(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${this.#sandbox.urls.MICROSOFT_GRAPH_URL}/v1.0${path}`, {
      method,
      redirect: "manual",
      headers: {
        authorization: `Bearer ${this.tokens.access_token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined || body instanceof Uint8Array ? body as BodyInit : JSON.stringify(body),
    });
  }

  async graphJson(method: string, path: string, body?: unknown): Promise<Json> {
    return await (await this.graph(method, path, body)).json();
  }

  /** Opens an upload session for a new file at a path of the root and returns its address. */
  async openUpload(path: string, item: Record<string, unknown> = {}): Promise<string> {
    const answer = await this.graphJson("POST", `/me/drive/root:/${path}:/createUploadSession`, { item });
    if (typeof answer.uploadUrl !== "string") throw new Error(JSON.stringify(answer));
    return answer.uploadUrl;
  }
}

/** Sends one fragment of `bytes`, `start` to `end` (exclusive). */
export function putFragment(
  uploadUrl: string,
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  end: number,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(uploadUrl, {
    method: "PUT",
    headers: { "content-range": `bytes ${start}-${end - 1}/${bytes.length}`, ...headers },
    body: bytes.subarray(start, end),
  });
}

/** Asks for consent in the name of an account and returns the code from the redirect. */
export async function authorize(
  sandbox: SandboxProcess,
  account: string,
  extra: Record<string, string> = {},
): Promise<string> {
  const response = await requestConsent(sandbox, { sandbox_account: account, ...extra });
  return new URL(response.headers.get("location")!).searchParams.get("code")!;
}

/** Calls the authorize endpoint; an empty value leaves a usual parameter out. */
export async function requestConsent(
  sandbox: SandboxProcess,
  changes: Record<string, string>,
  tenant = "common",
): Promise<Response> {
  const query = withChanges({
    client_id: sandbox.clientId,
    response_type: "code",
    redirect_uri: sandbox.redirectUri,
    scope: FULL_SCOPE,
    state: "some-state",
  }, changes);
  const url = `${sandbox.urls.MICROSOFT_LOGIN_URL}/${tenant}/oauth2/v2.0/authorize?${query}`;
  return await fetch(url, { redirect: "manual" });
}

/** Calls the token endpoint with client id and secret; an empty value leaves a parameter out. */
export function requestTokens(
  sandbox: SandboxProcess,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const form = withChanges({ client_id: sandbox.clientId, client_secret: sandbox.clientSecret }, fields);
  return fetch(`${sandbox.urls.MICROSOFT_LOGIN_URL}/common/oauth2/v2.0/token`, {
    method: "POST",
    headers,
    body: form,
  });
}

/** The PKCE parameters of an authorize request. */
export async function challengeOf(verifier: string): Promise<Record<string, string>> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier)));
  const challenge = digest.toBase64({ alphabet: "base64url", omitPadding: true });
  return { code_challenge: challenge, code_challenge_method: "S256" };
}

/** Bytes that differ everywhere and are the same in every run. */
export function makeBytes(length: number, seed = 7): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = seed;
  for (let i = 0; i < words.length; i++) words[i] = state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return new Uint8Array(words.buffer, 0, length);
}

/** Polls until `probe` gives something other than null or undefined; fails after `deadlineMs`. */
export async function waitFor<T>(
  probe: () => Promise<T | null | undefined>,
  deadlineMs = 5000,
): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  while (performance.now() < deadline) {
    const value = await probe();
    if (value !== null && value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("What was waited for did not happen in time.");
}
