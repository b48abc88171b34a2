import { fetchOnOwnConnection } from "../../core/own-connection-fetch.ts";
import { createProviderHttp } from "../../core/provider-http.ts";
import { PROVIDER, translateGraphError } from "./error-answer.ts";

export type FacebookCoverClient = ReturnType<typeof createFacebookCoverClient>;

/** Covers of a Page's videos (rule: Graph API, Video Thumbnails). `base` is the Graph host with its version. */
export function createFacebookCoverClient(options: { base: string; fetch?: typeof fetch }) {
  const http = createProviderHttp(PROVIDER, { fetch: options.fetch ?? fetchOnOwnConnection });
  return {
    /** Makes a picture the one that is shown; takes the Page's own token. */
    async set(
      token: string,
      videoId: string,
      bytes: Uint8Array<ArrayBuffer>,
      mimeType: string,
    ): Promise<void> {
      const body = new FormData();
      body.set("is_preferred", "true");
      body.set("source", new Blob([bytes], { type: mimeType }), "cover");
      const answer = await http.send(`${options.base}/${videoId}/thumbnails`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        body,
      });
      if (!answer.response.ok) throw translateGraphError(answer);
    },
  };
}
