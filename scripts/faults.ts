/**
 * `npm run faults -- [SUITE]`: breaks things on purpose and counts what survives; without a name it is the publishing
 * engine. Each suite is a program of its own whose last line on stdout is JSON; what it does meanwhile goes to stderr.
 */
import { ensureChromium } from "./ensure-chromium.ts";

const SUITES: Readonly<Record<string, { program: string; options: string; needsChromium: boolean }>> = {
  publishing: {
    program: "tests/faults/publish/main.ts",
    options: "[--targets N] [--kills N] [--seed S] [--keep DIR]",
    needsChromium: false,
  },
  uploads: {
    program: "tests/faults/main.ts",
    options: "[--runs N] [--seed S] [--only TEXT]",
    needsChromium: true,
  },
};

const isNamed = Deno.args[0] !== undefined && !Deno.args[0].startsWith("-");
const [name, ...options] = isNamed ? Deno.args : ["publishing", ...Deno.args];
const suite = Object.hasOwn(SUITES, name!) ? SUITES[name!] : undefined;
if (!suite) {
  console.error(`There is no suite "${name}". Suites:`);
  for (const [known, { options }] of Object.entries(SUITES)) console.error(`  ${known} ${options}`);
  Deno.exit(2);
}
if (suite.needsChromium) await ensureChromium();
const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["run", "--quiet", "--allow-all", "--no-check", suite.program, ...options],
}).spawn().status;
Deno.exit(code);
