import { join } from "node:path";
import { sandboxRedirects } from "./environment.ts";
import { keepRunning } from "./processes/keep-running.ts";
import type { KeptService } from "./processes/keep-running.ts";
import { claimPort, hasListener, isPortFree, PASSING_USE_MS } from "./processes/ports.ts";
import { startReadyProcess } from "./processes/start-ready-process.ts";
import type { ReadyProcess } from "./processes/start-ready-process.ts";
import { HOST, SANDBOX_SERVICE_PORTS } from "./settings.ts";
import type { StackSettings } from "./settings.ts";
import type { StackContext } from "./stack-context.ts";
import { denoProcess, exists } from "./start-services.ts";

export interface StartedSandbox {
  readonly service: KeptService;
  /** Base addresses of the pretend providers by the name of the variable that carries each. */
  readonly urls: Readonly<Record<string, string>>;
}

/** Starts the pretend providers; null when this checkout has none. */
export async function startSandbox(context: StackContext): Promise<StartedSandbox | null> {
  const { settings, secrets } = context;
  const script = join(settings.repoDir, "sandbox", "main.ts");
  if (!await exists(script)) return null;
  const options = denoProcess(context, "sandbox", script, {
    SANDBOX_HOST: HOST,
    SANDBOX_PORT: String(settings.sandboxPort),
    SANDBOX_MAIL_PORT: String(settings.mailPort),
    SANDBOX_DATA_DIR: join(settings.dataDir, "sandbox"),
    SANDBOX_CLIENT_ID: secrets.sandboxClientId,
    SANDBOX_CLIENT_SECRET: secrets.sandboxClientSecret,
    SANDBOX_REDIRECT_URIS: sandboxRedirects(settings).join(","),
    SANDBOX_DEAUTHORIZE_URL: `${settings.apiUrl}/functions/v1/publish/meta/deauthorize`,
    SANDBOX_DATA_DELETION_URL: `${settings.apiUrl}/functions/v1/publish/meta/data-deletion`,
  });
  let urls: Record<string, string> = {};
  const service = await keepRunning({
    name: "sandbox",
    start: async () => {
      const { process, announcement } = await startOnceItsPortsAreFree(
        () => startReadyProcess("The sandbox", options),
        context,
      );
      urls = announcement.urls as Record<string, string>;
      return process;
    },
    stopGraceMs: 5_000,
    registry: context.registry,
    log: context.log,
  });
  return { service, urls };
}

/**
 * Which ports the sandbox takes only it knows. When it cannot start, a listener on one of them is the reason to
 * tell; a connection that is about to let go of one is a reason to try again.
 */
async function startOnceItsPortsAreFree(
  start: () => Promise<ReadyProcess>,
  { settings, log }: StackContext,
): Promise<ReadyProcess> {
  const deadline = performance.now() + PASSING_USE_MS;
  while (true) {
    try {
      return await start();
    } catch (error) {
      const blocked = servicePorts(settings).filter((port) => !isPortFree(port));
      for (const port of blocked) {
        if (await hasListener(port)) await claimPort(port, "STACK_SANDBOX_PORT", log);
      }
      if (blocked.length === 0 || performance.now() > deadline) throw error;
      log(`the sandbox waits for port ${blocked[0]}, which a closing connection still holds`);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  }
}

function servicePorts({ sandboxPort }: StackSettings): number[] {
  return Array.from({ length: SANDBOX_SERVICE_PORTS + 1 }, (_, offset) => sandboxPort + offset);
}
