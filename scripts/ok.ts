/** `npm run ok`: every check that needs no running system. Exits 1 when one of them fails. */
import { runSteps, type Step } from "./run-steps.ts";

const deno = Deno.execPath();

function denoStep(name: string, ...args: string[]): Step {
  return { name, command: deno, args };
}

const functionNames = [...Deno.readDirSync("supabase/functions")]
  .filter((entry) => entry.isDirectory && !entry.name.startsWith("_"))
  .map((entry) => entry.name)
  .sort();

const failed = await runSteps([
  denoStep("format", "fmt", "--check", "--quiet"),
  denoStep("lint", "lint", "--quiet"),
  denoStep(
    "types: stack, sandbox, scripts, tests, bench",
    "check",
    "--quiet",
    "stack",
    "sandbox",
    "scripts",
    "tests",
  ),
  ...functionNames.map((name) =>
    denoStep(
      `types: function ${name}`,
      "check",
      "--quiet",
      "--config",
      `supabase/functions/${name}/deno.json`,
      "--node-modules-dir=manual",
      `supabase/functions/${name}/index.ts`,
    )
  ),
  denoStep("types: web", "run", "-A", "npm:typescript/tsc", "--project", "web"),
  denoStep("functions fit the hosted runtime", "run", "--quiet", "-A", "scripts/check-functions.ts"),
  denoStep("import rules", "run", "--quiet", "-A", "scripts/check-imports.ts"),
  denoStep("query shapes", "run", "--quiet", "-A", "scripts/check-query-shapes.ts"),
  denoStep("database: types, schema, lints", "run", "--quiet", "-A", "scripts/check-database.ts"),
]);

if (failed.length > 0) {
  console.error(`${failed.length} of the checks failed: ${failed.join(", ")}.`);
  Deno.exit(1);
}
console.log("All checks passed.");
