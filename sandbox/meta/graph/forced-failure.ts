import type { Kit } from "../../kit/provider.ts";
import type { SignIn } from "../grants.ts";
import { MetaFailure } from "../meta-failure.ts";
import { readSwitch } from "../read-switch.ts";

/** Codes that pass by themselves. */
const TRANSIENT: readonly number[] = [-2, -1, 1, 2, 4, 17, 32, 341, 613, 80001, 80002];

/** The refusal which the settings `graph_error_code` and `graph_error_subcode` ask for; null when they are not set. */
export function forcedFailure(kit: Kit, host: SignIn): MetaFailure | null {
  const code = readSwitch(kit, host, "graph_error_code");
  if (code === null) return null;
  const subcode = readSwitch(kit, host, "graph_error_subcode") ?? undefined;
  return new MetaFailure(code, `(#${code}) The sandbox was told to refuse.`, {
    status: statusOf(code, subcode),
    subcode,
    isTransient: TRANSIENT.includes(code),
    userTitle: "The sandbox refuses",
    userMessage: "The sandbox was told to refuse.",
  });
}

function statusOf(code: number, subcode: number | undefined): number {
  if ((code === 1 || code === 2) && subcode === undefined) return 500;
  return code === 10 || (code >= 200 && code <= 299) ? 403 : 400;
}
