import type { z } from "zod";
import { apiErrorSchema } from "../../../supabase/functions/_shared/contracts/api-error.ts";
import { env } from "../config/env.ts";
import { ApiFailure } from "./api-failure.ts";
import { supabase } from "./supabase.ts";

interface CallOptions {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: unknown;
  query?: Record<string, string | undefined>;
  /** The same key and body again get the same answer again. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/**
 * Calls an edge function as the signed-in user and returns the answer unread.
 * @param path below /functions/v1, for example `account/export`
 * @throws ApiFailure when nothing or a refusal came back (an aborted call rejects with its own AbortError)
 */
export async function openFunction(
  path: string,
  { method = "GET", body, query = {}, idempotencyKey, signal }: CallOptions = {},
): Promise<Response> {
  const url = new URL(`${env.functionsUrl}/${path}`);
  for (const [name, value] of Object.entries(query)) if (value) url.searchParams.set(name, value);

  const { data } = await supabase.auth.getSession();
  const response = await fetch(url, {
    method,
    signal,
    headers: {
      apikey: env.publishableKey,
      ...(data.session && { authorization: `Bearer ${data.session.access_token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiFailure("network_error", "Cliprelay cannot be reached. Check your connection.", 0);
  });

  if (response.ok) return response;
  throw readFailure(response.status, await response.json().catch(() => null));
}

/**
 * Calls an edge function as the signed-in user and checks the answer.
 * @param path below /functions/v1, for example `onedrive/status`
 * @param schema contract of the answer; null when the body does not matter
 * @throws ApiFailure always, whatever went wrong (an aborted call rejects with its own AbortError)
 */
export async function callFunction<T>(
  path: string,
  schema: z.ZodType<T> | null,
  options: CallOptions = {},
): Promise<T> {
  const response = await openFunction(path, options);
  const answer: unknown = await response.json().catch(() => null);
  if (!schema) return undefined as T;

  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new ApiFailure(
    "unexpected_answer",
    "The answer could not be read. Reload the page.",
    response.status,
  );
}

function readFailure(status: number, answer: unknown): ApiFailure {
  const parsed = apiErrorSchema.safeParse(answer);
  if (!parsed.success) {
    return new ApiFailure("unexpected_answer", "This did not work. Try again in a moment.", status);
  }
  const { code, message, requestId, details } = parsed.data;
  return new ApiFailure(code, message, status, requestId, details);
}
