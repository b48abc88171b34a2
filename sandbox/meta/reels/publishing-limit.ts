import { badParameter } from "../meta-failure.ts";
import { parseFields, selectFields } from "../graph/fields.ts";
import type { NodeOf } from "../graph/find-node.ts";
import { type GraphCall, PUBLISH_INSTAGRAM, requireScope } from "../graph/graph-call.ts";
import { requireProfessional } from "../graph/instagram-view.ts";
import { QUOTA_SECONDS } from "./publish-quota.ts";

/** GET /{account}/content_publishing_limit: a rolling window, counted when a Reel is published. */
export function readPublishingLimit(call: GraphCall, { account }: NodeOf<"IGUser">): unknown {
  const { params, state, kit, host } = call;
  params.allow("since");
  requireScope(call, PUBLISH_INSTAGRAM);
  requireProfessional(account);
  const nowS = Math.floor(kit.now() / 1000);
  const since = params.getNumber("since", nowS - QUOTA_SECONDS, 0, nowS);
  if (since < nowS - QUOTA_SECONDS) throw badParameter("Param since must be within the last 24 hours");
  const available = {
    quota_usage: () => state.quota.used(account.id, since * 1000),
    config: () => ({ quota_total: state.quota.total(host), quota_duration: QUOTA_SECONDS }),
  };
  const asked = parseFields(params.get("fields"));
  return { data: [selectFields("ContentPublishingLimitResponse", available, asked, ["quota_usage"])] };
}
