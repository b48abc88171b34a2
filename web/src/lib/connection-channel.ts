const CHANNEL = "cliprelay-connections";

/** How a sign-in at a provider ended in another tab. */
export interface ConnectionNews {
  provider: string;
  /** Why nothing was connected, as a sentence; null when an account was. */
  failure: string | null;
  /** Stable code of that reason; null when the provider gave a sentence alone. */
  code: string | null;
}

/** Tells the other tabs of this browser, above all the one that asked, how a sign-in ended. */
export function announceConnection(
  provider: string,
  failure: string | null = null,
  code: string | null = null,
): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage({ provider, failure, code } satisfies ConnectionNews);
  channel.close();
}

/** Calls back when a sign-in has ended in another tab; returns the way to stop. */
export function onConnection(listener: (news: ConnectionNews) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Partial<ConnectionNews> | null>) =>
    listener({ provider: data?.provider ?? "", failure: data?.failure ?? null, code: data?.code ?? null });
  return () => channel.close();
}
