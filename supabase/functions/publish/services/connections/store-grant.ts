import type { SocialAccount, SocialGrant } from "../../../_shared/core/social-login.ts";
import type { NewOauthAccount, OauthConnectionRow } from "../../../_shared/db/oauth-connections.ts";
import type { Caller, ConnectionDeps } from "./deps.ts";

/** Stores the accounts of a permission with their tokens, encrypted; posts that wait for one of them go on. */
export async function storeGrant(
  deps: Pick<ConnectionDeps, "access" | "connections">,
  caller: Caller,
  { platform, route }: { platform: string; route: string },
  grant: SocialGrant,
): Promise<OauthConnectionRow[]> {
  const ownerOf = ({ id }: SocialAccount) => ({ userId: caller.id, platform, accountId: id });
  const toRow = async (account: SocialAccount): Promise<NewOauthAccount> => ({
    account_id: account.id,
    account_name: account.name,
    account_handle: account.handle,
    account_picture_url: account.pictureUrl,
    ...(await deps.access.seal(ownerOf(account), grant.tokens, account.token)),
  });
  const accounts = await Promise.all(grant.accounts.map(toRow));
  const rows = await deps.connections.save(caller.id, { ...grant, platform, route, accounts });
  const links = grant.accounts.flatMap(({ id, linkedId }) => (linkedId ? [[id, linkedId] as const] : []));
  if (links.length > 0) await deps.connections.link(caller.id, platform, Object.fromEntries(links));
  return rows;
}
