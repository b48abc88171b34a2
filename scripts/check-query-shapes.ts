/**
 * Every query the web app, the extension and the functions send to the Data API must be listed in
 * scripts/query-shapes/shapes.json: the conformance tests (tests/stack/data-api) run each listed one and compare the
 * answer with PostgREST's. Prints each query that is not listed, each listed one nobody sends, and exits 1.
 * With `--write` it brings the list up to date.
 */
import { findShapes } from "./query-shapes/find-shapes.ts";
import { listSourceFiles } from "./source-files.ts";

const MANIFEST = "scripts/query-shapes/shapes.json";
const SENDERS = /^(web\/src|extension|supabase\/functions)\//;

const isWriting = Deno.args.includes("--write");
const listed: string[] = JSON.parse(await Deno.readTextFile(MANIFEST));
const sent = new Set<string>();
const findings: string[] = [];

for (const path of (await listSourceFiles()).filter((file) => SENDERS.test(file))) {
  for (const { line, shapes, problem } of findShapes(path, await Deno.readTextFile(path))) {
    if (problem) findings.push(`${path}:${line}: the shape of this query is not known: ${problem}.`);
    for (const shape of shapes) {
      sent.add(shape);
      if (!listed.includes(shape)) {
        findings.push(`${path}:${line}: no conformance test covers ${shape}: list it in ${MANIFEST}.`);
      }
    }
  }
}
for (const shape of listed.filter((one) => !sent.has(one))) {
  findings.push(`${MANIFEST}: nobody sends ${shape} any more; remove it.`);
}
const sorted = [...new Set(listed)].sort();
if (JSON.stringify(sorted) !== JSON.stringify(listed)) {
  findings.push(`${MANIFEST}: sort the list, each shape once.`);
}

if (isWriting && !findings.some((finding) => finding.includes("is not known"))) {
  await Deno.writeTextFile(MANIFEST, JSON.stringify([...sent].sort(), null, 2) + "\n");
  findings.length = 0;
}
for (const finding of findings) console.error(finding);
if (findings.length > 0) Deno.exit(1);
console.log(`${sent.size} query shapes, all covered.`);
