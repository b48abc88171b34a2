import type { z } from "zod";
import { type Sleep, systemSleep } from "../../core/clock.ts";
import { ProviderApiError } from "../../core/provider-errors.ts";
import { retry } from "../../core/retry.ts";
import { PROVIDER } from "./error-answer.ts";

const TIMEOUT_MS = 30_000;
const USER_AGENT = "ISV|Cliprelay|Cliprelay/0.1";

export interface HttpDeps {
  fetch?: typeof fetch;
  sleep?: Sleep;
}

export interface Answer {
  response: Response;
  /** Parsed JSON, or null for empty and non-JSON bodies (gateways answer HTML on 502). */
  body: unknown;
}

export type Send = (url: string, init?: RequestInit) => Promise<Answer>;

/** One call with a time limit. No answer at all is a ProviderApiError of status 0; statuses are the caller's. */
export function createSend({ fetch: doFetch = fetch }: HttpDeps): Send {
  return async (url, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("user-agent", USER_AGENT);
    try {
      const response = await doFetch(url, { ...init, headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
      return { response, body: parseJson(await response.text()) };
    } catch (cause) {
      throw new ProviderApiError(PROVIDER, 0, "no_answer", undefined, { cause });
    }
  };
}

/** Repeats calls that change nothing, or nothing twice, on throttling and outages. */
export function retryTransient<Result>(call: () => Promise<Result>, { sleep = systemSleep }: HttpDeps) {
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

/** Checks a successful body; a body of another shape is the provider's failure, not the user's. */
export function parseAnswer<Schema extends z.ZodType>(
  schema: Schema,
  { response, body }: Answer,
): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ProviderApiError(PROVIDER, response.status, "unexpected_body", undefined, {
    cause: parsed.error,
  });
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
