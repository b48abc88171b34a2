import type { SocialTokens } from "../../core/social-login.ts";
import type { CipherContext, TokenCipher } from "../../core/token-cipher.ts";
import type { ClaimedAccount, SealedTokens, TokenOwner } from "./token-store.ts";

/** What a token's ciphertext is bound to: user, platform, account and column. */
export function contextOf(owner: TokenOwner, column: string): CipherContext {
  return { userId: owner.userId, provider: `${owner.platform}/${owner.accountId}`, column };
}

/** Encrypts the tokens of an account, all under the current key. */
export async function sealTokens(
  cipher: TokenCipher,
  owner: TokenOwner,
  tokens: SocialTokens,
  accountToken: string | null,
): Promise<SealedTokens> {
  const seal = (text: string, column: string) => cipher.encrypt(text, contextOf(owner, column));
  const access = await seal(tokens.accessToken, "access_token");
  return {
    access_token: access.text,
    refresh_token: tokens.refreshToken && (await seal(tokens.refreshToken, "refresh_token")).text,
    account_token: accountToken && (await seal(accountToken, "account_token")).text,
    key_id: access.keyId,
    expires_at: tokens.expiresAt.toISOString(),
  };
}

/** The tokens of an account as the platform gave them. */
export async function unsealTokens(cipher: TokenCipher, account: ClaimedAccount) {
  const [accessToken, refreshToken, accountToken] = await Promise.all([
    cipher.decrypt(account.accessToken, contextOf(account, "access_token")),
    account.refreshToken && cipher.decrypt(account.refreshToken, contextOf(account, "refresh_token")),
    account.accountToken && cipher.decrypt(account.accountToken, contextOf(account, "account_token")),
  ]);
  return { accessToken, refreshToken, accountToken };
}
