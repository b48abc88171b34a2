import { parseArgs } from "node:util";
import { measureClaims } from "./dispatch/measure-claims.ts";
import { measureDrain } from "./dispatch/measure-drain.ts";
import { measureLateness } from "./dispatch/measure-lateness.ts";
import { openRig } from "./dispatch/open-rig.ts";

const DRAIN_LIMIT_MS = 100_000;
const PARTS = ["claims", "lateness", "drain"] as const;

/**
 * How fast due targets go out: `--part claims|lateness|drain` for one of the three, `--targets N` for fewer than
 * 10,000 in `drain`. Ends within ten minutes whatever the machine.
 */
export async function run(): Promise<void> {
  const { values } = parseArgs({
    args: Deno.args.slice(1),
    options: { targets: { type: "string", default: "10000" }, part: { type: "string", multiple: true } },
  });
  const isAsked = (part: typeof PARTS[number]) => values.part?.includes(part) ?? true;
  if (isAsked("claims")) await measureClaims();
  if (!isAsked("lateness") && !isAsked("drain")) return;
  await using rig = await openRig();
  if (isAsked("lateness")) await measureLateness(rig);
  if (isAsked("drain")) await measureDrain(rig, Number(values.targets), DRAIN_LIMIT_MS);
}
