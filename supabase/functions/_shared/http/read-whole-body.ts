import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./caller.ts";
import { readBody } from "./read-body.ts";

interface ReadWholeBodyOptions {
  /** Largest body, bytes. */
  maxBytes: number;
  /** Time for the whole body, milliseconds. */
  withinMs?: number;
}

/** Reads a body to its end, within limits, before anything else is done with the request. */
export function readWholeBody(
  { maxBytes, withinMs = 10_000 }: ReadWholeBodyOptions,
): MiddlewareHandler<AppEnv> {
  return async function readWholeBody(c, next) {
    const { raw } = c.req;
    if (raw.body === null) return await next();
    c.req.raw = new Request(raw, { body: await readBody(raw, { maxBytes, withinMs }) });
    await next();
  };
}
