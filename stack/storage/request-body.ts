/**
 * Reads a request body chunk by chunk. Leaving the loop early gives the body back unread instead of cancelling
 * it, so that the rest can be drained before the refusal is sent.
 */
export async function* readBody(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

/** A client that is refused early is still sending; more than this is not waited for. */
const MAX_DRAINED_BYTES = 64 * 1024 * 1024;
const MAX_DRAIN_MS = 10_000;

/** Reads and forgets what a client is still sending, so that it can read the answer. */
export async function drainBody(body: ReadableStream<Uint8Array> | null): Promise<void> {
  if (!body || body.locked) return;
  const deadline = performance.now() + MAX_DRAIN_MS;
  let drained = 0;
  try {
    for await (const chunk of readBody(body)) {
      drained += chunk.length;
      if (drained > MAX_DRAINED_BYTES || performance.now() > deadline) return;
    }
  } catch {
    // The client is gone; there is nobody to answer.
  }
}
