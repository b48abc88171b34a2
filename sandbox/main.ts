import { readOptions } from "./options.ts";
import { startSandbox } from "./sandbox.ts";

try {
  const sandbox = await startSandbox(readOptions(Deno.env.toObject()));
  console.log(JSON.stringify({ ready: true, urls: sandbox.urls }));
  const stop = () => void sandbox.close().finally(() => Deno.exit(0));
  Deno.addSignalListener("SIGTERM", stop);
  Deno.addSignalListener("SIGINT", stop);
} catch (error) {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const message = error instanceof Error ? error.message : String(error);
  console.error(
    code === "EADDRINUSE"
      ? `The sandbox needs a port that is taken (${message}). Stop the other program or set SANDBOX_PORT.`
      : `The sandbox could not start: ${message}`,
  );
  Deno.exit(1);
}
