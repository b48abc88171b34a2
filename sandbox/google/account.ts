import { createHash } from "node:crypto";
import type { AccountName } from "../kit/account-name.ts";
import { canWriteVideos } from "./scopes.ts";

/** A Google account and its channel. Its ids follow from the name, so the same name is the same account after a reset. */
export interface Account {
  name: string;
  /** Google's user id, not the channel's. */
  id: string;
  displayName: string;
  email: string;
  hasChannel: boolean;
  channelId: string;
  /** Public handle with the `@`. */
  handle: string;
  /** The playlist of everything the channel uploaded. */
  uploadsPlaylistId: string;
  /** Whether the user unticks every scope that writes. */
  declinesWriting: boolean;
  /** Whether the channel's phone number is not verified, so that it sets no thumbnails of its own. */
  isUnverified: boolean;
  createdAt: number;
}

/** `+empty` has no channel, `+declined` grants no scope that writes, `+unverified` sets no thumbnails. */
export function createAccount(name: AccountName, now: number): Account {
  const hash = createHash("sha256").update(`google account ${name.full}`).digest();
  const channelPart = hash.subarray(0, 16).toString("base64url");
  return {
    name: name.full,
    id: `1${[...hash.subarray(0, 20)].map((byte) => byte % 10).join("")}`,
    displayName: name.base.split(/[._-]/).filter(Boolean).map(capitalize).join(" "),
    email: `${name.base}@gmail.example`,
    hasChannel: !name.traits.has("empty"),
    channelId: `UC${channelPart}`,
    handle: `@${name.full.replaceAll("+", "-")}`,
    uploadsPlaylistId: `UU${channelPart}`,
    declinesWriting: name.traits.has("declined"),
    isUnverified: name.traits.has("unverified"),
    createdAt: now,
  };
}

/** The scopes of a request to which the account agrees when nobody unticks boxes by hand. */
export function agreedScopes(account: Account, asked: readonly string[]): string[] {
  return asked.filter((scope) => !(account.declinesWriting && canWriteVideos([scope])));
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
