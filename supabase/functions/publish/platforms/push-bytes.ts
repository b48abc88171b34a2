import { ProviderApiError } from "../../_shared/core/provider-errors.ts";
import type { UploadBody } from "../../_shared/providers/facebook/upload-client.ts";
import type { PublishTask } from "./platform-adapter.ts";

/** Sent in one request whatever is left of the budget: less would be more requests than bytes. */
const LEAST_BYTES = 8 * 1024 * 1024;
/** Until bytes are sent again of which nothing was stored. */
const STANDSTILL_SECONDS = 5;

/** What one request has to reach of an upload at Meta. */
export interface Pushing {
  provider: string;
  /** Bytes that are stored. */
  at: number;
  /** True when the file is whole. */
  put(body: UploadBody, part: { start: number; total: number }): Promise<boolean>;
  /** Bytes that are stored now. */
  askBytes(): Promise<number>;
}

/** How far an upload is after one request. `isWhole`: the rest has to go in one request, whatever its size. */
export type Pushed = { kind: "complete" } | { kind: "under_way"; isWhole: boolean };

/**
 * Sends what an invocation may send of the rest of a file, in one request straight from the source. Meta takes the
 * rest as one body and keeps what arrives of a shorter one; where it does not, the whole rest goes at once.
 */
export async function pushBytes(task: PublishTask, pushing: Pushing): Promise<Pushed> {
  const { at, provider } = pushing;
  const total = task.source.sizeBytes;
  const isWhole = task.checkpoint.isWhole === true;
  const most = isWhole ? total : at + Math.max(task.byteBudget, LEAST_BYTES);
  const end = Math.min(total, most);
  const body = await task.source.open(at, end);
  if (await pushing.put(body, { start: at, total })) return { kind: "complete" };
  const stored = await pushing.askBytes();
  if (stored > at) return { kind: "under_way", isWhole };
  if (end < total) return { kind: "under_way", isWhole: true };
  throw new ProviderApiError(provider, 503, "nothing_stored", STANDSTILL_SECONDS);
}
