import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { IncomingExchange } from "./incoming-exchange.ts";

export type ServeExchange = (request: Request, exchange: IncomingExchange) => Promise<void>;

export interface ListeningServer {
  url: string;
  /** Ends connections that wait for their next request. */
  closeIdle(): void;
  close(): Promise<void>;
}

/**
 * Serves one origin over node:http, whose sockets can be cut without an answer.
 * Uploads may last for hours, so a request has no time limit.
 */
export async function listen(host: string, port: number, serve: ServeExchange): Promise<ListeningServer> {
  const server = createServer({ keepAliveTimeout: 65_000 }, (incoming, outgoing) => {
    void answer(incoming, outgoing, serve);
  });
  server.requestTimeout = 0;
  await started(server, host, port);
  return {
    url: `http://${host}:${port}`,
    closeIdle: () => server.closeIdleConnections(),
    close: () => stop(server),
  };
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, serve: ServeExchange) {
  const exchange = new IncomingExchange(incoming, outgoing);
  try {
    const request = exchange.toRequest();
    if (request === null) exchange.refuseMalformed();
    else await serve(request, exchange);
  } catch (error) {
    exchange.fail(error);
  }
}

function started(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
