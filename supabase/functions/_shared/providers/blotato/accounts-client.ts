import { z } from "zod";
import { createProviderHttp, type ProviderHttpDeps } from "../../core/provider-http.ts";
import { PROVIDER, translateBlotatoError } from "./error-answer.ts";

/** Ids are digits, as text and sometimes as numbers. */
const id = z.union([z.string().min(1), z.number().transform(String)]);
const userSchema = z.object({ id });
const accountsSchema = z.object({
  items: z.array(
    z.object({ id, platform: z.string(), fullname: z.string().nullish(), username: z.string().nullish() }),
  ),
});

/** A TikTok account that is connected at Blotato. */
export interface BlotatoAccount {
  id: string;
  name: string | null;
  handle: string | null;
}

export type BlotatoAccountsClient = ReturnType<typeof createBlotatoAccountsClient>;

/** Whom an API key belongs to. Every method takes the key; ProviderAuthError when it is refused. */
export function createBlotatoAccountsClient(options: ProviderHttpDeps & { url: string }) {
  const http = createProviderHttp(PROVIDER, options);

  async function get<Schema extends z.ZodType>(
    schema: Schema,
    apiKey: string,
    path: string,
  ): Promise<z.infer<Schema>> {
    return await http.retryTransient(async () => {
      const answer = await http.send(`${options.url}/v2/${path}`, { headers: { "blotato-api-key": apiKey } });
      if (!answer.response.ok) throw translateBlotatoError(answer.response, answer.body);
      return http.parse(schema, answer);
    });
  }

  return {
    /** Blotato's id of the user: the cheapest question there is. */
    async getUserId(apiKey: string): Promise<string> {
      return (await get(userSchema, apiKey, "users/me")).id;
    },

    async listTiktokAccounts(apiKey: string): Promise<BlotatoAccount[]> {
      const { items } = await get(accountsSchema, apiKey, "users/me/accounts?platform=tiktok");
      return items
        .filter(({ platform }) => platform === "tiktok")
        .map(({ id, fullname, username }) => ({ id, name: fullname || null, handle: username || null }));
    },
  };
}
