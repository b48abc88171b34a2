import { BlobStore } from "./kit/blob-store.ts";
import { createControlOrigin } from "./kit/control-origin.ts";
import { FaultEngine } from "./kit/faults.ts";
import { listen, type ListeningServer } from "./kit/http-server.ts";
import { Journal } from "./kit/journal.ts";
import { createOriginServer } from "./kit/origin.ts";
import type { Kit, Provider } from "./kit/provider.ts";
import { RequestLog } from "./kit/request-log.ts";
import { SettingsStore } from "./kit/settings.ts";
import { createMicrosoft } from "./microsoft/index.ts";
import type { SandboxOptions } from "./options.ts";
import { createResend } from "./resend/index.ts";

/** Offsets from the sandbox port; 0 is the control origin. */
const PORT_OFFSETS = {
  SANDBOX_URL: 0,
  MICROSOFT_LOGIN_URL: 1,
  MICROSOFT_GRAPH_URL: 2,
  MICROSOFT_UPLOAD_URL: 3,
  MICROSOFT_DOWNLOAD_URL: 4,
  RESEND_URL: 5,
} as const;

export interface RunningSandbox {
  urls: Record<string, string>;
  /** Saves the state and closes every socket. */
  close(): Promise<void>;
}

/** Starts every simulator, with the state of the last run in the same data directory. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { host, port, mailPort, dataDir, app } = options;
  const urls: Record<string, string> = { MAIL_URL: `http://${host}:${mailPort}` };
  for (const [name, offset] of Object.entries(PORT_OFFSETS)) urls[name] = `http://${host}:${port + offset}`;

  const now = () => Date.now();
  const settings = new SettingsStore(now);
  const faults = new FaultEngine();
  const log = new RequestLog();
  const journal = new Journal(dataDir, () => snapshotOf(providers));
  const blobs = new BlobStore(dataDir);
  const kit: Kit = { app, settings, blobs, urls, now, random: Math.random, touch: () => journal.touch() };
  const resend = createResend(kit);
  const providers: Provider[] = [createMicrosoft(kit), resend];

  restore(providers, await journal.load());
  await sweep();

  async function sweep() {
    await blobs.sweep(new Set(providers.flatMap((provider) => provider.blobIds())));
  }

  async function reset() {
    settings.clear();
    faults.clear();
    log.clear();
    for (const provider of providers) await provider.reset();
    await sweep();
    await journal.flush();
  }

  const servers: ListeningServer[] = [];
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
    await journal.flush();
  };
  try {
    for (const provider of providers) {
      for (const [name, origin] of Object.entries(provider.origins)) {
        const serve = createOriginServer(origin, { faults, log });
        servers.push(await listen(host, Number(new URL(urls[name]!).port), serve));
      }
    }
    const control = createControlOrigin({ providers, faults, settings, log, reset }, urls);
    servers.push(await listen(host, port, async (request, io) => io.send(await control.fetch(request))));
    const mailbox = resend.mailbox;
    servers.push(await listen(host, mailPort, async (request, io) => io.send(await mailbox.fetch(request))));
  } catch (error) {
    await close();
    throw error;
  }
  return { urls, close };
}

function snapshotOf(providers: readonly Provider[]) {
  return Object.fromEntries(providers.map((provider) => [provider.service, provider.snapshot()]));
}

function restore(providers: readonly Provider[], saved: unknown): void {
  if (saved === null || typeof saved !== "object") return;
  for (const provider of providers) {
    const state: unknown = (saved as Record<string, unknown>)[provider.service];
    if (state) provider.restore(state);
  }
}
