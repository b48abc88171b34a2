/**
 * Checks which room imports which (docs/architecture.md shows the same table), that no import goes in a
 * circle, and that no source file outgrows 300 lines. Prints every finding and exits 1 when there is one.
 */
import { findImports, type ModuleImport } from "./source-imports.ts";
import { listSourceFiles } from "./source-files.ts";
import { resolveImport } from "./resolve-import.ts";
import { roomOf } from "./rooms.ts";

const MAX_LINES = 300;

const findings: string[] = [];
const graph = new Map<string, string[]>();

for (const file of await listSourceFiles()) {
  const text = await Deno.readTextFile(file);
  const lineCount = text.split("\n").length - 1;
  if (lineCount > MAX_LINES) findings.push(`${file}: ${lineCount} lines, the limit is ${MAX_LINES}.`);

  const imports = findImports(file, text);
  for (const entry of imports) checkImport(file, entry);
  graph.set(file, imports.filter((entry) => !entry.typeOnly).flatMap((entry) => ownTarget(file, entry)));
}
findings.push(...findCircles());

for (const finding of findings) console.error(finding);
console.log(`Import rules: ${graph.size} files, ${findings.length} findings.`);
if (findings.length > 0) Deno.exit(1);

function ownTarget(file: string, entry: ModuleImport): string[] {
  const target = resolveImport(file, entry.specifier);
  return target.kind === "file" ? [target.path] : [];
}

function checkImport(file: string, entry: ModuleImport): void {
  const room = roomOf(file);
  const target = resolveImport(file, entry.specifier);
  if (!room) {
    findings.push(`${file}: belongs to no room; name it in scripts/rooms.ts.`);
  } else if (target.kind === "package") {
    if (room.packages && !room.packages.test(target.name)) {
      findings.push(`${file}: ${room.name} may not use the package ${target.name}.`);
    }
  } else if (!room.mayImport(file, target.path, entry.typeOnly)) {
    findings.push(`${file}: ${room.name} may not import ${target.path}.`);
  }
}

function findCircles(): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      circles.push(`Circle: ${[...path.slice(start), file].join(" -> ")}`);
      return;
    }
    if (done.has(file)) return;
    for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return circles;
}
