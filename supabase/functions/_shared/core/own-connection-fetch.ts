type ClientInit = RequestInit & { client?: unknown };

/** Older runtimes do not have it; the types of the hosted one do not know it. */
interface HttpClients {
  createHttpClient?(options: { poolMaxIdlePerHost: number; http2: boolean }): unknown;
}

let ownConnections: unknown;

/**
 * Fetch for calls that must reach the service at most once. Deno repeats a request, whatever its method, when it went
 * out on a connection that was used before and that ends without an answer; it does so with `connection: close` as
 * well. A client that keeps no connection has none to reuse, so every call has one of its own and is never repeated.
 */
export const fetchOnOwnConnection: typeof fetch = (input, init) => {
  const { createHttpClient } = Deno as HttpClients;
  ownConnections ??= createHttpClient?.({ poolMaxIdlePerHost: 0, http2: false });
  const headers = new Headers(init?.headers);
  headers.set("connection", "close");
  const own: ClientInit = { ...init, headers, client: ownConnections };
  return fetch(input, own);
};
