import { BudgetSpent } from "../../../_shared/core/publish-errors.ts";
import type { PublishTask } from "../platform-adapter.ts";

/**
 * Takes one of a budget that counts minutes. Resolves to null, or to the seconds until there is room: a pause that is
 * not worth telling anybody.
 */
export async function spendOrWait(task: PublishTask, budget: string): Promise<number | null> {
  try {
    await task.spend(budget);
    return null;
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return Math.max(1, (error.until.getTime() - task.now().getTime()) / 1000);
  }
}
