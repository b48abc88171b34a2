import { createHash } from "node:crypto";
import { parseAccountName } from "../kit/account-name.ts";

const MB = 1024 * 1024;

/** An account on a platform that a user connected at Blotato. */
export interface ConnectedAccount {
  /** Digits. */
  id: string;
  platform: string;
  fullname: string;
  username: string;
}

/** Who an API key belongs to. */
export interface BlotatoUser {
  /** The name in the key. */
  name: string;
  id: string;
  subscriptionStatus: "active" | "trialing";
  /** Largest media file of the plan, bytes. */
  maxMediaBytes: number;
  accounts: ConnectedAccount[];
}

/**
 * The user of a key `blotato-NAME`, null when no key looks like that. `blotato-NAME:2`, `:3` … are newer keys of the
 * same user, for after the first one was revoked. `NAME+trial` has a plan without the API, `NAME+starter` the one with
 * small files, `NAME+empty` no TikTok account, `NAME+two` two of them; the key of `NAME+padded` ends in `==`.
 */
export function userOfKey(key: string): BlotatoUser | null {
  const [, text = "", padding = ""] = /^blotato-([^:=]+)(?::[1-9]\d?)?(=*)$/.exec(key) ?? [];
  const name = parseAccountName(text);
  if (name === null || name.full !== text) return null;
  if (padding !== (name.traits.has("padded") ? "==" : "")) return null;
  const { full, base, traits } = name;
  const fullname = base.split(/[._-]/).filter(Boolean).map(capitalize).join(" ");
  const account = (platform: string, username: string, suffix = ""): ConnectedAccount => ({
    id: digitsFrom(`${platform} ${full}${suffix}`),
    platform,
    fullname: `${fullname}${suffix}`,
    username,
  });
  return {
    name: full,
    id: digitsFrom(`user ${full}`),
    subscriptionStatus: traits.has("trial") ? "trialing" : "active",
    maxMediaBytes: traits.has("starter") ? 400 * MB : 1024 * MB,
    accounts: [
      account("instagram", base),
      ...(traits.has("empty") ? [] : [account("tiktok", base)]),
      ...(traits.has("two") ? [account("tiktok", `${base}.shop`, " Shop")] : []),
    ],
  };
}

function digitsFrom(text: string): string {
  const number = createHash("sha256").update(text).digest().readUInt32BE(0);
  return String(10_000 + (number % 990_000_000));
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
