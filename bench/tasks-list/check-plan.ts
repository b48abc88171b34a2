import { asUser } from "../../tests/database/support/as-role.ts";
import type { TestDatabase } from "../../tests/database/support/database.ts";
import { note } from "../result.ts";
import type { TaskQuery } from "./queries.ts";

/** Plans of every statement over tasks that `query` runs, also inside functions, as the account itself. */
async function readPlans(database: TestDatabase, userId: string, query: TaskQuery): Promise<string[]> {
  const plans: string[] = [];
  const watched = database.connect("supabase_admin", {
    max: 1,
    onnotice: ({ message }) => plans.push(message ?? ""),
  });
  await watched`load 'auto_explain'`;
  await watched`
    select set_config('auto_explain.log_min_duration', '0', false),
      set_config('auto_explain.log_nested_statements', 'on', false),
      set_config('client_min_messages', 'log', false)`;
  await asUser(watched, userId, (tx) => query(tx, userId));
  return plans.map(keepTree).filter((plan) => plan.includes("on influencer_tasks"));
}

/** Fails unless every plan over tasks uses one of their indexes, and none has a Sort or a Seq Scan. */
export async function checkPlan(database: TestDatabase, userId: string, query: TaskQuery): Promise<void> {
  const plans = await readPlans(database, userId, query);
  if (plans.length === 0) throw new Error("No plan over influencer_tasks was seen.");
  for (const plan of plans) {
    note(plan);
    if (!/Index (Only )?Scan using influencer_tasks_/.test(plan) || /\b(Sort|Seq Scan)\b/.test(plan)) {
      throw new Error("This plan sorts, or does not begin in an index.");
    }
  }
}

/** A plan without the statement, whose own words may contain "sort". */
function keepTree(plan: string): string {
  return plan.split("\n").filter((line) => /cost=|Cond:|Filter:| Key:/.test(line)).join("\n");
}
