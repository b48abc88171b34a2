import { createStorageApp } from "./app.ts";
import { readStorageConfig } from "./config.ts";
import { serve } from "./serve.ts";
import { openStorage } from "./storage.ts";

const SWEEP_INTERVAL_MS = 10 * 60 * 1000;
/** Requests that run when the process is told to stop get this long. */
const GRACE_MS = 2_000;

/** The Storage process: prints one line of JSON when it takes requests, stops on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = readStorageConfig(Deno.env.toObject());
  const storage = await openStorage(config);
  const app = await createStorageApp(storage);
  // What a crash left behind is settled before anything is served.
  await app.sweep();
  const server = await serve(config.port, app.fetch);
  console.log(JSON.stringify({ ready: true }));
  const sweeping = setInterval(() => app.sweep().catch(console.error), SWEEP_INTERVAL_MS);

  const stop = async () => {
    clearInterval(sweeping);
    const timer = setTimeout(() => Deno.exit(0), GRACE_MS);
    await server.close();
    await storage.database.close();
    clearTimeout(timer);
    Deno.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) Deno.addSignalListener(signal, stop);
}

await main();
