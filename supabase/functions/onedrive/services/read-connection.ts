import type { Connection } from "../../_shared/contracts/connections.ts";
import type { OnedriveStatus } from "../../_shared/contracts/onedrive.ts";
import type { ConnectionRow } from "../../_shared/db/onedrive-connections.ts";
import { toQuotaFields } from "../rules/to-account-fields.ts";
import { toConnection, toStatus } from "../rules/to-connection.ts";
import type { Caller, OnedriveDeps } from "./deps.ts";

const QUOTA_FRESH_MS = 60_000;

/** The caller's account with folder and quota. An old quota is read anew behind the answer. */
export async function getStatus(deps: OnedriveDeps, caller: Caller): Promise<OnedriveStatus> {
  const row = await deps.connections.findOwn(caller.token);
  if (row?.status === "connected" && isQuotaOld(row, deps.clock())) {
    deps.background("refresh-quota", () => refreshQuota(deps, caller));
  }
  return toStatus(row);
}

/** The caller's account as a list of none or one, a disconnected one included. */
export async function listConnections(deps: OnedriveDeps, caller: Caller): Promise<Connection[]> {
  const row = await deps.connections.findOwn(caller.token);
  return row ? [toConnection(row)] : [];
}

async function refreshQuota(deps: OnedriveDeps, caller: Caller): Promise<void> {
  const quota = await deps.access.withAccess(caller.id, ({ token }) => deps.graph.getQuota(token));
  await deps.connections.update(caller.id, toQuotaFields(quota));
}

function isQuotaOld(row: ConnectionRow, now: Date): boolean {
  const checkedAt = row.quota_checked_at ? new Date(row.quota_checked_at).getTime() : 0;
  return now.getTime() - checkedAt > QUOTA_FRESH_MS;
}
