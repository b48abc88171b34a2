import { challengeOf, type Json } from "./microsoft-account.ts";
import type { SandboxProcess } from "./sandbox-process.ts";
import { withChanges } from "./with-changes.ts";

/** 256 KiB, the unit of chunk lengths. */
export const CHUNK = 256 * 1024;
export const SCOPES = ["youtube.upload", "youtube.readonly", "youtube.force-ssl"];
export const VERIFIER = "v".repeat(43);

export interface GoogleTokens {
  access_token: string;
  refresh_token?: string;
  refresh_token_expires_in?: number;
  expires_in: number;
  scope: string;
}

/** A Google account of the sandbox that has agreed to the app, and what tests do with it. */
export class GoogleAccount {
  readonly tokens: GoogleTokens;
  #sandbox: SandboxProcess;

  private constructor(sandbox: SandboxProcess, tokens: GoogleTokens) {
    this.#sandbox = sandbox;
    this.tokens = tokens;
  }

  static async connect(sandbox: SandboxProcess, name: string, scopes = SCOPES): Promise<GoogleAccount> {
    const code = await askForCode(sandbox, name, { scope: fullNames(scopes) });
    return new GoogleAccount(sandbox, await (await redeemCode(sandbox, code)).json());
  }

  /** Calls www.googleapis.com with the token; `path` starts after the version. */
  api(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.#sandbox.urls.YOUTUBE_API_URL}/youtube/v3${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.tokens.access_token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  async apiJson(method: string, path: string, body?: unknown): Promise<Json> {
    return await (await this.api(method, path, body)).json();
  }

  /** Asks for a resumable session. */
  requestSession(
    video: Json,
    headers: Record<string, string> = {},
    query = "part=snippet,status",
  ): Promise<Response> {
    return fetch(
      `${this.#sandbox.urls.YOUTUBE_UPLOAD_URL}/upload/youtube/v3/videos?uploadType=resumable&${query}`,
      {
        method: "POST",
        headers: {
          authorization: `Bearer ${this.tokens.access_token}`,
          "content-type": "application/json; charset=UTF-8",
          ...headers,
        },
        body: typeof video === "string" ? video : JSON.stringify(video),
      },
    );
  }

  /** Opens a resumable session for that many bytes and returns its address. */
  async openSession(size: number, video: Json = makeVideo()): Promise<string> {
    const response = await this.requestSession(video, {
      "x-upload-content-length": String(size),
      "x-upload-content-type": "video/mp4",
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(text);
    return response.headers.get("location")!;
  }

  /** Uploads the whole file in one request and returns the video. */
  async upload(bytes: Uint8Array<ArrayBuffer>, video: Json = makeVideo()): Promise<Json> {
    const response = await fetch(await this.openSession(bytes.length, video), { method: "PUT", body: bytes });
    if (response.status !== 201) throw new Error(await response.text());
    return await response.json();
  }
}

/** A video resource for an upload; `status` and `snippet` fields can be changed or taken away by undefined. */
export function makeVideo(snippet: Json = {}, status: Json = {}): Json {
  return {
    snippet: { title: "A lamp that folds", description: "Folds flat.", tags: ["lamp"], ...snippet },
    status: { privacyStatus: "public", selfDeclaredMadeForKids: false, ...status },
  };
}

/** Sends bytes `start` to `end` (exclusive) of a file to a session. */
export function putChunk(
  session: string,
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  end: number,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(session, {
    method: "PUT",
    redirect: "manual",
    headers: { "content-range": `bytes ${start}-${end - 1}/${bytes.length}`, ...headers },
    body: bytes.subarray(start, end),
  });
}

/** Asks a session how much it has. */
export function queryChunks(session: string, total: number | "*"): Promise<Response> {
  const headers = { "content-range": `bytes */${total}` };
  return fetch(session, { method: "PUT", redirect: "manual", headers });
}

/** Reads an answer to its end and gives its status and Range. */
export async function progress(answer: Promise<Response>): Promise<[status: number, range: string | null]> {
  const response = await answer;
  await response.body?.cancel();
  return [response.status, response.headers.get("range")];
}

/** Reads a refusal of www.googleapis.com. */
export async function refusal(
  answer: Response | Promise<Response>,
): Promise<[status: number, reason: string]> {
  const { error }: Json = await (await answer).json();
  return [error.code, error.errors[0].reason];
}

export function fullNames(scopes: readonly string[]): string {
  return scopes.map((scope) => `https://www.googleapis.com/auth/${scope}`).join(" ");
}

/** Calls the authorize endpoint; an empty value leaves a usual parameter out. */
export async function requestGoogleConsent(
  sandbox: SandboxProcess,
  changes: Record<string, string>,
): Promise<Response> {
  const query = withChanges({
    client_id: sandbox.clientId,
    response_type: "code",
    redirect_uri: sandbox.redirectUri,
    scope: fullNames(SCOPES),
    state: "some-state",
    access_type: "offline",
    prompt: "consent",
    ...await challengeOf(VERIFIER),
  }, changes);
  return await fetch(`${sandbox.urls.GOOGLE_OAUTH_URL}/o/oauth2/v2/auth?${query}`, { redirect: "manual" });
}

/** Asks for consent in the name of an account and returns the code from the redirect. */
export async function askForCode(
  sandbox: SandboxProcess,
  account: string,
  changes: Record<string, string> = {},
): Promise<string> {
  const response = await requestGoogleConsent(sandbox, { sandbox_account: account, ...changes });
  await response.body?.cancel();
  return new URL(response.headers.get("location")!).searchParams.get("code")!;
}

/** Calls the token endpoint with client id and secret; an empty value leaves a parameter out. */
export function requestGoogleTokens(
  sandbox: SandboxProcess,
  fields: Record<string, string>,
): Promise<Response> {
  const form = withChanges({ client_id: sandbox.clientId, client_secret: sandbox.clientSecret }, fields);
  return fetch(`${sandbox.urls.GOOGLE_TOKEN_URL}/token`, { method: "POST", body: form });
}

export function redeemCode(
  sandbox: SandboxProcess,
  code: string,
  changes: Record<string, string> = {},
): Promise<Response> {
  return requestGoogleTokens(sandbox, {
    grant_type: "authorization_code",
    code,
    redirect_uri: sandbox.redirectUri,
    code_verifier: VERIFIER,
    ...changes,
  });
}

export function refreshTokens(sandbox: SandboxProcess, token: string): Promise<Response> {
  return requestGoogleTokens(sandbox, { grant_type: "refresh_token", refresh_token: token });
}
