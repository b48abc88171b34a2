import type { PageVideo } from "./page-video.ts";

/** Videos of Pages, by id and by Page in order of creation. */
export class PageVideoStore {
  readonly videos = new Map<string, PageVideo>();

  add(video: PageVideo): void {
    this.videos.set(video.id, video);
  }

  /** The videos of a Page, the oldest first. */
  videosOf(pageId: string): PageVideo[] {
    return [...this.videos.values()].filter((video) => video.pageId === pageId);
  }

  /** Reels of a Page whose publishing was asked for after `since` (ms since 1970). */
  countPublished(pageId: string, since: number): number {
    return this.videosOf(pageId).filter(({ publication }) =>
      publication !== null && publication.state !== "DRAFT" && publication.requestedAt > since
    ).length;
  }

  clear(): void {
    this.videos.clear();
  }

  snapshot(): PageVideo[] {
    return [...this.videos.values()];
  }

  restore(saved: readonly PageVideo[]): void {
    for (const video of saved) this.add(video);
  }

  blobIds(): string[] {
    return [...this.videos.values()].flatMap(({ blob, cover }) => cover === null ? [blob] : [blob, cover]);
  }
}
