import type { Kit } from "../kit/provider.ts";
import type { HostedMedia } from "./media.ts";
import type { Submission } from "./submission.ts";
import { type BlotatoUser, userOfKey } from "./user.ts";

interface SavedState {
  keys: string[];
  revokedKeys: string[];
  submissions: Submission[];
  media: HostedMedia[];
}

/** Everything Blotato would know: keys that were used, posts that were submitted, media it keeps. */
export class BlotatoState {
  readonly submissions = new Map<string, Submission>();
  readonly media = new Map<string, HostedMedia>();
  #keys = new Set<string>();
  #revokedKeys = new Set<string>();
  #kit: Kit;

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  /** The user of a key, made on first use; null for a key nobody has, or that was revoked. */
  openUser(key: string): BlotatoUser | null {
    const user = userOfKey(key);
    if (user === null || this.#revokedKeys.has(key)) return null;
    if (!this.#keys.has(key)) {
      this.#keys.add(key);
      this.#kit.touch();
    }
    return user;
  }

  revoke(key: string): void {
    this.#revokedKeys.add(key);
    this.#kit.touch();
  }

  /** Every user whose key was used, once. */
  users(): BlotatoUser[] {
    const users = [...this.#keys].map((key) => userOfKey(key)!);
    return [...new Map(users.map((user) => [user.name, user])).values()];
  }

  /** Posts of a user, the newest first. */
  submissionsOf(user: string): Submission[] {
    return [...this.submissions.values()].filter((submission) => submission.user === user).toReversed();
  }

  clear(): void {
    for (const kept of [this.submissions, this.media, this.#keys, this.#revokedKeys]) kept.clear();
  }

  snapshot(): SavedState {
    return {
      keys: [...this.#keys],
      revokedKeys: [...this.#revokedKeys],
      submissions: [...this.submissions.values()],
      media: [...this.media.values()],
    };
  }

  restore(saved: SavedState): void {
    for (const key of saved.keys) this.#keys.add(key);
    for (const key of saved.revokedKeys) this.#revokedKeys.add(key);
    for (const submission of saved.submissions) this.submissions.set(submission.id, submission);
    for (const media of saved.media) this.media.set(media.id, media);
  }

  blobIds(): string[] {
    return [...this.submissions.values(), ...this.media.values()].map(({ blob }) => blob);
  }
}
