import type { z } from "zod";
import { apiErrorSchema } from "../../../../../supabase/functions/_shared/contracts/api-error.ts";
import {
  canceledUploadSchema,
  uploadListSchema,
  uploadSessionSchema,
  uploadVerifyingSchema,
} from "../../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { videoSchema } from "../../../../../supabase/functions/_shared/contracts/videos.ts";
import { readRetryAfter } from "./retry-after.ts";
import { type UploadApi, UploadApiError } from "./upload-api.ts";
import { claimUploaderId } from "./uploader-id.ts";

const CALL_TIMEOUT_MS = 60_000;

export interface UploadApiOptions {
  /** Base of the edge functions, e.g. `https://project.supabase.co/functions/v1`. */
  functionsUrl: string;
  /** Sent as `apikey`. */
  publishableKey?: string;
  /** The signed-in user's token; asked before every call, empty when nobody is signed in. */
  getAccessToken(): Promise<string | null>;
  /** Tells this tab from others; by default an id that survives a reload of the tab. */
  uploaderId?: string;
  fetch?: typeof fetch;
}

interface Call {
  method?: "GET" | "POST" | "DELETE";
  body?: unknown;
  /** The page is closing: no time to ask for a token, and the request has to outlive the page. */
  leaving?: boolean;
}

/** The UploadApi over the `onedrive` function. */
export function createUploadApi(options: UploadApiOptions): UploadApi {
  const { functionsUrl, publishableKey, getAccessToken, fetch: send = fetch } = options;
  let uploaderId = options.uploaderId ?? null;
  let claiming: Promise<string> | null = null;
  let lastToken: string | null = null;

  /** Calls made at the same time share one claim: a second one would find the id taken by the first. */
  async function identify(): Promise<void> {
    uploaderId ??= await (claiming ??= claimUploaderId());
    lastToken = await getAccessToken().catch(() => null);
  }

  function proofs(): Record<string, string> {
    return {
      ...(publishableKey && { apikey: publishableKey }),
      ...(lastToken && { authorization: `Bearer ${lastToken}` }),
      ...(uploaderId && { "x-uploader-id": uploaderId }),
    };
  }

  async function call(path: string, { method = "GET", body, leaving = false }: Call = {}) {
    if (!leaving) await identify();
    const headers = new Headers(proofs());
    if (body !== undefined) headers.set("content-type", "application/json");
    const response = await send(`${functionsUrl}/onedrive/${path}`, {
      method,
      headers,
      keepalive: leaving,
      signal: leaving ? undefined : AbortSignal.timeout(CALL_TIMEOUT_MS),
      body: body === undefined ? undefined : JSON.stringify(body),
    }).catch(() => {
      throw new UploadApiError("network_error", "Cliprelay cannot be reached.", 0);
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return { status: response.status, answer };
    const failure = apiErrorSchema.safeParse(answer).data;
    throw new UploadApiError(
      failure?.code ?? "unexpected_answer",
      failure?.message ?? "Cliprelay did not answer properly.",
      response.status,
      readRetryAfter(response.headers.get("retry-after")),
    );
  }

  return {
    create: async (request) =>
      read(uploadSessionSchema, await call("upload-url", { method: "POST", body: request })),
    get: async (id, { takeOver = false } = {}) =>
      read(uploadSessionSchema, await call(`uploads/${id}${takeOver ? "?take_over=true" : ""}`)),
    list: async () => read(uploadListSchema, await call("uploads")).uploads,
    progress: async (id, body, { leaving = false } = {}) => {
      await call(`uploads/${id}/progress`, { method: "POST", body, leaving });
    },
    restart: async (id) => read(uploadSessionSchema, await call(`uploads/${id}/restart`, { method: "POST" })),
    complete: async (id, body) => {
      const reply = await call(`uploads/${id}/complete`, { method: "POST", body });
      return reply.status === 202 ? read(uploadVerifyingSchema, reply) : read(videoSchema, reply);
    },
    cancel: async (id, itemId) => {
      const query = itemId ? `?item_id=${encodeURIComponent(itemId)}` : "";
      const reply = await call(`uploads/${id}${query}`, { method: "DELETE" });
      return reply.status === 200 ? read(canceledUploadSchema, reply).left.path : null;
    },
    relay: async (id) => {
      await identify();
      return { url: `${functionsUrl}/onedrive/uploads/${id}/fragments`, headers: proofs() };
    },
  };
}

/** A proxy's page instead of our JSON is a failure of the way, like no answer at all. */
function read<T>(schema: z.ZodType<T>, { answer }: { answer: unknown }): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new UploadApiError("unexpected_answer", "Cliprelay did not answer properly.", 0);
}
