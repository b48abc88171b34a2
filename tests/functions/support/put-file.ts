import { createHash, randomBytes } from "node:crypto";

type StackEnv = Readonly<Record<string, string>>;

/** Stores a file in somebody's pretend OneDrive past our product, as its owner could with another app. */
export async function putFile(
  env: StackEnv,
  oneDrive: string,
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const token = await signIn(env, oneDrive);
  const response = await fetch(`${env.MICROSOFT_GRAPH_URL}/v1.0/me/drive/root:${encodeURI(path)}:/content`, {
    method: "PUT",
    headers: { authorization: `Bearer ${token}` },
    body: bytes,
  });
  if (!response.ok) throw new Error(`OneDrive answered ${response.status}: ${await response.text()}`);
  await response.body?.cancel();
}

async function signIn(env: StackEnv, oneDrive: string): Promise<string> {
  const verifier = randomBytes(32).toString("base64url");
  const base = `${env.MICROSOFT_LOGIN_URL}/common/oauth2/v2.0`;
  const query = new URLSearchParams({
    client_id: env.SANDBOX_CLIENT_ID!,
    response_type: "code",
    redirect_uri: env.SANDBOX_REDIRECT_URI!,
    scope: "openid offline_access User.Read Files.ReadWrite",
    state: "s",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    sandbox_account: oneDrive,
  });
  const consent = await fetch(`${base}/authorize?${query}`, { redirect: "manual" });
  await consent.body?.cancel();
  const code = new URL(consent.headers.get("location")!).searchParams.get("code")!;
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    code,
    client_id: env.SANDBOX_CLIENT_ID!,
    client_secret: env.SANDBOX_CLIENT_SECRET!,
    redirect_uri: env.SANDBOX_REDIRECT_URI!,
    code_verifier: verifier,
  });
  const answer = await fetch(`${base}/token`, { method: "POST", body: form });
  const body: { access_token?: string } = await answer.json();
  if (!body.access_token) throw new Error(`No token: ${JSON.stringify(body)}`);
  return body.access_token;
}
