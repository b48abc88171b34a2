import type { FaultRig } from "./fault-rig.ts";
import { FaultRun, type Outcome } from "./fault-run.ts";
import { judgeRun } from "./judge-run.ts";
import { FILE_BYTES, type Scenario } from "./scenario.ts";

export interface FamilyCount {
  runs: number;
  whole: number;
  refused: number;
}

export interface Tally {
  uploads: number;
  whole: number;
  refused: number;
  orphans: number;
  stuck: number;
  /** Empty sessions whose address OneDrive never managed to tell; it drops them by itself. */
  unheard: number;
  failed: string[];
  families: Record<string, FamilyCount>;
}

const RUN_WITHIN_MS = 120_000;

/** Runs one scenario after the other and counts how the uploads ended. A run that ends wrongly is in `failed`. */
export async function runPlan(
  rig: FaultRig,
  plan: readonly Scenario[],
  note: (line: string) => void = () => {},
): Promise<Tally> {
  const videos = { video: await rig.makeVideo(FILE_BYTES, 1), other: await rig.makeVideo(FILE_BYTES, 2) };
  const tally: Tally = {
    ...{ uploads: 0, whole: 0, refused: 0, orphans: 0, stuck: 0, unheard: 0 },
    ...{ failed: [], families: {} },
  };
  for (const scenario of plan) {
    const startedAt = performance.now();
    let said: string;
    try {
      said = count(tally, scenario, await runOne(rig, scenario, videos));
    } catch (error) {
      said = `FAILED: ${describe(error)}`;
      tally.failed.push(`${scenario.name}: ${describe(error)}`);
    }
    tally.uploads++;
    note(`${tally.uploads}/${plan.length} ${scenario.name}: ${said} (${seconds(startedAt)} s)`);
  }
  return tally;
}

async function runOne(rig: FaultRig, scenario: Scenario, videos: Parameters<typeof FaultRun.begin>[1]) {
  const run = await FaultRun.begin(rig, videos);
  try {
    const outcome = await withDeadline(scenario.act(run));
    return { outcome, verdict: await judgeRun(run, scenario, outcome) };
  } finally {
    await run.close();
  }
}

/** Whatever hangs must not hold up the runs after it. */
async function withDeadline<Result>(work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not over after ${RUN_WITHIN_MS} ms`)), RUN_WITHIN_MS);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function count(
  tally: Tally,
  scenario: Scenario,
  { outcome, verdict }: { outcome: Outcome; verdict: { orphans: number; stuck: number; unheard: number } },
): string {
  const family = tally.families[scenario.family] ??= { runs: 0, whole: 0, refused: 0 };
  family.runs++;
  family[outcome.kind]++;
  tally[outcome.kind]++;
  tally.orphans += verdict.orphans;
  tally.stuck += verdict.stuck;
  tally.unheard += verdict.unheard;
  const left = verdict.orphans + verdict.stuck > 0 ? `, LEFT ${JSON.stringify(verdict)}` : "";
  return `${outcome.kind}${outcome.kind === "refused" ? ` ${outcome.code}` : ""}${left}`;
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

function describe(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s+/g, " ").slice(0, 400);
}
