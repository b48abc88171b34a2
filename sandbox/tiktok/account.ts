import { createHash } from "node:crypto";
import type { AccountName } from "../kit/account-name.ts";

/** A TikTok account. Its ids follow from the name, so the same name is the same account after a reset. */
export interface Account {
  name: string;
  /** The person's id for this one app. */
  openId: string;
  /** The person's id for all apps of a developer. */
  unionId: string;
  /** In the address of the profile, without the `@`. */
  username: string;
  nickname: string;
  isPrivate: boolean;
  /** Comments, duets and stitches are off in the account's own settings. */
  isQuiet: boolean;
  /** Whether its person unticks posting on the consent page. */
  declinesPosting: boolean;
  /** Longest video the account may post, seconds. */
  maxDurationS: number;
  createdAt: number;
}

/** Who may see a post, by kind of account (rule: Content Posting API, Query Creator Info). */
const PUBLIC_OPTIONS = ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"];
const PRIVATE_OPTIONS = ["FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"];

/** `+private` is private, `+quiet` allows no interactions, `+short` posts three seconds, `+declined` does not let post. */
export function createAccount(name: AccountName, now: number): Account {
  const idOf = (kind: string) =>
    createHash("sha256").update(`tiktok ${kind} ${name.full}`).digest("base64url").slice(0, 36);
  const isPrivate = name.traits.has("private");
  return {
    name: name.full,
    openId: `-000${idOf("open id")}`,
    unionId: idOf("union id"),
    username: name.full.replaceAll(/[^a-z0-9._]/g, "_"),
    nickname: name.base.split(/[._-]/).filter(Boolean).map(capitalize).join(" "),
    isPrivate,
    isQuiet: name.traits.has("quiet"),
    declinesPosting: name.traits.has("declined"),
    maxDurationS: name.traits.has("short") ? 3 : 600,
    createdAt: now,
  };
}

export function privacyOptionsOf(account: Account): readonly string[] {
  return account.isPrivate ? PRIVATE_OPTIONS : PUBLIC_OPTIONS;
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
