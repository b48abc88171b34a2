/**
 * `npm test`: makes sure that Chromium and ffmpeg are there, runs every test under tests/ (or the paths given as
 * arguments) and ends with one line `N passed, N failed`.
 */
import { ensureChromium } from "./ensure-chromium.ts";
import { ensureFfmpeg } from "./ensure-ffmpeg.ts";
import { runTests } from "./run-tests.ts";

/** Mostly wait for browsers, stacks and time to pass: each of these runs beside all others, on ports of its own. */
const WAITING = [["tests/e2e", "tests/faults"], ["tests/functions"]];

await ensureChromium();
await ensureFfmpeg();

const groups = Deno.args.length > 0 ? [Deno.args] : [...WAITING, await listOthers()];
const results = await Promise.all(groups.map(runTests));

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0 || results.some((result) => result.passed === 0)) Deno.exit(1);

async function listOthers(): Promise<string[]> {
  const folders: string[] = [];
  for await (const entry of Deno.readDir("tests")) {
    const path = `tests/${entry.name}`;
    if (entry.isDirectory && entry.name !== "support" && !WAITING.flat().includes(path)) folders.push(path);
  }
  return folders.sort();
}
