import type { youtube_v3 } from "@googleapis/youtube";
import { createOAuthClient, createYoutubeClient } from "../../sandbox/support/youtube-sdk.ts";

/** Google's own client, signed in as a channel of the sandbox, with nothing but its addresses changed. */
export async function openOfficialYoutube(
  env: Readonly<Record<string, string>>,
  channel: string,
): Promise<youtube_v3.Youtube> {
  const sandbox = {
    clientId: env.SANDBOX_CLIENT_ID!,
    clientSecret: env.SANDBOX_CLIENT_SECRET!,
    redirectUri: env.SANDBOX_REDIRECT_URI!,
    urls: { ...env },
  };
  const client = createOAuthClient(sandbox);
  const url = client.generateAuthUrl({
    access_type: "offline",
    scope: ["https://www.googleapis.com/auth/youtube.readonly"],
    state: "s",
  });
  const consent = await fetch(url, { redirect: "manual", headers: { "x-sandbox-account": channel } });
  await consent.body?.cancel();
  const code = new URL(consent.headers.get("location")!).searchParams.get("code")!;
  const { tokens } = await client.getToken(code);
  client.setCredentials(tokens);
  return createYoutubeClient(sandbox, client);
}
