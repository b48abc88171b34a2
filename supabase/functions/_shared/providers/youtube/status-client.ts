import { z } from "zod";
import { createProviderHttp } from "../../core/provider-http.ts";
import { PROVIDER, translateYoutubeError } from "./error-answer.ts";

/** Rule: YouTube Data API, videos resource: an item that is missing was deleted, or is not shown yet. */
const videosSchema = z.object({
  items: z
    .array(
      z.object({
        status: z.object({
          uploadStatus: z.string(),
          failureReason: z.string().optional(),
          rejectionReason: z.string().optional(),
          privacyStatus: z.string(),
        }),
      }),
    )
    .default([]),
});

export interface VideoStatus {
  /** uploaded, processed, failed, rejected or deleted. */
  upload: string;
  /** YouTube's own word for why it failed or was rejected. */
  reason: string | null;
  privacy: string;
}

export type YoutubeStatusClient = ReturnType<typeof createYoutubeStatusClient>;

/** Reads what became of uploaded videos. */
export function createYoutubeStatusClient({
  apiUrl,
  fetch,
}: {
  apiUrl: string;
  fetch?: typeof globalThis.fetch;
}) {
  const http = createProviderHttp(PROVIDER, { fetch });
  return {
    /** Null when YouTube does not show the video. Costs one unit of the project's day. */
    async read(token: string, videoId: string): Promise<VideoStatus | null> {
      const query = new URLSearchParams({ part: "status", id: videoId });
      const headers = { authorization: `Bearer ${token}` };
      const answer = await http.send(`${apiUrl}/youtube/v3/videos?${query}`, { headers });
      if (!answer.response.ok) throw translateYoutubeError(answer.response, answer.body);
      const [found] = http.parse(videosSchema, answer).items;
      if (!found) return null;
      const { uploadStatus, failureReason, rejectionReason, privacyStatus } = found.status;
      return {
        upload: uploadStatus,
        reason: rejectionReason ?? failureReason ?? null,
        privacy: privacyStatus,
      };
    },
  };
}
