import type { Kit } from "../../kit/provider.ts";
import { randomText } from "../../kit/random-text.ts";
import type { MetaToken } from "../grants.ts";
import { readSwitch } from "../read-switch.ts";
import type { MetaState } from "../state.ts";

/** Sixty days less what the real answer is short of them, seconds. */
const LONG_LIFETIME_S = 5_183_944;
const SHORT_LIFETIME_S = { user: 5_400, instagram: 3_600 } as const;
const TEXT_BYTES = 84;

/** What the token endpoints answer. */
export interface TokenAnswer {
  access_token: string;
  token_type: "bearer";
  /** Seconds; some answers leave it out. */
  expires_in?: number;
}

/** Issues a token of a person, for a user of Facebook or for an Instagram account. */
export function issueToken(
  kit: Kit,
  state: MetaState,
  wanted: { kind: "user" | "instagram"; person: string; scopes: string[]; isLong: boolean },
): TokenAnswer {
  const host = wanted.kind === "user" ? "facebook" : "instagram";
  const usual = wanted.isLong ? LONG_LIFETIME_S : SHORT_LIFETIME_S[wanted.kind];
  const lifetimeS = readSwitch(kit, host, "token_lifetime_s") ?? usual;
  const text = add(kit, state, {
    ...wanted,
    pageId: null,
    parent: null,
    issuedAt: kit.now(),
    expiresAt: kit.now() + lifetimeS * 1000,
    death: null,
  });
  const isSilent = readSwitch(kit, host, "hide_expires_in") === true;
  return { access_token: text, token_type: "bearer", ...(isSilent ? {} : { expires_in: lifetimeS }) };
}

/**
 * The Page token that a user token gives, the same one every time. It has no expiry date when the user token is
 * long-lived, else it ends together with it.
 */
export function issuePageToken(kit: Kit, state: MetaState, userToken: string, pageId: string): string {
  for (const [text, token] of state.tokens) {
    if (token.parent === userToken && token.pageId === pageId && token.death === null) return text;
  }
  const parent = state.tokens.get(userToken)!;
  return add(kit, state, {
    kind: "page",
    person: parent.person,
    pageId,
    parent: userToken,
    scopes: [],
    isLong: parent.isLong,
    issuedAt: kit.now(),
    expiresAt: parent.isLong ? null : parent.expiresAt,
    death: null,
  });
}

function add(kit: Kit, state: MetaState, token: MetaToken): string {
  const text = `${token.kind === "instagram" ? "IGAA" : "EAAB"}${
    randomText(TEXT_BYTES).replaceAll(/[-_]/g, "Z")
  }`;
  state.tokens.set(text, token);
  kit.touch();
  return text;
}
