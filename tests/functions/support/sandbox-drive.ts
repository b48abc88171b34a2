import { createControl } from "./sandbox.ts";

const VERIFIER = "v".repeat(64);

// deno-lint-ignore no-explicit-any -- tests look at few fields of an item
type Item = any;

/** What a person does in their OneDrive without us: an account's drive, reached through Graph itself. */
export async function openDrive(
  env: Readonly<Record<string, string>>,
  account: string,
) {
  const { MICROSOFT_LOGIN_URL, MICROSOFT_GRAPH_URL } = env;
  const fields = {
    client_id: env.SANDBOX_CLIENT_ID!,
    redirect_uri: env.SANDBOX_REDIRECT_URI!,
    scope: "openid offline_access User.Read Files.ReadWrite",
  };
  const query = new URLSearchParams({
    ...fields,
    response_type: "code",
    state: "s".repeat(20),
  });
  query.set("code_challenge", VERIFIER);
  query.set("code_challenge_method", "plain");
  const consent = await fetch(
    `${MICROSOFT_LOGIN_URL}/common/oauth2/v2.0/authorize?${query}`,
    {
      redirect: "manual",
      headers: { "x-sandbox-account": account },
    },
  );
  await consent.body?.cancel();
  const code = new URL(consent.headers.get("location")!).searchParams.get(
    "code",
  )!;
  const body = new URLSearchParams({
    ...fields,
    client_secret: env.SANDBOX_CLIENT_SECRET!,
    grant_type: "authorization_code",
    code,
    code_verifier: VERIFIER,
  });
  const answer = await fetch(
    `${MICROSOFT_LOGIN_URL}/common/oauth2/v2.0/token`,
    { method: "POST", body },
  );
  const { access_token: token } = await answer.json();

  async function call(
    method: string,
    path: string,
    content?: unknown,
  ): Promise<Item> {
    const isBytes = content instanceof Uint8Array;
    const response = await fetch(
      `${MICROSOFT_GRAPH_URL}/v1.0/me/drive/${path}`,
      {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": isBytes ? "application/octet-stream" : "application/json",
        },
        body: isBytes
          ? content as Uint8Array<ArrayBuffer>
          : content === undefined
          ? undefined
          : JSON.stringify(content),
      },
    );
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text ? JSON.parse(text) : {};
  }

  const encode = (path: string) => path.split("/").map(encodeURIComponent).join("/");
  return {
    /** Stores a file; folders on the way are made. `path` has no slash in front. */
    put: (path: string, bytes: Uint8Array<ArrayBuffer>): Promise<Item> =>
      call("PUT", `root:/${encode(path)}:/content`, bytes),
    folder: (parentId: string, name: string): Promise<Item> =>
      call(
        "POST",
        `${parentId === "root" ? "root" : `items/${parentId}`}/children`,
        { name, folder: {} },
      ),
    find: (path: string): Promise<Item> => call("GET", `root:/${encode(path)}`),
    rename: (itemId: string, name: string): Promise<Item> => call("PATCH", `items/${itemId}`, { name }),
    move: (itemId: string, folderId: string): Promise<Item> =>
      call("PATCH", `items/${itemId}`, { parentReference: { id: folderId } }),
    remove: (itemId: string): Promise<Item> => call("DELETE", `items/${itemId}`),
  };
}

/** A sandbox that processes files at once, so that hashes and video facts are there. */
export async function processAtOnce(
  env: Readonly<Record<string, string>>,
): Promise<void> {
  await createControl(env.SANDBOX_URL!).set({ processing_ms: 1 });
}
