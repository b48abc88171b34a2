import { createProviderHttp } from "../../core/provider-http.ts";
import { PROVIDER, translateYoutubeError } from "./error-answer.ts";

export type YoutubeThumbnailClient = ReturnType<typeof createYoutubeThumbnailClient>;

/** Sets covers of videos. */
export function createYoutubeThumbnailClient({
  uploadUrl,
  fetch,
}: {
  uploadUrl: string;
  fetch?: typeof globalThis.fetch;
}) {
  const http = createProviderHttp(PROVIDER, { fetch });
  return {
    /**
     * Puts a picture in the place of the video's cover; the same one again changes nothing. Costs 50 units of the
     * project's day. YouTube takes it once the video is processed.
     */
    async set(
      token: string,
      videoId: string,
      bytes: Uint8Array<ArrayBuffer>,
      mimeType: string,
    ): Promise<void> {
      const query = new URLSearchParams({ videoId, uploadType: "media" });
      const answer = await http.send(`${uploadUrl}/upload/youtube/v3/thumbnails/set?${query}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": mimeType },
        body: bytes,
      });
      if (!answer.response.ok) throw translateYoutubeError(answer.response, answer.body);
    },
  };
}
