import type { PublishConnection } from "../../../_shared/contracts/publish.ts";
import { toConnection } from "../../rules/to-connection.ts";
import type { Caller, ConnectionDeps } from "./deps.ts";

/** The caller's accounts, disconnected ones included, oldest first. */
export async function listConnections(deps: ConnectionDeps, caller: Caller): Promise<PublishConnection[]> {
  const rows = await deps.connections.listOwn(caller.token);
  return rows.map((row) => toConnection(row, rows));
}
