/**
 * Checks that every edge function can live on the hosted runtime: own deno.json with exact `npm:` versions
 * equal to package.json, a module graph of nothing but own files, npm packages and built-ins, no worker and no
 * native add-on in our code, and a bundle of at most 5 MB (the limit of server-side bundling).
 */
import { basename, join } from "node:path";

const FUNCTIONS_DIR = "supabase/functions";
const MAX_BUNDLE_BYTES = 5_000_000;
const FORBIDDEN_CODE = /\bnew (Shared)?Worker\s*\(|\bDeno\.dlopen\b|\bworker_threads\b|\.node["']/;
const EXACT_NPM = /^npm:\/?(@?[^@]+)@(\d+\.\d+\.\d+[^/]*)\/?$/;

interface PackageJson {
  dependencies: Record<string, string>;
}

interface ModuleGraph {
  modules: { specifier: string; error?: string }[];
}

const { dependencies }: PackageJson = JSON.parse(await Deno.readTextFile("package.json"));
const findings: string[] = [];
const names = [...Deno.readDirSync(FUNCTIONS_DIR)]
  .filter((entry) => entry.isDirectory && !entry.name.startsWith("_"))
  .map((entry) => entry.name)
  .sort();

for (const name of names) {
  await checkImportMap(name);
  await checkModules(name);
  console.log(`${name}: bundle of ${await checkBundle(name)} bytes`);
}
for (const finding of findings) console.error(finding);
if (findings.length > 0) Deno.exit(1);

async function checkImportMap(name: string): Promise<void> {
  const path = join(FUNCTIONS_DIR, name, "deno.json");
  const { imports = {} }: { imports?: Record<string, string> } = JSON.parse(await Deno.readTextFile(path));
  for (const [alias, target] of Object.entries(imports)) {
    const [, packageName = "", version] = EXACT_NPM.exec(target) ?? [];
    if (!version) findings.push(`${path}: ${alias} must be an exact npm version, but is ${target}.`);
    else if (dependencies[packageName] !== version) {
      findings.push(`${path}: ${packageName} is ${version}, package.json says ${dependencies[packageName]}.`);
    }
  }
}

async function checkModules(name: string): Promise<void> {
  const graph: ModuleGraph = JSON.parse(await runDeno(name, "info", "--json"));
  for (const { specifier, error } of graph.modules) {
    if (error) findings.push(`${name}: ${specifier} does not resolve: ${error}`);
    else if (!/^(file|npm|node):/.test(specifier)) {
      findings.push(`${name}: ${specifier} is neither an own file nor an npm package.`);
    } else if (specifier.includes(`/${FUNCTIONS_DIR}/`)) {
      const code = await Deno.readTextFile(new URL(specifier));
      const [found] = FORBIDDEN_CODE.exec(code) ?? [];
      if (found) findings.push(`${basename(specifier)}: the hosted runtime has no ${found}.`);
    }
  }
}

async function checkBundle(name: string): Promise<number> {
  const output = await Deno.makeTempFile({ suffix: ".js" });
  try {
    await runDeno(name, "bundle", "--quiet", "--platform", "deno", "--output", output);
    const { size } = await Deno.stat(output);
    if (size > MAX_BUNDLE_BYTES) {
      findings.push(`${name}: the bundle has ${size} bytes, the limit is ${MAX_BUNDLE_BYTES}.`);
    }
    return size;
  } finally {
    await Deno.remove(output);
  }
}

async function runDeno(name: string, ...args: string[]): Promise<string> {
  const folder = join(FUNCTIONS_DIR, name);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...args,
      "--config",
      join(folder, "deno.json"),
      "--node-modules-dir=manual",
      join(folder, "index.ts"),
    ],
  }).output();
  if (!success) throw new Error(`deno ${args[0]} of ${name} failed:\n${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
