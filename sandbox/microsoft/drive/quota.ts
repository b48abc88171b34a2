import type { Kit } from "../../kit/provider.ts";
import type { Account } from "../account.ts";
import type { Drive } from "./drive.ts";

const DEFAULT_QUOTA_BYTES = 1024 ** 4;

export interface Quota {
  total: number;
  used: number;
  remaining: number;
  deleted: number;
  state: "normal" | "nearing" | "critical" | "exceeded";
}

/** The drive's quota in bytes. The recycle bin of a work account counts as used. */
export function readQuota(kit: Kit, account: Account, drive: Drive): Quota {
  const total = kit.settings.get("microsoft", "drive_quota_bytes", DEFAULT_QUOTA_BYTES);
  const deleted = drive.deletedBytes;
  const used = drive.usedBytes + (account.kind === "business" ? deleted : 0);
  const remaining = Math.max(0, total - used);
  return { total, used, remaining, deleted, state: stateOf(remaining, total) };
}

/** Below 10 % free is nearing, below 1 % critical, nothing free exceeded. */
function stateOf(remaining: number, total: number): Quota["state"] {
  if (remaining <= 0) return "exceeded";
  if (remaining < total * 0.01) return "critical";
  return remaining < total * 0.1 ? "nearing" : "normal";
}
