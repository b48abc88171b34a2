import assert from "node:assert/strict";
import { ProviderApiError } from "../../../supabase/functions/_shared/core/provider-errors.ts";
import { createYoutubeUploadClient } from "../../../supabase/functions/_shared/providers/youtube/upload-client.ts";

const DETAILS = {
  title: "A title",
  description: "",
  tags: [],
  privacy: "public",
  madeForKids: false,
} as const;

/** What opening a session does when YouTube answers with this address. */
async function openAt(locationOf: (origin: string) => string): Promise<string> {
  await using _server = Deno.serve({ hostname: "127.0.0.1", port: 31301, onListen: () => {} }, (request) => {
    const location = locationOf(new URL(request.url).origin);
    return new Response(null, { headers: { location } });
  });
  const client = createYoutubeUploadClient({ uploadUrl: `http://127.0.0.1:31301` });
  return await client.open("token", DETAILS, 100, "video/mp4");
}

Deno.test("a session of YouTube's own host is taken", async () => {
  assert.match(await openAt((origin) => `${origin}/upload?upload_id=a`), /upload_id=a$/);
  const google = "https://youtube.googleapis.com/upload?upload_id=a";
  assert.equal(await openAt(() => google), google);
});

Deno.test("no token or byte goes to a session address on another host", async () => {
  const addresses = [
    "http://169.254.169.254/latest",
    "http://www.googleapis.com/upload",
    "https://googleapis.com.example.com/upload",
    "https://user:word@www.googleapis.com/upload",
    "https://www.googleapis.com:8443/upload",
    "not an address",
  ];
  for (const address of addresses) {
    await assert.rejects(
      openAt(() => address),
      (error) => error instanceof ProviderApiError && error.providerCode === "session_url_not_allowed",
      address,
    );
  }
});
