import type { z } from "zod";
import { type Sleep, systemSleep } from "./clock.ts";
import { ProviderApiError } from "./provider-errors.ts";
import { retry } from "./retry.ts";

const TIMEOUT_MS = 30_000;

export interface ProviderHttpDeps {
  fetch?: typeof fetch;
  sleep?: Sleep;
}

export interface ProviderAnswer {
  response: Response;
  /** Parsed JSON, or null for empty and non-JSON bodies (gateways answer HTML on 502). */
  body: unknown;
}

export type ProviderHttp = ReturnType<typeof createProviderHttp>;

/** Short calls to an outside service, by the name its errors carry. */
export function createProviderHttp(provider: string, deps: ProviderHttpDeps = {}) {
  const { fetch: doFetch = fetch, sleep = systemSleep } = deps;

  /** One call with a time limit. No answer at all is a ProviderApiError of status 0; statuses are the caller's. */
  async function send(url: string, init: RequestInit = {}): Promise<ProviderAnswer> {
    try {
      const response = await doFetch(url, {
        ...init,
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { response, body: parseJson(await response.text()) };
    } catch {
      // The cause would carry the address, which may hold a token.
      throw new ProviderApiError(provider, 0, "no_answer");
    }
  }

  /** Checks a successful body; a body of another shape is the service's failure, not the user's. */
  function parse<Schema extends z.ZodType>(schema: Schema, answer: ProviderAnswer): z.infer<Schema> {
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    throw new ProviderApiError(provider, answer.response.status, "unexpected_body", undefined, {
      cause: parsed.error,
    });
  }

  /** Repeats a call that changes nothing, or nothing twice, on throttling and outages. */
  function retryTransient<Result>(call: () => Promise<Result>): Promise<Result> {
    return retry(call, {
      attempts: 3,
      baseMs: 300,
      capMs: 5_000,
      isRetryable: (error) => error instanceof ProviderApiError && error.isTransient,
      askedPauseMs: (error) =>
        error instanceof ProviderApiError && error.retryAfterSeconds !== undefined
          ? error.retryAfterSeconds * 1000
          : undefined,
      sleep,
    });
  }

  return { send, parse, retryTransient };
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text, keepLongNumbers);
  } catch {
    return null;
  }
}

/** Ids of Meta may come as numbers larger than a number holds; those stay text. */
function keepLongNumbers(_name: string, value: unknown, context?: { source?: string }): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? (context?.source ?? value) : value;
}
