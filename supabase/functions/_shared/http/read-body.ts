import { AppError } from "../core/app-error.ts";

export interface BodyLimits {
  /** Largest body, bytes; a larger one is refused with 413 as soon as that is known. */
  maxBytes: number;
  /** Time for the whole body, milliseconds. */
  withinMs: number;
}

/**
 * Reads the body of a request to its end. One that is too long is `body_too_large`; one that breaks off or does not
 * arrive in time is `body_incomplete`: a client that sends a byte a second must not hold a worker.
 */
export async function readBody(
  { body, headers }: Pick<Request, "body" | "headers">,
  limits: BodyLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  if (body === null) return new Uint8Array(0);
  if (Number(headers.get("content-length") ?? 0) > limits.maxBytes) throw new AppError("body_too_large");
  return await readAll(body, limits);
}

async function readAll(
  stream: ReadableStream<Uint8Array>,
  { maxBytes, withinMs }: BodyLimits,
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
