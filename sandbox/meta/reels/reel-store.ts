import type { Container } from "./container.ts";
import type { Media } from "./media.ts";

/** A container is remembered this long after it has expired. */
const KEPT_AFTER_EXPIRY_MS = 24 * 3600 * 1000;

/** Containers and published Reels, by id and by Instagram account in order of creation. */
export class ReelStore {
  readonly containers = new Map<string, Container>();
  readonly media = new Map<string, Media>();
  #containersOf = new Map<string, Container[]>();
  #mediaOf = new Map<string, Media[]>();

  addContainer(container: Container): void {
    this.containers.set(container.id, container);
    append(this.#containersOf, container.instagramId, container);
  }

  addMedia(media: Media): void {
    this.media.set(media.id, media);
    append(this.#mediaOf, media.instagramId, media);
  }

  /** An account's containers made after `since` (ms since 1970). */
  countContainers(instagramId: string, since: number): number {
    return countAfter(this.#containersOf.get(instagramId) ?? [], since);
  }

  /** An account's Reels published after `since` (ms since 1970). */
  countMedia(instagramId: string, since: number): number {
    return countAfter(this.#mediaOf.get(instagramId) ?? [], since);
  }

  /** An account's Reels, the oldest first. */
  mediaOf(instagramId: string): readonly Media[] {
    return this.#mediaOf.get(instagramId) ?? [];
  }

  /** Takes out the containers of an account that expired long ago, and returns the blobs that nobody needs now. */
  forgetExpired(instagramId: string, now: number): string[] {
    const kept: Container[] = [];
    const blobs: string[] = [];
    for (const container of this.#containersOf.get(instagramId) ?? []) {
      if (now < container.expiresAt + KEPT_AFTER_EXPIRY_MS) kept.push(container);
      else {
        this.containers.delete(container.id);
        if (container.mediaId === null) blobs.push(...blobsOf(container));
      }
    }
    this.#containersOf.set(instagramId, kept);
    return blobs;
  }

  clear(): void {
    for (const map of [this.containers, this.media, this.#containersOf, this.#mediaOf]) map.clear();
  }

  snapshot(): { containers: Container[]; media: Media[] } {
    return { containers: [...this.containers.values()], media: [...this.media.values()] };
  }

  restore(saved: { containers: Container[]; media: Media[] }): void {
    for (const container of saved.containers) this.addContainer(container);
    for (const media of saved.media) this.addMedia(media);
  }

  blobIds(): string[] {
    return [...this.containers.values(), ...this.media.values()].flatMap(blobsOf);
  }
}

function blobsOf({ blob, coverBlob }: { blob: string; coverBlob: string | null }): string[] {
  return coverBlob === null ? [blob] : [blob, coverBlob];
}

function append<Entry>(index: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [entry]);
  else list.push(entry);
}

/** Counts from the newest backwards, so a long history costs nothing. */
function countAfter(entries: readonly { createdAt: number }[], since: number): number {
  let count = 0;
  while (count < entries.length && entries[entries.length - 1 - count]!.createdAt > since) count++;
  return count;
}
