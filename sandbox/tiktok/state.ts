import type { AccountName } from "../kit/account-name.ts";
import type { Kit } from "../kit/provider.ts";
import { type Account, createAccount } from "./account.ts";
import { CallMeter, type CallSnapshot } from "./call-meter.ts";
import type { AccessToken, AuthorizationCode, RefreshToken } from "./grants.ts";
import type { Post } from "./post/post.ts";

interface SavedState {
  accounts: Account[];
  codes: [string, AuthorizationCode][];
  accessTokens: [string, AccessToken][];
  refreshTokens: [string, RefreshToken][];
  posts: Post[];
  lastPostId: string;
  calls: CallSnapshot;
}

/** Everything TikTok would know: accounts, tokens, posts on their way and posts that are there. */
export class TiktokState {
  readonly accounts = new Map<string, Account>();
  readonly codes = new Map<string, AuthorizationCode>();
  readonly accessTokens = new Map<string, AccessToken>();
  readonly refreshTokens = new Map<string, RefreshToken>();
  /** By publish id. */
  readonly posts = new Map<string, Post>();
  readonly calls: CallMeter;
  #lastPostId = FIRST_POST_ID;
  #kit: Kit;

  constructor(kit: Kit) {
    this.#kit = kit;
    this.calls = new CallMeter(kit);
  }

  /** The account of that name, made on first use. */
  openAccount(name: AccountName): Account {
    const account = this.accounts.get(name.full) ?? createAccount(name, this.#kit.now());
    this.accounts.set(account.name, account);
    this.#kit.touch();
    return account;
  }

  /** A public id: 19 digits, more than a number holds, odd so that rounding shows. */
  nextPostId(): string {
    this.#lastPostId += 2n + 2n * BigInt(Math.floor(this.#kit.random() * 1_000_000));
    return String(this.#lastPostId);
  }

  /** The account's posts, the newest first. */
  postsOf(account: string): Post[] {
    return [...this.posts.values()].filter((post) => post.account === account).reverse();
  }

  /** Ends everything an account agreed to, as when its person removes the app. */
  revokeGrants(account: string): void {
    for (const map of [this.accessTokens, this.refreshTokens]) {
      for (const [key, token] of map) if (token.account === account) map.delete(key);
    }
    this.#kit.touch();
  }

  clear(): void {
    for (const map of [this.accounts, this.codes, this.accessTokens, this.refreshTokens, this.posts]) {
      map.clear();
    }
    this.#lastPostId = FIRST_POST_ID;
    this.calls.clear();
  }

  snapshot(): SavedState {
    const now = this.#kit.now();
    return {
      accounts: [...this.accounts.values()],
      codes: [...this.codes].filter(([, code]) => code.expiresAt > now),
      accessTokens: [...this.accessTokens].filter(([, token]) => token.expiresAt > now),
      refreshTokens: [...this.refreshTokens],
      posts: [...this.posts.values()],
      lastPostId: String(this.#lastPostId),
      calls: this.calls.snapshot(),
    };
  }

  restore(saved: SavedState): void {
    for (const account of saved.accounts) this.accounts.set(account.name, account);
    for (const [key, code] of saved.codes) this.codes.set(key, code);
    for (const [key, token] of saved.accessTokens) this.accessTokens.set(key, token);
    for (const [key, token] of saved.refreshTokens) this.refreshTokens.set(key, token);
    for (const post of saved.posts) this.posts.set(post.publishId, post);
    this.#lastPostId = BigInt(saved.lastPostId);
    this.calls.restore(saved.calls);
  }

  blobIds(): string[] {
    return [...this.posts.values()].map((post) => post.blob);
  }
}

const FIRST_POST_ID = 7_400_000_000_000_000_001n;
