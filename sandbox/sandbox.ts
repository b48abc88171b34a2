import { createBlotato } from "./blotato/index.ts";
import { createGoogle } from "./google/index.ts";
import { BlobStore } from "./kit/blob-store.ts";
import { createControlOrigin } from "./kit/control-origin.ts";
import { FaultEngine } from "./kit/faults.ts";
import { listen, type ListeningServer, type ServeExchange } from "./kit/http-server.ts";
import { Journal } from "./kit/journal.ts";
import { createOriginServer } from "./kit/origin.ts";
import type { Kit, Provider } from "./kit/provider.ts";
import { RequestLog } from "./kit/request-log.ts";
import { SettingsStore } from "./kit/settings.ts";
import { createMeta } from "./meta/index.ts";
import { createMicrosoft } from "./microsoft/index.ts";
import type { SandboxOptions } from "./options.ts";
import { createResend } from "./resend/index.ts";
import { createTiktok } from "./tiktok/index.ts";
import { createTranscoder } from "./transcoder/index.ts";

/** Offsets from the sandbox port; 0 is the control origin. */
const PORT_OFFSETS = {
  SANDBOX_URL: 0,
  MICROSOFT_LOGIN_URL: 1,
  MICROSOFT_GRAPH_URL: 2,
  MICROSOFT_UPLOAD_URL: 3,
  MICROSOFT_DOWNLOAD_URL: 4,
  RESEND_URL: 5,
  GOOGLE_OAUTH_URL: 6,
  GOOGLE_TOKEN_URL: 7,
  YOUTUBE_API_URL: 8,
  YOUTUBE_UPLOAD_URL: 9,
  META_DIALOG_URL: 10,
  META_GRAPH_URL: 11,
  META_UPLOAD_URL: 12,
  INSTAGRAM_OAUTH_URL: 13,
  INSTAGRAM_API_URL: 14,
  INSTAGRAM_GRAPH_URL: 15,
  TRANSCODER_URL: 16,
  BLOTATO_URL: 17,
  BLOTATO_MEDIA_URL: 18,
  TIKTOK_AUTH_URL: 19,
  TIKTOK_API_URL: 20,
  TIKTOK_UPLOAD_URL: 21,
} as const;

export interface RunningSandbox {
  urls: Record<string, string>;
  /** Saves the state and closes every socket. */
  close(): Promise<void>;
}

/** Starts every simulator, with the state of the last run in the same data directory. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { host, dataDir, app } = options;
  const urls = listUrls(options);
  const settings = new SettingsStore();
  const faults = new FaultEngine();
  const log = new RequestLog();
  const blobs = new BlobStore(dataDir);
  const journal = new Journal(dataDir, () => snapshotOf(providers));
  const kit: Kit = {
    app,
    settings,
    blobs,
    urls,
    now: Date.now,
    random: Math.random,
    touch: () => journal.touch(),
  };
  const resend = createResend(kit);
  const providers: Provider[] = [
    createMicrosoft(kit),
    createGoogle(kit),
    ...createMeta(kit),
    createTiktok(kit),
    createTranscoder(kit),
    createBlotato(kit),
    resend,
  ];

  const sweep = () => blobs.sweep(new Set(providers.flatMap((provider) => provider.blobIds())));
  const reset = async () => {
    for (const part of [settings, faults, log]) part.clear();
    for (const provider of providers) await provider.reset();
    await sweep();
    await journal.flush();
  };

  const servers: ListeningServer[] = [];
  const open = async (name: string, serve: ServeExchange) => {
    const server = await listen(host, Number(new URL(urls[name]!).port), serve);
    servers.push(server);
    return server;
  };
  const closeServers = () => Promise.all(servers.map((server) => server.close()));
  try {
    // The control port first: who holds it owns the data directory.
    const control = createControlOrigin({ providers, faults, settings, log, reset }, urls);
    await open("SANDBOX_URL", async (request, exchange) => exchange.send(await control.fetch(request)));
    restore(providers, await journal.load());
    await sweep();
    await open("MAIL_URL", async (request, exchange) => exchange.send(await resend.mailbox.fetch(request)));
    for (const provider of providers) {
      for (const [name, origin] of Object.entries(provider.origins)) {
        const server = await open(name, createOriginServer(origin, { faults, log, settings }));
        faults.onCutAdded(provider.service, () => {
          if (!settings.get(provider.service, "reuse_cut_connections", false)) server.closeIdle();
        });
      }
    }
  } catch (error) {
    await closeServers();
    throw error;
  }
  const close = async () => {
    await closeServers();
    await journal.flush();
  };
  return { urls, close };
}

function listUrls({ host, port, mailPort }: SandboxOptions): Record<string, string> {
  const urls: Record<string, string> = { MAIL_URL: `http://${host}:${mailPort}` };
  for (const [name, offset] of Object.entries(PORT_OFFSETS)) urls[name] = `http://${host}:${port + offset}`;
  // Pages of the sites themselves lie on the control origin.
  urls.YOUTUBE_SITE_URL = `${urls.SANDBOX_URL}/google`;
  urls.INSTAGRAM_SITE_URL = `${urls.SANDBOX_URL}/instagram`;
  urls.FACEBOOK_SITE_URL = `${urls.SANDBOX_URL}/meta`;
  urls.TIKTOK_SITE_URL = `${urls.SANDBOX_URL}/tiktok`;
  return urls;
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
