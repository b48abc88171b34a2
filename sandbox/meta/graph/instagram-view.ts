import type { InstagramAccount } from "../account.ts";
import { personalAccount } from "../meta-failure.ts";
import { readSwitch } from "../read-switch.ts";
import { type Field, parseFields, selectFields } from "./fields.ts";
import { pictureUrl } from "./describe-person.ts";
import type { NodeOf } from "./find-node.ts";
import { type GraphCall, READ_INSTAGRAM, requireScope } from "./graph-call.ts";

/** GET of an Instagram account; Instagram's own host shows personal accounts too, and two kinds of ids. */
export function describeInstagram(call: GraphCall, { account }: NodeOf<"IGUser">): unknown {
  call.params.allow();
  requireScope(call, READ_INSTAGRAM);
  if (call.host === "facebook") requireProfessional(account);
  const answer = selectInstagramFields(call, account, parseFields(call.params.get("fields")));
  const isWrapped = call.host === "instagram" && readSwitch(call.kit, "instagram", "answer_shape") === "data";
  return isWrapped ? { data: [answer] } : answer;
}

/** The asked fields of an Instagram account. Throws code 100 for unknown ones. */
export function selectInstagramFields(call: GraphCall, account: InstagramAccount, asked: readonly Field[]) {
  const isOwnHost = call.host === "instagram";
  const media = call.state.reels.mediaOf(account.id);
  return selectFields("ShadowIGUser", {
    id: () => isOwnHost ? account.appScopedId : account.id,
    username: () => account.username,
    name: () => account.name,
    profile_picture_url: () => pictureUrl(call.kit, account.id),
    biography: () => "",
    followers_count: () => 250,
    follows_count: () => 12,
    media_count: () => media.length,
    ...(isOwnHost ? { user_id: () => account.id, account_type: () => account.accountType } : {}),
  }, asked);
}

/** Throws code 10 for a personal account. */
export function requireProfessional(account: InstagramAccount): void {
  if (account.accountType === "PERSONAL") throw personalAccount();
}
