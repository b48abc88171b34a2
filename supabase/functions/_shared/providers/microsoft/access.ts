import { type Clock, type Sleep, systemClock, systemSleep } from "../../core/clock.ts";
import { ProviderApiError, ProviderAuthError } from "../../core/provider-errors.ts";
import type { Sealed, TokenCipher } from "../../core/token-cipher.ts";
import { toRenewalErrorCode } from "../../core/to-renewal-error-code.ts";
import { PROVIDER } from "./error-answer.ts";
import type { MicrosoftLoginClient } from "./login-client.ts";
import { readPause } from "./throttle-gate.ts";

const RENEW_WHEN_LEFT_MS = 2 * 60_000;
const WAIT_FOR_OTHER_MS = 10_000;
const WAIT_STEP_MS = 250;

/** A connection as stored. `expiresAt` is the database's own text: it names this version of the tokens. */
export interface StoredAccess {
  connectionId: string;
  userId: string;
  status: string;
  driveId: string;
  folder: { id: string; path: string } | null;
  token: { sealed: Sealed; expiresAt: string } | null;
  /** OneDrive asked for a pause of this account until then. */
  pausedUntil: string | null;
}

export interface ClaimedRefresh {
  connectionId: string;
  userId: string;
  refreshToken: Sealed;
}

export interface SealedTokens {
  accessToken: string;
  refreshToken: string;
  keyId: string;
  expiresAt: Date;
}

/** Where connections and tokens are kept; implemented by the database room. */
export interface TokenStore {
  getAccess(userId: string): Promise<StoredAccess | null>;
  claimRefresh(connectionId: string, holder: string, seenExpiresAt: string): Promise<ClaimedRefresh | null>;
  saveRefreshed(connectionId: string, holder: string, tokens: SealedTokens): Promise<boolean>;
  failRefresh(connectionId: string, holder: string, errorCode: string, isExpired: boolean): Promise<void>;
  /** Keeps every process from calling OneDrive for this account for `seconds`. */
  pause(connectionId: string, seconds: number): Promise<void>;
}

/** What a call to OneDrive needs to know. */
export interface DriveAccess {
  token: string;
  connectionId: string;
  driveId: string;
  folder: { id: string; path: string } | null;
}

interface AccessDeps {
  store: TokenStore;
  login: Pick<MicrosoftLoginClient, "refresh">;
  cipher: TokenCipher;
  clock?: Clock;
  sleep?: Sleep;
}

export type MicrosoftAccess = ReturnType<typeof createMicrosoftAccess>;

/** Hands out working access tokens: renews early, once at a time per account, and once more after a 401. */
export function createMicrosoftAccess(deps: AccessDeps) {
  const { store, login, cipher, clock = systemClock, sleep = systemSleep } = deps;

  /** Renews a claimed connection. New tokens are stored before anybody uses them. */
  async function renewClaimed(claim: ClaimedRefresh, holder: string): Promise<void> {
    const { connectionId, userId } = claim;
    try {
      const refreshToken = await cipher.decrypt(claim.refreshToken, contextOf(userId, "refresh_token"));
      const tokens = await login.refresh(refreshToken);
      const access = await cipher.encrypt(tokens.accessToken, contextOf(userId, "access_token"));
      const refresh = await cipher.encrypt(tokens.refreshToken, contextOf(userId, "refresh_token"));
      await store.saveRefreshed(connectionId, holder, {
        accessToken: access.text,
        refreshToken: refresh.text,
        keyId: access.keyId,
        expiresAt: tokens.expiresAt,
      });
    } catch (error) {
      const isExpired = error instanceof ProviderAuthError;
      await store.failRefresh(connectionId, holder, toRenewalErrorCode(error), isExpired);
      throw error;
    }
  }

  /** Returns a version of the tokens newer than `seen`, made by us or by whoever holds the lease. */
  async function renew(seen: StoredAccess & { token: { expiresAt: string } }): Promise<StoredAccess> {
    const holder = crypto.randomUUID();
    const claim = await store.claimRefresh(seen.connectionId, holder, seen.token.expiresAt);
    if (claim) await renewClaimed(claim, holder);
    const deadline = clock().getTime() + WAIT_FOR_OTHER_MS;
    for (;;) {
      const current = await store.getAccess(seen.userId);
      if (current?.token?.expiresAt !== seen.token.expiresAt) return requireUsable(current);
      requireUsable(current);
      if (clock().getTime() >= deadline) throw new ProviderApiError(PROVIDER, 503, "refresh_in_progress");
      await sleep(WAIT_STEP_MS);
    }
  }

  async function open(access: StoredAccess): Promise<DriveAccess> {
    const { token, userId, connectionId, driveId, folder } = requireUsable(access);
    return {
      token: await cipher.decrypt(token.sealed, contextOf(userId, "access_token")),
      connectionId,
      driveId,
      folder,
    };
  }

  return {
    renewClaimed,

    /**
     * Runs `use` with a working token. Without a usable connection: ProviderAuthError. While OneDrive wants a pause of
     * this account: ProviderApiError 429 with the seconds that are left, and no call is made.
     */
    async withAccess<Result>(userId: string, use: (access: DriveAccess) => Promise<Result>): Promise<Result> {
      let stored = requireUsable(await store.getAccess(userId));
      requireNoPause(stored, clock());
      const leftMs = new Date(stored.token.expiresAt).getTime() - clock().getTime();
      if (leftMs < RENEW_WHEN_LEFT_MS) stored = requireUsable(await renew(stored));
      try {
        return await use(await open(stored));
      } catch (error) {
        await notePause(stored.connectionId, error);
        if (!(error instanceof ProviderApiError) || error.status !== 401) throw error;
        return await use(await open(await renew(stored)));
      }
    },
  };

  async function notePause(connectionId: string, error: unknown): Promise<void> {
    const seconds = readPause(error);
    if (seconds !== null) await store.pause(connectionId, Math.ceil(seconds));
  }
}

function requireNoPause({ pausedUntil }: StoredAccess, now: Date): void {
  if (!pausedUntil) return;
  const leftMs = new Date(pausedUntil).getTime() - now.getTime();
  if (leftMs > 0) throw new ProviderApiError(PROVIDER, 429, "paused", Math.ceil(leftMs / 1000));
}

type UsableAccess = StoredAccess & { token: { sealed: Sealed; expiresAt: string } };

function requireUsable(access: StoredAccess | null): UsableAccess {
  if (!access || !access.token || access.status === "disconnected" || access.status === "expired") {
    throw new ProviderAuthError(PROVIDER, access?.status ?? "not_connected");
  }
  return { ...access, token: access.token };
}

function contextOf(userId: string, column: string) {
  return { userId, provider: PROVIDER, column };
}
