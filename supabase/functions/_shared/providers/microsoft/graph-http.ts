import type { Clock } from "../../core/clock.ts";
import { ProviderApiError } from "../../core/provider-errors.ts";
import { PROVIDER, translateGraphError } from "./error-answer.ts";
import { type Answer, createSend, type HttpDeps, retryTransient } from "./http.ts";
import { createThrottleGate } from "./throttle-gate.ts";

export interface GraphHttpOptions extends HttpDeps {
  /** Scheme and host of Graph. */
  graphUrl: string;
  clock?: Clock;
}

export type GraphHttp = ReturnType<typeof createGraphHttp>;

/** Authenticated calls of Graph v1.0. Failures come translated; a pause asked of an account holds for all its calls. */
export function createGraphHttp(options: GraphHttpOptions) {
  const send = createSend(options);
  const base = `${options.graphUrl}/v1.0`;
  const gate = createThrottleGate(options);

  /** One call; nothing is repeated. */
  async function call(token: string, method: string, url: string, json?: unknown): Promise<Answer> {
    const headers = new Headers({ authorization: `Bearer ${token}` });
    if (json !== undefined) headers.set("content-type", "application/json");
    await gate.pass(token);
    const body = json === undefined ? undefined : JSON.stringify(json);
    const answer = await send(url, { method, headers, body });
    if (answer.response.ok) return answer;
    const error = translateGraphError(answer.response, answer.body);
    gate.note(token, error);
    throw error;
  }

  return {
    base,
    gate,
    call,

    /** A call that changes nothing, or nothing twice: repeated on throttling and outages. */
    repeat: (token: string, method: string, url: string, json?: unknown): Promise<Answer> =>
      retryTransient(() => call(token, method, url, json), options),

    get: (token: string, url: string): Promise<Answer> =>
      retryTransient(() => call(token, "GET", url), options),

    /** A link Graph gave us. The token goes along, and a link to another host would leak it. */
    follow(token: string, link: string): Promise<Answer> {
      if (!URL.canParse(link) || new URL(link).origin !== new URL(base).origin) {
        return Promise.reject(new ProviderApiError(PROVIDER, 200, "foreign_link"));
      }
      return retryTransient(() => call(token, "GET", link), options);
    },
  };
}
