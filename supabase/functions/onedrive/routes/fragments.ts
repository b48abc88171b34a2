import { createRoute, z } from "@hono/zod-openapi";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { apiErrorSchema } from "../../_shared/contracts/api-error.ts";
import { fragmentHeadersSchema, MAX_RELAYED_FRAGMENT_BYTES } from "../../_shared/contracts/onedrive.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { readBody } from "../../_shared/http/read-body.ts";
import { idParamsSchema } from "../../_shared/http/route-parts.ts";
import type { OnedriveDeps } from "../services/deps.ts";
import { relayFragment } from "../services/relay-fragment.ts";

const UPLOADER = "x-uploader-id";
/** A fragment of the largest size at 0.7 Mbit/s; browsers on slower lines send smaller ones. */
const LIMITS = { maxBytes: MAX_RELAYED_FRAGMENT_BYTES, withinMs: 90_000 };
const FRAGMENT_PATH = /^\/onedrive\/uploads\/[^/]+\/fragments$/;
const binary = z.any().openapi({ type: "string", format: "binary" });
const anyJson = { "application/json": { schema: z.looseObject({}) } };

/** Fragments are larger than any other body this function takes, so only the owner of an upload has one read. */
export function fragmentLimit(path: string): number | undefined {
  return FRAGMENT_PATH.test(path) ? LIMITS.maxBytes : undefined;
}

/** Signed-in users: bytes on their way to OneDrive where the browser may not send them there itself. */
export function addFragmentRoute(app: App, deps: OnedriveDeps): void {
  app.openapi(
    createRoute({
      method: "put",
      path: "/uploads/{id}/fragments",
      summary: "Passes a fragment on to OneDrive, when its upload host cannot be reached from the page",
      request: {
        params: idParamsSchema,
        headers: fragmentHeadersSchema.extend({
          [UPLOADER]: z.uuid().optional(),
        }),
        body: {
          required: true,
          content: { "application/octet-stream": { schema: binary } },
        },
      },
      responses: {
        200: {
          description: "OneDrive: the file, when this was its last byte.",
          content: anyJson,
        },
        201: { description: "OneDrive: the new file.", content: anyJson },
        202: {
          description: "OneDrive: `nextExpectedRanges`, where to go on.",
          content: anyJson,
        },
        default: {
          description: "OneDrive's own refusal `{ error }` with its status, or ours (docs/errors.md).",
          content: {
            "application/json": {
              schema: z.union([apiErrorSchema, z.looseObject({})]),
            },
          },
        },
      },
    }),
    async (c) => {
      const headers = c.req.valid("header");
      const sent = {
        contentRange: headers["content-range"],
        readBytes: () => readBody(c.req.raw, LIMITS),
        signal: c.req.raw.signal,
      };
      const { id } = c.req.valid("param");
      const reply = await relayFragment(
        deps,
        c.var.caller,
        id,
        headers[UPLOADER] ?? null,
        sent,
      );
      if (reply.retryAfterSeconds !== undefined) {
        c.header("retry-after", String(reply.retryAfterSeconds));
      }
      c.header("content-type", reply.contentType);
      return c.newResponse(reply.body || null, reply.status as ContentfulStatusCode) as never;
    },
  );
}
