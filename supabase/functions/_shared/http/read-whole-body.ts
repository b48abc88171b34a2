import type { MiddlewareHandler } from "hono";
import { AppError } from "../core/app-error.ts";
import type { AppEnv } from "./caller.ts";

interface ReadWholeBodyOptions {
  /** Largest body, bytes; a larger one is refused with 413 as soon as that is known. */
  maxBytes: number;
  /** Time for the whole body, milliseconds. */
  withinMs?: number;
}

/**
 * Reads a body to its end before anything else is done with the request. One that is too long, or that does not arrive
 * in time, is refused: a client that sends a byte a second must not hold a worker. The hosted gateway's own limit is
 * 150 s without an answer.
 */
export function readWholeBody(
  { maxBytes, withinMs = 10_000 }: ReadWholeBodyOptions,
): MiddlewareHandler<AppEnv> {
  return async function readWholeBody(c, next) {
    const { raw } = c.req;
    if (raw.body === null) return await next();
    if (Number(raw.headers.get("content-length") ?? 0) > maxBytes) throw new AppError("body_too_large");
    const body = await readAll(raw.body, maxBytes, withinMs);
    c.req.raw = new Request(raw, { body });
    await next();
  };
}

async function readAll(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
  withinMs: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    // Ends the read that waits.
    void reader.cancel().catch(() => {});
  }, withinMs);
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length;
      if (length > maxBytes) throw new AppError("body_too_large");
      parts.push(next.value);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("body_incomplete", { cause: error });
  } finally {
    clearTimeout(timer);
  }
  if (isLate) throw new AppError("body_incomplete");
  return join(parts, length);
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
