import { sha256Hex } from "../../../_shared/core/digest.ts";
import type { PublishTask } from "../platform-adapter.ts";

/** Takes one of a budget of the API key: Blotato counts by user, who may have several accounts under one key. */
export async function spendByKey(task: PublishTask, budget: string): Promise<void> {
  const key = await sha256Hex(task.account.token);
  await task.spend(budget, undefined, `key-${key.slice(0, 16)}`);
}
