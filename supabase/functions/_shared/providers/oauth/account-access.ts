import { type Clock, type Sleep, systemClock, systemSleep } from "../../core/clock.ts";
import { ProviderApiError, ProviderAuthError, ProviderConfigError } from "../../core/provider-errors.ts";
import { retry } from "../../core/retry.ts";
import type { SocialTokens, TokenKeeper } from "../../core/social-login.ts";
import type { TokenCipher } from "../../core/token-cipher.ts";
import { toRenewalErrorCode } from "../../core/to-renewal-error-code.ts";
import { contextOf, sealTokens, unsealTokens } from "./seal-tokens.ts";
import type { ClaimedAccount, StoredAccount, TokenOwner, TokenStore } from "./token-store.ts";

const STILL_USABLE_MS = 45_000;
const WAIT_FOR_OTHER_MS = 10_000;
const WAIT_STEP_MS = 250;
/** Longer than a database takes to start again. */
const SAVING = { attempts: 6, baseMs: 200, capMs: 5_000, isRetryable: () => true };

/** What a call to the platform needs to know; `version` names the tokens it was made from. */
export interface OpenAccount {
  connectionId: string;
  userId: string;
  platform: string;
  route: string;
  /** The platform's id of the channel or account. */
  accountId: string;
  token: string;
  version: string;
}

interface AccessDeps {
  store: TokenStore;
  findLogin: (platform: string, route: string) => TokenKeeper | null;
  cipher: TokenCipher;
  clock?: Clock;
  sleep?: Sleep;
}

export type AccountAccess = ReturnType<typeof createAccountAccess>;

/** Hands out working tokens of publishing accounts: renews early, once at a time per account, and after a refusal. */
export function createAccountAccess(deps: AccessDeps) {
  const { store, findLogin, cipher, clock = systemClock, sleep = systemSleep } = deps;

  /** Renews a claimed account. New tokens are stored before anybody uses them. */
  async function renewClaimed(claim: ClaimedAccount, holder: string): Promise<void> {
    const { connectionId, platform, route, accountId } = claim;
    try {
      const login = findLogin(platform, route);
      if (!login) throw new ProviderConfigError(platform, "not_configured");
      const old = await unsealTokens(cipher, claim);
      const renewed = await login.renew(old, accountId);
      const tokens = { ...renewed, refreshToken: renewed.refreshToken ?? old.refreshToken };
      const sealed = await sealTokens(cipher, claim, tokens, renewed.accountToken ?? old.accountToken);
      // Where refresh tokens work once, an account is lost with a write. Repeated, one that was only unheard does nothing.
      await retry(() => store.saveRefreshed(connectionId, holder, sealed), { ...SAVING, sleep });
    } catch (error) {
      const isExpired = error instanceof ProviderAuthError;
      await store.failRefresh(connectionId, holder, toRenewalErrorCode(error), isExpired);
      throw error;
    }
  }

  /** A version of the tokens newer than `version`, made by us or by whoever holds the lease. */
  async function renew(userId: string, connectionId: string, version: string): Promise<StoredAccount> {
    const holder = crypto.randomUUID();
    const claim = await store.claimRefresh(connectionId, holder, version);
    if (claim) await renewClaimed(claim, holder);
    const deadline = clock().getTime() + WAIT_FOR_OTHER_MS;
    for (;;) {
      const current = requireUsable(await store.getAccess(userId, connectionId));
      if (current.token.version !== version) return current;
      if (clock().getTime() >= deadline) {
        throw new ProviderApiError(current.platform, 503, "refresh_in_progress");
      }
      await sleep(WAIT_STEP_MS);
    }
  }

  async function decrypt(account: StoredAccount): Promise<OpenAccount> {
    const { token, connectionId, userId, platform, route, accountId } = requireUsable(account);
    const own = token.accountToken;
    return {
      connectionId,
      userId,
      platform,
      route,
      accountId,
      token: own
        ? await cipher.decrypt(own, contextOf(account, "account_token"))
        : await cipher.decrypt(token.accessToken, contextOf(account, "access_token")),
      version: token.version,
    };
  }

  /**
   * A working token of the account, renewed if it ends too soon. Throws ProviderAuthError when the user has
   * to connect the account again, or it is not theirs.
   */
  async function open(userId: string, connectionId: string): Promise<OpenAccount> {
    return await openStored(await store.getAccess(userId, connectionId));
  }

  /** As `open`, for an account that was just read. */
  async function openStored(account: StoredAccount | null): Promise<OpenAccount> {
    const stored = requireUsable(account);
    const leftMs = new Date(stored.token.expiresAt).getTime() - clock().getTime();
    const renewBelowMs = findLogin(stored.platform, stored.route)?.renewWhenLeftMs ?? 0;
    if (leftMs > renewBelowMs) return await decrypt(stored);
    try {
      return await decrypt(await renew(stored.userId, stored.connectionId, stored.token.version));
    } catch (error) {
      // Good for one more call: an outage where tokens are renewed need not stop the work.
      if (error instanceof ProviderApiError && leftMs > STILL_USABLE_MS) return await decrypt(stored);
      throw error;
    }
  }

  /** After the platform refused `account.token`. ProviderAuthError when its permission is over, which is stored. */
  async function reopen(account: OpenAccount): Promise<OpenAccount> {
    return await decrypt(await renew(account.userId, account.connectionId, account.version));
  }

  return {
    open,
    openStored,
    reopen,
    renewClaimed,

    /** After the platform refused a token that was just renewed: its user has to connect the account again. */
    async end(account: OpenAccount, error: ProviderAuthError): Promise<void> {
      await store.endAccount(account.connectionId, account.version, error.message);
    },

    /** Encrypts the tokens of a new sign-in for storage. */
    seal: (owner: TokenOwner, tokens: SocialTokens, accountToken: string | null) =>
      sealTokens(cipher, owner, tokens, accountToken),

    /** Takes the permission behind an account back, where its platform has a call for that. */
    async revoke(account: ClaimedAccount): Promise<void> {
      const login = findLogin(account.platform, account.route);
      if (login?.revoke) await login.revoke(await unsealTokens(cipher, account));
    },
  };
}

type UsableAccount = StoredAccount & { token: NonNullable<StoredAccount["token"]> };

function requireUsable(account: StoredAccount | null): UsableAccount {
  if (!account?.token || account.status === "disconnected" || account.status === "expired") {
    throw new ProviderAuthError(account?.platform ?? "account", account?.status ?? "not_connected");
  }
  return { ...account, token: account.token };
}
