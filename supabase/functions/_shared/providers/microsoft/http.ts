import type { Sleep } from "../../core/clock.ts";
import { createProviderHttp, type ProviderAnswer } from "../../core/provider-http.ts";
import { PROVIDER } from "./error-answer.ts";

/** Microsoft asks for a name that tells the product (Graph, "How to decorate your HTTP traffic"). */
const USER_AGENT = "ISV|Cliprelay|Cliprelay/0.1";

export interface HttpDeps {
  fetch?: typeof fetch;
  sleep?: Sleep;
}

export type Answer = ProviderAnswer;
export type Send = (url: string, init?: RequestInit) => Promise<Answer>;

/** Short calls with our name, as core/provider-http.ts makes them. */
export function createSend({ fetch: doFetch = fetch }: HttpDeps): Send {
  const http = createProviderHttp(PROVIDER, { fetch: doFetch });
  return (url, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("user-agent", USER_AGENT);
    return http.send(url, { ...init, headers });
  };
}

/** Repeats calls that change nothing, or nothing twice, on throttling and outages. */
export function retryTransient<Result>(call: () => Promise<Result>, { sleep }: HttpDeps): Promise<Result> {
  return createProviderHttp(PROVIDER, { sleep }).retryTransient(call);
}

/** Checks a successful body; a body of another shape is the provider's failure, not the user's. */
export const { parse: parseAnswer } = createProviderHttp(PROVIDER);
