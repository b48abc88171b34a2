import type { Hono } from "hono";
import type { BlobStore } from "./blob-store.ts";
import type { Origin } from "./origin.ts";
import type { RegisteredApp } from "./registered-app.ts";
import type { SettingsStore } from "./settings.ts";
import type { ServiceName } from "./services.ts";

/** What the kit gives every provider. */
export interface Kit {
  app: RegisteredApp;
  settings: SettingsStore;
  blobs: BlobStore;
  /** Address of each origin by its name, for example MICROSOFT_GRAPH_URL. */
  urls: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  now(): number;
  /** A number from 0 (inclusive) to 1. */
  random(): number;
  /** Tells that state changed and has to be saved. */
  touch(): void;
}

/** A file somebody stored with a provider, as GET /__sandbox/files shows it. */
export interface StoredFile {
  account: string;
  path: string;
  size: number;
  quickxor: string;
}

/** An upload that was begun and is not over, as GET /__sandbox/uploads shows it. Sizes in bytes. */
export interface OpenUpload {
  account: string;
  name: string;
  /** Null until the caller has told it. */
  size: number | null;
  received: number;
  expires_at: string;
}

/** A published post, as GET /__sandbox/posts shows it. */
export interface StoredPost {
  platform: "tiktok" | "instagram" | "youtube" | "facebook";
  account: string;
  id: string;
  caption: string;
  sha256: string;
  bytes: number;
  created_at: string;
  url: string;
}

/** A simulator: its origins by URL name, its state, and what it shows to the control API. */
export interface Provider {
  service: ServiceName;
  origins: Record<string, Origin>;
  snapshot(): unknown;
  /** Takes what `snapshot` gave. */
  restore(state: unknown): void;
  reset(): void | Promise<void>;
  /** Blobs that must stay on disk. */
  blobIds(): string[];
  files?(): StoredFile[];
  uploads?(): OpenUpload[];
  posts?(): StoredPost[];
  mails?(): unknown[];
  /** Pages for people, mounted at /<service> of the control origin. */
  pages?: Hono;
}
