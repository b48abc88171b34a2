import { parseArgs } from "node:util";
import { planPublishing } from "./plan-publishing.ts";
import { PublishRig } from "./publish-rig.ts";
import { runPublishing } from "./run-publishing.ts";

const BASE_PORT = 30_000;

const { values } = parseArgs({
  args: Deno.args,
  options: {
    targets: { type: "string", default: "500" },
    kills: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    /** Folder, not there yet, in which the stack's logs and database stay. */
    keep: { type: "string" },
  },
});
const [targets, kills, seed] = [values.targets, values.kills, values.seed].map(Number) as [
  number,
  number,
  number,
];
if (![targets, kills, seed].every((number) => Number.isSafeInteger(number) && number > 0)) {
  console.error("Usage: npm run faults -- [--targets N] [--kills N] [--seed S] [--keep DIR]");
  Deno.exit(2);
}
const startedAt = performance.now();
const note = (line: string) =>
  console.error(`${String(Math.round((performance.now() - startedAt) / 1000)).padStart(4)} s  ${line}`);
const rig = await PublishRig.open(BASE_PORT, values.keep);
try {
  const { problems, ...outcome } = await runPublishing(rig, planPublishing(targets, kills, seed), seed, note);
  for (const problem of problems) note(problem);
  const { published, duplicates, lost, stuck } = outcome;
  note("done");
  console.log(
    JSON.stringify({ targets: outcome.targets, kills: outcome.kills, published, duplicates, lost, stuck }),
  );
  Deno.exitCode = duplicates + lost + stuck > 0 || published < outcome.targets ? 1 : 0;
} finally {
  await rig.close();
}
Deno.exit();
