import { join } from "node:path";
import { fileURLToPath } from "node:url";

const VITE = fileURLToPath(new URL("../../node_modules/vite/bin/vite.js", import.meta.url));
const TYPES: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript" };

export interface PageServer {
  url: string;
  close(): Promise<void>;
}

/**
 * Builds a page as the web app is built, worker included, and serves it.
 * @param pageDir folder with the page's index.html
 * @param headers sent with every file
 */
export async function servePage(
  pageDir: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<PageServer> {
  const outDir = await Deno.makeTempDir({ prefix: "page-" });
  await buildPage(pageDir, outDir);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    const path = pathname === "/" ? "/index.html" : pathname;
    const body = await Deno.readFile(join(outDir, path)).catch(() => null);
    if (body === null) return new Response("Not found.", { status: 404 });
    const type = TYPES[path.split(".").at(-1)!] ?? "application/octet-stream";
    return new Response(body, { headers: { ...headers, "content-type": type } });
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
async function buildPage(pageDir: string, outDir: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("node", {
    args: [VITE, "build", pageDir, "--outDir", outDir, "--emptyOutDir", "--logLevel", "error"],
  }).output();
  if (!success) throw new Error(`The page does not build:\n${new TextDecoder().decode(stderr)}`);
}
