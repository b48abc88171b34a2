/** Runs under the older Deno, which knows no DENO_SERVE_ADDRESS: serves the function of the first argument at PORT. */
import { pathToFileURL } from "node:url";

const serve = Deno.serve;
const port = Number(Deno.env.get("PORT"));
Object.assign(Deno, {
  serve: (handler: Deno.ServeHandler) => serve({ hostname: "127.0.0.1", port }, handler),
});
await import(pathToFileURL(Deno.args[0]!).href);
