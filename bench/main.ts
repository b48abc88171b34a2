const BENCHMARKS: Readonly<Record<string, () => Promise<{ run: () => Promise<void> }>>> = {
  "upload": () => import("./upload.ts"),
  "upload-50mb": () => import("./upload-50mb.ts"),
  "inheritance": () => import("./inheritance.ts"),
  "tasks-list": () => import("./tasks-list.ts"),
  "requests": () => import("./requests.ts"),
  "dispatch": () => import("./dispatch.ts"),
  "stream": () => import("./stream.ts"),
  "publish": () => import("./publish.ts"),
};

const [name = ""] = Deno.args;
const load = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
if (load) {
  const { run } = await load();
  await run();
  Deno.exit(0);
}
console.error(`${name ? `There is no benchmark "${name}". ` : ""}Benchmarks:`);
for (const known of Object.keys(BENCHMARKS)) console.error(`  ${known}`);
