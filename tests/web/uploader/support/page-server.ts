import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PAGE_DIR = fileURLToPath(new URL("../page", import.meta.url));
const VITE = fileURLToPath(new URL("../../../../node_modules/vite/bin/vite.js", import.meta.url));
const TYPES: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript" };

/** What the web app allows itself, so that a worker or a request it would block is blocked here too. */
const POLICY = "default-src 'self'; worker-src 'self'; connect-src *; media-src blob:; img-src blob:";

export interface PageServer {
  url: string;
  close(): Promise<void>;
}

/** Builds the test page as the web app is built, worker included, and serves it. */
export async function servePage(): Promise<PageServer> {
  const outDir = await Deno.makeTempDir({ prefix: "uploader-page-" });
  await buildPage(outDir);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    const path = pathname === "/" ? "/index.html" : pathname;
    const body = await Deno.readFile(join(outDir, path)).catch(() => null);
    if (body === null) return new Response("Not found.", { status: 404 });
    const type = TYPES[path.split(".").at(-1)!] ?? "application/octet-stream";
    return new Response(body, { headers: { "content-type": type, "content-security-policy": POLICY } });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    async close() {
      await server.shutdown();
      await Deno.remove(outDir, { recursive: true });
    },
  };
}

/** In a Node process of its own: the bundler's native part is not made for Deno and can take the tests down. */
async function buildPage(outDir: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("node", {
    args: [VITE, "build", PAGE_DIR, "--outDir", outDir, "--emptyOutDir", "--logLevel", "error"],
  }).output();
  if (!success) throw new Error(`The test page does not build:\n${new TextDecoder().decode(stderr)}`);
}
