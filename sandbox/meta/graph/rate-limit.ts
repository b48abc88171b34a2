import { MetaFailure } from "../meta-failure.ts";
import { readSwitch } from "../read-switch.ts";
import type { UsageMeter } from "../usage-meter.ts";
import type { GraphNode } from "./find-node.ts";
import type { GraphCall } from "./graph-call.ts";

/** Calls of one account in an hour, unless the setting `calls_per_hour` says otherwise. */
const CALLS_PER_HOUR = 100_000;
/** Percent of the limit from which on answers tell the usage. */
const NOTICEABLE = 10;
const REGAIN_MINUTES = 60;

/**
 * Counts a call and returns the usage headers for its answer; none while there is little traffic. Throws 80002
 * (Instagram) or 17 (Facebook) when the account's hour is used up.
 */
export function meterCall(meter: UsageMeter, call: GraphCall, node: GraphNode): Record<string, string> {
  const { kit, state, host } = call;
  const limit = readSwitch(kit, host, "calls_per_hour") ?? CALLS_PER_HOUR;
  const instagramId = instagramIdOf(node);
  const account = instagramId ?? call.caller.person.id;
  const ownShare = percent(meter.count(`account ${account}`, kit.now()), limit);
  const appShare = percent(meter.count("app", kit.now()), limit * Math.max(1, state.people.size));
  const headers: Record<string, string> = {};
  if (appShare >= NOTICEABLE) headers["x-app-usage"] = JSON.stringify(describe(appShare));
  if (ownShare >= NOTICEABLE) {
    const usage = {
      type: instagramId === null ? "pages" : "instagram",
      ...describe(ownShare),
      estimated_time_to_regain_access: ownShare > 100 ? REGAIN_MINUTES : 0,
    };
    headers["x-business-use-case-usage"] = JSON.stringify({ [account]: [usage] });
  }
  if (ownShare > 100) {
    if (instagramId === null) throw new MetaFailure(17, "(#17) User request limit reached", { headers });
    throw new MetaFailure(80002, "(#80002) There have been too many calls to this Instagram account.", {
      headers,
      isTransient: true,
    });
  }
  return headers;
}

function describe(share: number) {
  return { call_count: share, total_time: Math.floor(share / 2), total_cputime: Math.floor(share / 3) };
}

function percent(count: number, limit: number): number {
  return limit === 0 ? 101 : Math.ceil(100 * count / limit);
}

function instagramIdOf(node: GraphNode): string | null {
  if (node.type === "IGUser") return node.account.id;
  if (node.type === "IGContainer") return node.container.instagramId;
  return node.type === "IGMedia" ? node.media.instagramId : null;
}
