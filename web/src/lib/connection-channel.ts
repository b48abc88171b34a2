const CHANNEL = "cliprelay-connections";

/** Tells the other tabs of this browser that an account was connected. */
export function announceConnection(provider: string): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage({ provider });
  channel.close();
}

/** Calls back when another tab has connected an account; returns the way to stop. */
export function onConnection(listener: (provider: string) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event: MessageEvent<{ provider?: string }>) => listener(event.data?.provider ?? "");
  return () => channel.close();
}
