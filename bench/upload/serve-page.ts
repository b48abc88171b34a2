import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const PAGE_DIR = fileURLToPath(new URL("./page", import.meta.url));
const TYPES: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript" };

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the page of the upload benchmarks as the web app is built, worker included, and serves it. */
export async function servePage(): Promise<ServedPage> {
  const outDir = await Deno.makeTempDir({ prefix: "bench-page-" });
  await build({ root: PAGE_DIR, configFile: false, logLevel: "error", build: { outDir, emptyOutDir: true } });
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    const path = pathname === "/" ? "/index.html" : pathname;
    const body = await Deno.readFile(join(outDir, path)).catch(() => null);
    if (body === null) return new Response("Not found.", { status: 404 });
    const type = TYPES[path.split(".").at(-1)!] ?? "application/octet-stream";
    return new Response(body, { headers: { "content-type": type } });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    async close() {
      await server.shutdown();
      await Deno.remove(outDir, { recursive: true });
    },
  };
}
