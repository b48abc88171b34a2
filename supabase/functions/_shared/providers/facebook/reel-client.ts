import { z } from "zod";
import { fetchOnOwnConnection } from "../../core/own-connection-fetch.ts";
import { ProviderApiError } from "../../core/provider-errors.ts";
import { createProviderHttp, type ProviderAnswer } from "../../core/provider-http.ts";
import { GraphRefusal, PROVIDER, translateGraphError } from "./error-answer.ts";
import { translateFinishError } from "./finish-error.ts";
import { reelAnswerSchema, type ReelStatus, toReelStatus } from "./reel-status.ts";

/** Digits alone: the id becomes part of an address. */
const startedSchema = z.object({ video_id: z.coerce.string().regex(/^\d{5,30}$/) });
const acceptedSchema = z.object({ success: z.literal(true) });
const NOT_THERE = { code: 100, subcode: 33 };

export interface ReelText {
  description: string;
  title?: string;
}

export type FacebookReelClient = ReturnType<typeof createFacebookReelClient>;

/**
 * Reels of a Page (rule: Reels Publishing API). `base` is the Graph host with its version; every method takes the
 * Page's own token. The default fetch never repeats a request unseen.
 */
export function createFacebookReelClient(options: { base: string; fetch?: typeof fetch }) {
  const http = createProviderHttp(PROVIDER, { fetch: options.fetch ?? fetchOnOwnConnection });

  async function post(token: string, path: string, fields: Record<string, string>): Promise<ProviderAnswer> {
    return await http.send(`${options.base}/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(fields),
    });
  }

  return {
    /** Opens an upload and returns the id of the video to be. */
    async start(token: string, pageId: string): Promise<string> {
      const answer = await post(token, `${pageId}/video_reels`, { upload_phase: "start" });
      if (!answer.response.ok) throw translateGraphError(answer);
      return http.parse(startedSchema, answer).video_id;
    },

    /** How far a video is; null when Facebook does not know it, or not any more. */
    async read(token: string, videoId: string): Promise<ReelStatus | null> {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await http.send(`${options.base}/${videoId}?fields=status`, { headers });
      if (answer.response.ok) return toReelStatus(http.parse(reelAnswerSchema, answer));
      const error = translateGraphError(answer);
      const isNotThere = error instanceof GraphRefusal && error.code === NOT_THERE.code &&
        error.subcode === NOT_THERE.subcode;
      if (isNotThere) return null;
      throw error;
    },

    /** The irreversible call: makes the uploaded video public. Accepted is not there yet: `read` says when it is. */
    async finish(token: string, pageId: string, videoId: string, text: ReelText): Promise<void> {
      const answer = await post(token, `${pageId}/video_reels`, {
        upload_phase: "finish",
        video_id: videoId,
        video_state: "PUBLISHED",
        description: text.description,
        ...(text.title !== undefined && { title: text.title }),
      });
      if (!answer.response.ok) throw translateFinishError(answer);
      if (acceptedSchema.safeParse(answer.body).success) return;
      throw new ProviderApiError(PROVIDER, answer.response.status, "not_accepted");
    },
  };
}
