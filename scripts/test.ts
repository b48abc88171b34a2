/**
 * `npm test`: makes sure a Chromium is there, runs every test under tests/ (or the paths given as arguments)
 * and ends with one line `N passed, N failed`.
 */
import { ensureChromium } from "./ensure-chromium.ts";

await ensureChromium();

const targets = Deno.args.length > 0 ? Deno.args : ["tests"];
const child = new Deno.Command(Deno.execPath(), {
  args: ["test", "--allow-all", "--no-check", "--quiet", ...targets],
  env: { NO_COLOR: "1" },
  stdout: "piped",
  stderr: "inherit",
}).spawn();

let lastSummary: RegExpMatchArray | null = null;
const lines = child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(splitLines());
for await (const line of lines) {
  console.log(line);
  lastSummary = /\| (\d+) passed.*\| (\d+) failed/.exec(line) ?? lastSummary;
}
const { success } = await child.status;

const passed = Number(lastSummary?.[1] ?? 0);
const failed = lastSummary ? Number(lastSummary[2]) : 1;
console.log(`${passed} passed, ${success ? failed : Math.max(failed, 1)} failed`);
if (!success || passed === 0) Deno.exit(1);

function splitLines(): TransformStream<string, string> {
  let rest = "";
  return new TransformStream({
    transform(chunk, controller) {
      const parts = (rest + chunk).split("\n");
      rest = parts.pop() ?? "";
      for (const part of parts) controller.enqueue(part);
    },
    flush(controller) {
      if (rest) controller.enqueue(rest);
    },
  });
}
