import { parseArgs } from "node:util";
import { planUploads } from "./plan-uploads.ts";
import { FaultRig } from "./support/fault-rig.ts";
import { runPlan } from "./support/run-plan.ts";

const BASE_PORT = 27800;

const { values } = parseArgs({
  args: Deno.args,
  options: { runs: { type: "string" }, seed: { type: "string", default: "1" }, only: { type: "string" } },
});
const runs = values.runs === undefined ? null : Number(values.runs);
const seed = Number(values.seed);
if (!Number.isSafeInteger(seed) || (runs !== null && !(Number.isSafeInteger(runs) && runs > 0))) {
  console.error("Usage: npm run faults -- uploads [--runs N] [--seed S] [--only TEXT]");
  Deno.exit(2);
}
const plan = planUploads(runs, seed).filter(({ name }) => name.includes(values.only ?? ""));
const rig = await FaultRig.open(BASE_PORT);
const startedAt = performance.now();
try {
  const { failed, families, ...counts } = await runPlan(rig, plan, (line) => console.error(line));
  for (const [family, count] of Object.entries(families)) console.error(JSON.stringify({ family, ...count }));
  for (const text of failed) console.error(`FAILED ${text}`);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(JSON.stringify({ ...counts, failed: failed.length, seed, seconds }));
  Deno.exitCode = failed.length + counts.orphans + counts.stuck > 0 ? 1 : 0;
} finally {
  await rig.close();
}
Deno.exit();
