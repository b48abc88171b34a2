import type { AccountName } from "../kit/account-name.ts";
import type { Kit } from "../kit/provider.ts";
import { type Account, createAccount } from "./account.ts";
import type { AccessToken, AuthorizationCode, RefreshToken } from "./grants.ts";
import { type LedgerSnapshot, QuotaLedger } from "./quota-ledger.ts";
import type { UploadSession } from "./upload/upload-session.ts";
import type { Video } from "./video/video.ts";

interface SavedState {
  accounts: Account[];
  grants: [string, string[]][];
  codes: [string, AuthorizationCode][];
  accessTokens: [string, AccessToken][];
  refreshTokens: [string, RefreshToken][];
  sessions: UploadSession[];
  videos: Video[];
  ledger: LedgerSnapshot;
}

/** Everything Google would know: accounts, what they agreed to, open uploads, videos and used-up quota. */
export class GoogleState {
  readonly accounts = new Map<string, Account>();
  /** Scopes each account has agreed to so far. */
  readonly grants = new Map<string, string[]>();
  readonly codes = new Map<string, AuthorizationCode>();
  readonly accessTokens = new Map<string, AccessToken>();
  readonly refreshTokens = new Map<string, RefreshToken>();
  readonly sessions = new Map<string, UploadSession>();
  readonly videos = new Map<string, Video>();
  readonly ledger: QuotaLedger;
  #kit: Kit;

  constructor(kit: Kit) {
    this.#kit = kit;
    this.ledger = new QuotaLedger(kit);
  }

  /** The account of that name, made on first use. */
  openAccount(name: AccountName): Account {
    const account = this.accounts.get(name.full) ?? createAccount(name, this.#kit.now());
    this.accounts.set(account.name, account);
    this.#kit.touch();
    return account;
  }

  /** The account's videos, the newest first. */
  videosOf(account: string): Video[] {
    return [...this.videos.values()].filter((video) => video.account === account).reverse();
  }

  /** Ends everything an account agreed to, as when the user removes the app. */
  revokeGrants(account: string): void {
    this.grants.delete(account);
    for (const [key, token] of this.accessTokens) {
      if (token.account === account) this.accessTokens.delete(key);
    }
    for (const token of this.refreshTokens.values()) if (token.account === account) token.isRevoked = true;
    this.#kit.touch();
  }

  clear(): void {
    for (const map of [this.accounts, this.grants, this.codes, this.accessTokens]) map.clear();
    for (const map of [this.refreshTokens, this.sessions, this.videos]) map.clear();
    this.ledger.clear();
  }

  snapshot(): SavedState {
    const now = this.#kit.now();
    return {
      accounts: [...this.accounts.values()],
      grants: [...this.grants],
      codes: [...this.codes].filter(([, code]) => code.expiresAt > now),
      accessTokens: [...this.accessTokens].filter(([, token]) => token.expiresAt > now),
      refreshTokens: [...this.refreshTokens],
      sessions: [...this.sessions.values()],
      videos: [...this.videos.values()],
      ledger: this.ledger.snapshot(),
    };
  }

  restore(saved: SavedState): void {
    for (const account of saved.accounts) this.accounts.set(account.name, account);
    for (const [account, scopes] of saved.grants) this.grants.set(account, scopes);
    for (const [key, code] of saved.codes) this.codes.set(key, code);
    for (const [key, token] of saved.accessTokens) this.accessTokens.set(key, token);
    for (const [key, token] of saved.refreshTokens) this.refreshTokens.set(key, token);
    for (const session of saved.sessions) this.sessions.set(session.id, session);
    for (const video of saved.videos) this.videos.set(video.id, video);
    this.ledger.restore(saved.ledger);
  }

  /** Blobs of open uploads, videos and their thumbnails. */
  blobIds(): string[] {
    const videos = [...this.videos.values()];
    const thumbnails = videos.flatMap((video) => video.thumbnail?.blob ?? []);
    const sessions = [...this.sessions.values()].map((session) => session.blob);
    return [...sessions, ...videos.map((video) => video.blob), ...thumbnails];
  }
}
