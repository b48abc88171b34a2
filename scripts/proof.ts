/**
 * `npm run proof [-- --only TEXT]`: every long suite, one after the other. Figures are JSON lines on stdout,
 * everything else goes to stderr. Exits 1 when a suite fails or a figure misses its bar, and names it.
 */
import { parseArgs } from "node:util";
import { ensureChromium } from "./ensure-chromium.ts";
import { type Figure, findMissedBar } from "./proof/bars.ts";
import { runSuite, type Suite } from "./proof/run-suite.ts";

const FUZZ_SEEDS = [2, 3, 5];
const BENCHES = ["upload", "upload-50mb", "inheritance", "tasks-list", "requests", "dispatch", "stream"];

const { values: { only } } = parseArgs({
  args: Deno.args,
  options: { only: { type: "string", default: "" } },
});

const suites: Suite[] = [
  program("faults uploads", "tests/faults/main.ts", "--seed", "2"),
  program("faults publishing", "tests/faults/publish/main.ts", "--seed", "2"),
  ...FUZZ_SEEDS.map((seed) =>
    test(`bad input, seed ${seed}`, ["tests/fuzz"], { FUZZ_SEED: `${seed}`, FUZZ_BODIES: "200" })
  ),
  test("privacy", ["tests/privacy"]),
  test("upload fuzz", ["tests/web/uploader/fuzz.test.ts"]),
  ...BENCHES.map((name) => program(`bench ${name}`, "bench/main.ts", name)),
].filter(({ title }) => title.includes(only));

await ensureChromium();
const missed: string[] = [];
for (const suite of suites) {
  console.error(`\n${suite.title}`);
  const { success, figures, seconds } = await runSuite(suite);
  const bars = figures.map(findMissedBar).filter((text) => text !== null);
  if (!success) bars.push(`${suite.title} failed`);
  missed.push(...bars);
  print({ suite: suite.title, success, missed: bars.length, seconds });
}
for (const text of missed) console.error(`MISSED: ${text}`);
Deno.exit(missed.length === 0 ? 0 : 1);

function program(title: string, path: string, ...options: string[]): Suite {
  return { title, args: ["run", "--quiet", "-A", "--no-check", path, ...options], onFigure: print };
}

function test(title: string, paths: string[], env: Record<string, string> = {}): Suite {
  return { title, args: ["test", "-A", "--no-check", "--quiet", ...paths], env, onFigure: print };
}

function print(figure: Figure): void {
  console.log(JSON.stringify(figure));
}
