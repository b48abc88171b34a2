import type { AccountName } from "../kit/account-name.ts";
import type { Kit } from "../kit/provider.ts";
import { createPerson, type Person } from "./account.ts";
import type { AuthorizationCode, MetaToken, SignIn } from "./grants.ts";
import type { PageVideo } from "./page-reels/page-video.ts";
import { PageVideoStore } from "./page-reels/page-video-store.ts";
import { PublishQuota } from "./reels/publish-quota.ts";
import { ReelStore } from "./reels/reel-store.ts";
import { isAlwaysGranted } from "./scopes.ts";

export type PermissionStatus = "granted" | "declined";
type Permissions = Record<string, PermissionStatus>;

interface SavedState {
  people: Person[];
  permissions: [string, Permissions][];
  codes: [string, AuthorizationCode][];
  tokens: [string, MetaToken][];
  reels: ReturnType<ReelStore["snapshot"]>;
  pageVideos: PageVideo[];
}

/** Reels of an Instagram account and of a Page in 24 hours. */
const INSTAGRAM_PER_DAY = 50;
const PAGE_PER_DAY = 30;

/** Subcode of a token whose person removed the app. */
export const APP_REMOVED = 458;

/** Everything Facebook and Instagram would know: people, what they agreed to, tokens, videos and Reels. */
export class MetaState {
  readonly people = new Map<string, Person>();
  readonly codes = new Map<string, AuthorizationCode>();
  readonly tokens = new Map<string, MetaToken>();
  readonly reels = new ReelStore();
  readonly pageVideos = new PageVideoStore();
  readonly quota: PublishQuota;
  readonly pageQuota: PublishQuota;
  #permissions = new Map<string, Permissions>();
  #kit: Kit;

  constructor(kit: Kit) {
    this.#kit = kit;
    this.quota = new PublishQuota(kit, {
      setting: "publishes_per_day",
      perDay: INSTAGRAM_PER_DAY,
      count: (accountId, since) => this.reels.countMedia(accountId, since),
    });
    this.pageQuota = new PublishQuota(kit, {
      setting: "reels_per_day",
      perDay: PAGE_PER_DAY,
      count: (pageId, since) => this.pageVideos.countPublished(pageId, since),
    });
  }

  /** The person of that name, made on first use. */
  openPerson(name: AccountName): Person {
    const person = this.people.get(name.full) ?? createPerson(name);
    this.people.set(person.name, person);
    this.#kit.touch();
    return person;
  }

  /** What a person answered to each permission the app asked for. */
  permissionsOf(signIn: SignIn, person: string): Readonly<Permissions> {
    return this.#permissions.get(`${signIn} ${person}`) ?? {};
  }

  grantedScopes(signIn: SignIn, person: string): string[] {
    const answers = Object.entries(this.permissionsOf(signIn, person));
    return answers.filter(([, status]) => status === "granted").map(([scope]) => scope);
  }

  /** Notes a person's answers on top of earlier ones. */
  setPermissions(signIn: SignIn, person: string, answers: Permissions): void {
    this.#permissions.set(`${signIn} ${person}`, { ...this.permissionsOf(signIn, person), ...answers });
    this.#kit.touch();
  }

  /** Takes one permission back. */
  revokePermission(person: string, scope: string): void {
    if (isAlwaysGranted("facebook", scope)) return;
    this.setPermissions("facebook", person, { [scope]: "declined" });
  }

  /** Ends every token of one sign-in of a person with a subcode; a removed app has to ask for everything anew. */
  revokeGrants(signIn: SignIn, person: string, subcode: number): void {
    if (subcode === APP_REMOVED) this.#permissions.delete(`${signIn} ${person}`);
    for (const token of this.tokens.values()) {
      const isOfSignIn = (token.kind === "instagram") === (signIn === "instagram");
      if (isOfSignIn && token.person === person) token.death ??= subcode;
    }
    this.#kit.touch();
  }

  clear(): void {
    for (const map of [this.people, this.#permissions, this.codes, this.tokens]) map.clear();
    this.reels.clear();
    this.pageVideos.clear();
  }

  snapshot(): SavedState {
    const now = this.#kit.now();
    return {
      people: [...this.people.values()],
      permissions: [...this.#permissions],
      codes: [...this.codes].filter(([, code]) => code.expiresAt > now),
      tokens: [...this.tokens],
      reels: this.reels.snapshot(),
      pageVideos: this.pageVideos.snapshot(),
    };
  }

  restore(saved: SavedState): void {
    for (const person of saved.people) this.people.set(person.name, person);
    for (const [key, permissions] of saved.permissions) this.#permissions.set(key, permissions);
    for (const [key, code] of saved.codes) this.codes.set(key, code);
    for (const [key, token] of saved.tokens) this.tokens.set(key, token);
    this.reels.restore(saved.reels);
    this.pageVideos.restore(saved.pageVideos ?? []);
  }
}
