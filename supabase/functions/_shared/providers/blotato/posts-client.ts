import { z } from "zod";
import { fetchOnOwnConnection } from "../../core/own-connection-fetch.ts";
import { createProviderHttp, type ProviderHttpDeps } from "../../core/provider-http.ts";
import { PROVIDER, translateBlotatoError, withoutAddresses } from "./error-answer.ts";

/** Entries of a page, the most Blotato gives, and pages that are read. */
const PAGE_SIZE = 250;
const MAX_PAGES = 8;

const createdSchema = z.object({ postSubmissionId: z.string().min(1).max(200) });
const statusSchema = z.object({
  status: z.string(),
  publicUrl: z.string().nullish(),
  errorMessage: z.string().nullish(),
});
const listSchema = z.object({
  items: z.array(
    z.object({
      id: z.union([z.string(), z.number().transform(String)]),
      text: z.string().nullish(),
      mediaUrls: z.array(z.string()).nullish(),
      state: z.looseObject({
        type: z.string(),
        postUrl: z.string().nullish(),
        errorMessage: z.string().nullish(),
      }),
    }),
  ),
  cursor: z.string().nullish(),
});

/** A TikTok post's settings; Blotato wants every flag of them (rule: Blotato REST API, create post). */
export interface TiktokTarget {
  privacyLevel: string;
  disabledComments: boolean;
  disabledDuet: boolean;
  disabledStitch: boolean;
  isBrandedContent: boolean;
  isYourBrand: boolean;
  isAiGenerated: boolean;
  /** Moment of the video that is its cover, milliseconds. */
  videoCoverTimestamp?: number;
}

export interface NewPost {
  accountId: string;
  text: string;
  /** Blotato fetches it, some time after the call. */
  mediaUrl: string;
  target: TiktokTarget;
}

/** What became of a post; published ones may have no address. */
export type BlotatoOutcome =
  | { kind: "in_progress" }
  | { kind: "published"; url: string | null }
  | { kind: "failed"; reason: string };

/** A post that is over, as the list shows it. */
export interface ListedPost {
  id: string;
  text: string;
  mediaUrls: readonly string[];
  outcome: BlotatoOutcome;
}

export type BlotatoPostsClient = ReturnType<typeof createBlotatoPostsClient>;

/** Publishing through Blotato. Every method takes the user's key; the default fetch never repeats a request unseen. */
export function createBlotatoPostsClient({ url, ...deps }: ProviderHttpDeps & { url: string }) {
  const http = createProviderHttp(PROVIDER, { ...deps, fetch: deps.fetch ?? fetchOnOwnConnection });

  async function call<Schema extends z.ZodType>(
    schema: Schema,
    apiKey: string,
    path: string,
    body?: unknown,
  ): Promise<z.infer<Schema>> {
    const headers = { "blotato-api-key": apiKey };
    const answer = await http.send(
      `${url}/v2/${path}`,
      body === undefined ? { headers } : {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify(body),
      },
    );
    if (!answer.response.ok) throw translateBlotatoError(answer.response, answer.body);
    return http.parse(schema, answer);
  }

  return {
    /** The irreversible call; it goes out at once. Resolves to the id to ask about. */
    async create(apiKey: string, { accountId, text, mediaUrl, target }: NewPost): Promise<string> {
      const post = {
        accountId,
        content: { text, mediaUrls: [mediaUrl], platform: "tiktok" },
        target: { targetType: "tiktok", ...target },
      };
      return (await call(createdSchema, apiKey, "posts", { post })).postSubmissionId;
    },

    /** An id that Blotato does not know is in progress for ever. */
    async getOutcome(apiKey: string, submissionId: string): Promise<BlotatoOutcome> {
      return toOutcome(await call(statusSchema, apiKey, `posts/${encodeURIComponent(submissionId)}`));
    },

    /**
     * TikTok posts that ended since then; one that Blotato still works on is not among them. `isWhole` is false when
     * there were more than could be read.
     */
    async listEnded(apiKey: string, since: Date): Promise<{ posts: ListedPost[]; isWhole: boolean }> {
      const posts: ListedPost[] = [];
      const query = new URLSearchParams({ since: since.toISOString(), limit: String(PAGE_SIZE) });
      query.append("platform", "tiktok");
      for (const state of ["published", "failed"]) query.append("status", state);
      for (let page = 0; page < MAX_PAGES; page++) {
        const { items, cursor } = await call(listSchema, apiKey, `posts?${query}`);
        posts.push(...items.map(toListed));
        if (!cursor || items.length === 0) return { posts, isWhole: true };
        query.set("cursor", cursor);
      }
      return { posts, isWhole: false };
    },
  };
}

function toListed({ id, text, mediaUrls, state }: z.infer<typeof listSchema>["items"][number]): ListedPost {
  const { type: status, postUrl: publicUrl, errorMessage } = state;
  return {
    id,
    text: text ?? "",
    mediaUrls: mediaUrls ?? [],
    outcome: toOutcome({ status, publicUrl, errorMessage }),
  };
}

function toOutcome({ status, publicUrl, errorMessage }: z.infer<typeof statusSchema>): BlotatoOutcome {
  if (status === "published") return { kind: "published", url: toAddress(publicUrl) };
  if (status === "failed") return { kind: "failed", reason: withoutAddresses(errorMessage ?? "") };
  return { kind: "in_progress" };
}

function toAddress(text: string | null | undefined): string | null {
  const isAddress = /^https?:$/.test(URL.parse(text ?? "")?.protocol ?? "");
  return isAddress ? text! : null;
}
