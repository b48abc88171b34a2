import { z } from "zod";
import { ProviderUserError } from "../../core/provider-errors.ts";
import type { ProviderHttp } from "../../core/provider-http.ts";
import type { SocialAccount } from "../../core/social-login.ts";
import { GraphRefusal, PROVIDER, translateGraphError } from "./error-answer.ts";

const MAX_PAGES = 500;

const NO_PAGE =
  "Facebook shows Cliprelay no Page of yours. Create a Page (or choose one on Facebook's page when it asks), link your " +
  "Instagram account to it, then connect again. Without a Page, connect with Instagram's own sign-in.";
const NOT_PROFESSIONAL =
  "None of your Facebook Pages has a professional Instagram account. In the Instagram app, switch to a Business or " +
  "Creator account (Settings, Account type and tools) and link it to your Page, then connect again.";
const NO_PAGE_FOR_REELS =
  "Facebook shows Cliprelay no Page of yours. Reels go to Pages, not to profiles: create a Page on Facebook, or choose " +
  "yours on Facebook's page when it asks, then connect again.";
const NO_CONTENT_TASK =
  "You may look at these Facebook Pages but not post to them. Ask whoever manages the Page to let you create content, " +
  "then connect again.";

/** Ids have up to 17 digits: only text keeps them whole. */
const pagesSchema = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      name: z.string().nullish(),
      access_token: z.string().nullish(),
      tasks: z.array(z.string()).nullish(),
      picture: z.object({ data: z.object({ url: z.string().nullish() }).nullish() }).nullish(),
    }),
  ),
  paging: z
    .object({ cursors: z.object({ after: z.string().nullish() }).nullish(), next: z.string().nullish() })
    .nullish(),
});
const pageSchema = z.object({
  instagram_business_account: z
    .object({
      id: z.string().min(1),
      username: z.string().nullish(),
      name: z.string().nullish(),
      profile_picture_url: z.string().nullish(),
    })
    .nullish(),
});

interface PageRow {
  id: string;
  name: string | null;
  pictureUrl: string | null;
  token: string;
  /** What the person may do there; null when Facebook does not tell. */
  tasks: readonly string[] | null;
}

export type PagesClient = ReturnType<typeof createPagesClient>;

/** The Pages of a person and the Instagram accounts linked to them. `base` is the Graph host with its version. */
export function createPagesClient({ base, http }: { base: string; http: ProviderHttp }) {
  async function get<Schema extends z.ZodType>(schema: Schema, token: string, path: string) {
    const answer = await http.send(`${base}/${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.response.ok) throw translateGraphError(answer);
    return http.parse(schema, answer);
  }

  async function listPages(token: string): Promise<PageRow[]> {
    const found: PageRow[] = [];
    const query = new URLSearchParams({ fields: "id,name,access_token,tasks,picture{url}", limit: "100" });
    while (found.length < MAX_PAGES) {
      const { data, paging } = await get(pagesSchema, token, `me/accounts?${query}`);
      for (const { id, name = null, access_token, tasks = null, picture } of data) {
        const pictureUrl = picture?.data?.url ?? null;
        if (access_token) found.push({ id, name, pictureUrl, token: access_token, tasks });
      }
      const after = paging?.cursors?.after;
      // `next` is an address with the token in it; the cursor says the same.
      if (!paging?.next || !after) break;
      query.set("after", after);
    }
    return found;
  }

  /** Asked page by page: nested in the list, Meta may answer an empty list instead. */
  async function readAccount(page: PageRow): Promise<SocialAccount | null> {
    const fields = "fields=instagram_business_account{id,username,name,profile_picture_url}";
    const { instagram_business_account: account } = await get(pageSchema, page.token, `${page.id}?${fields}`);
    if (!account) return null;
    return {
      id: account.id,
      name: account.name || account.username || null,
      handle: account.username ? `@${account.username}` : null,
      pictureUrl: account.profile_picture_url ?? null,
      token: page.token,
      linkedId: page.id,
    };
  }

  async function listAccounts(pages: readonly PageRow[]): Promise<SocialAccount[]> {
    const accounts: SocialAccount[] = [];
    for (const page of pages) {
      const account = await readAccount(page);
      if (account) accounts.push(account);
    }
    return accounts;
  }

  /** The Instagram account of a Page; a Page is connected all the same when Facebook does not tell. */
  async function findLinkedId(page: PageRow): Promise<string | null> {
    try {
      return (await readAccount(page))?.id ?? null;
    } catch (error) {
      if (error instanceof GraphRefusal) return null;
      throw error;
    }
  }

  return {
    /** Professional accounts behind all Pages the person shared. ProviderUserError when there is none. */
    async listInstagramAccounts(token: string): Promise<SocialAccount[]> {
      const pages = await listPages(token);
      if (pages.length === 0) {
        throw new ProviderUserError(PROVIDER, "no_page", NO_PAGE);
      }
      const accounts = await listAccounts(pages);
      if (accounts.length > 0) return accounts;
      throw new ProviderUserError(PROVIDER, "instagram_not_professional", NOT_PROFESSIONAL);
    },

    /**
     * Pages the person shared and may post to. `mayReadInstagram`: the permission to see their Instagram accounts was
     * given. ProviderUserError when there is none.
     */
    async listPageAccounts(token: string, mayReadInstagram: boolean): Promise<SocialAccount[]> {
      const pages = await listPages(token);
      if (pages.length === 0) throw new ProviderUserError(PROVIDER, "no_page", NO_PAGE_FOR_REELS);
      const usable = pages.filter(({ tasks }) => tasks === null || tasks.includes("CREATE_CONTENT"));
      if (usable.length === 0) throw new ProviderUserError(PROVIDER, "no_page_task", NO_CONTENT_TASK);
      const accounts: SocialAccount[] = [];
      for (const page of usable) {
        const { id, name, pictureUrl } = page;
        const linkedId = mayReadInstagram ? await findLinkedId(page) : null;
        accounts.push({ id, name, handle: null, pictureUrl, token: page.token, linkedId });
      }
      return accounts;
    },

    /** The token of a Page; null when the person does not have it any more. */
    async findToken(token: string, pageId: string): Promise<string | null> {
      return (await listPages(token)).find(({ id }) => id === pageId)?.token ?? null;
    },

    /** The token of the Page that leads to an Instagram account; null when none does any more. */
    async findTokenBehind(token: string, accountId: string): Promise<string | null> {
      for (const page of await listPages(token)) {
        if ((await readAccount(page))?.id === accountId) return page.token;
      }
      return null;
    },
  };
}
