import { z } from "zod";
import {
  ProviderApiError,
  ProviderAuthError,
  ProviderConfigError,
  ProviderUserError,
} from "../../core/provider-errors.ts";
import type { ProviderHttp } from "../../core/provider-http.ts";
import type { SocialAccount } from "../../core/social-login.ts";
import { PROVIDER, translateYoutubeError, YoutubeQuotaSpent, YoutubeRefusal } from "./error-answer.ts";

const NO_CHANNEL =
  "This Google account has no YouTube channel. Create one on youtube.com (your picture, then Create a channel), " +
  "then connect YouTube again.";

/** Rule: YouTube Data API, channels.list; without a channel `items` is empty or missing. */
const channelsSchema = z.object({
  items: z
    .array(
      z.object({
        id: z.string().min(1),
        snippet: z
          .object({
            title: z.string().nullish(),
            customUrl: z.string().nullish(),
            thumbnails: z.object({ default: z.object({ url: z.string() }).nullish() }).nullish(),
          })
          .nullish(),
      }),
    )
    .default([]),
});

/** Reads the channel of a token. */
export function createChannelClient({ apiUrl, http }: { apiUrl: string; http: ProviderHttp }) {
  return {
    /** ProviderUserError `no_channel` when the Google account has none; costs one unit of the project's day. */
    async getOwn(token: string): Promise<SocialAccount> {
      const answer = await http.send(`${apiUrl}/youtube/v3/channels?part=snippet&mine=true`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (!answer.response.ok) {
        throw translate(translateYoutubeError(answer.response, answer.body));
      }
      const [channel] = http.parse(channelsSchema, answer).items;
      if (!channel) {
        throw new ProviderUserError(PROVIDER, "no_channel", NO_CHANNEL);
      }
      return {
        id: channel.id,
        name: channel.snippet?.title ?? null,
        handle: channel.snippet?.customUrl ?? null,
        pictureUrl: channel.snippet?.thumbnails?.default?.url ?? null,
        token: null,
      };
    },
  };
}

/** What YouTube's refusal means for somebody who just signed in. */
function translate(error: Error): Error {
  if (error instanceof ProviderAuthError) {
    return new ProviderUserError(
      PROVIDER,
      "consent_refused",
      "YouTube did not accept this sign-in. Connect it again.",
    );
  }
  if (error instanceof YoutubeQuotaSpent) {
    return new ProviderApiError(PROVIDER, 503, `quota_of_${error.scope}`);
  }
  if (!(error instanceof YoutubeRefusal)) return error;
  if (error.reason === "youtubeSignupRequired") {
    return new ProviderUserError(PROVIDER, "no_channel", NO_CHANNEL);
  }
  if (error.reason === "accessNotConfigured") {
    return new ProviderConfigError(PROVIDER, error.reason);
  }
  return new ProviderApiError(PROVIDER, 502, error.reason);
}
