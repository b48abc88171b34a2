import {
  type Bulk,
  BULK_AT_ONCE,
  bulkSchema,
  type RetryBulkRequest,
} from "../../../_shared/contracts/publish-bulk.ts";
import { AppError } from "../../../_shared/core/app-error.ts";
import type { Caller } from "../connections/deps.ts";
import type { PublishDeps } from "../deps.ts";
import { limitCalls } from "../limit-calls.ts";
import { makeBulk } from "./make-bulk.ts";

/** How far a bulk is, by platform and by video. AppError bulk_not_found. */
export async function readBulk(deps: PublishDeps, caller: Caller, bulkId: string): Promise<Bulk> {
  const found = await deps.bulks.findOwn(caller.token, bulkId);
  if (!found) throw new AppError("bulk_not_found");
  return bulkSchema.parse(found);
}

/** Undo: cancels everything of a bulk that has not gone out, and says what had. AppError bulk_not_waiting. */
export async function cancelBulk(deps: PublishDeps, caller: Caller, bulkId: string): Promise<Bulk> {
  await limitCalls(deps, caller, "posts");
  const undone = await deps.bulks.cancel(caller.id, bulkId);
  return bulkSchema.parse({ ...(await readBulk(deps, caller, bulkId)), undone });
}

/** Tries again what failed of a bulk, or of one video of it. AppError bulk_has_no_failures. */
export async function retryBulk(
  deps: PublishDeps,
  caller: Caller,
  bulkId: string,
  { item_id: itemId, allow_duplicate: allowDuplicate = false }: RetryBulkRequest,
): Promise<Bulk> {
  await limitCalls(deps, caller, "posts");
  const count = await deps.bulks.retry(caller.id, bulkId, { itemId, allowDuplicate });
  await (count > BULK_AT_ONCE ? deps.bulks.poke() : makeBulk(deps, bulkId));
  return await readBulk(deps, caller, bulkId);
}
