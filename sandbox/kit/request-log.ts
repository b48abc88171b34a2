import type { ServiceName } from "./services.ts";

export interface RequestCount {
  method: string;
  route: string;
  /** 0 when the connection was cut without an answer. */
  status: number;
  count: number;
}

/** Counts the requests of each service by method, route and answered status. */
export class RequestLog {
  #counts = new Map<string, RequestCount & { service: ServiceName }>();

  add(service: ServiceName, method: string, route: string, status: number): void {
    const key = `${service} ${method} ${route} ${status}`;
    const entry = this.#counts.get(key) ?? { service, method, route, status, count: 0 };
    entry.count++;
    this.#counts.set(key, entry);
  }

  list(service?: ServiceName): RequestCount[] {
    return [...this.#counts.values()]
      .filter((entry) => service === undefined || entry.service === service)
      .map(({ method, route, status, count }) => ({ method, route, status, count }));
  }

  clear(): void {
    this.#counts.clear();
  }
}
