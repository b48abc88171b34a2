import assert from "node:assert/strict";
import { Hono } from "hono";
import type { AppEnv } from "../../../supabase/functions/_shared/http/caller.ts";
import { readWholeBody } from "../../../supabase/functions/_shared/http/read-whole-body.ts";
import { toAppError } from "../../../supabase/functions/_shared/http/write-error.ts";

const MAX_BYTES = 100;

/** Answers with the body it was sent, or with the code of the refusal. */
function createEcho(withinMs: number) {
  const app = new Hono<AppEnv>();
  app.use(readWholeBody({ maxBytes: MAX_BYTES, withinMs }));
  app.post("/", async (c) => c.text(await c.req.text()));
  app.onError((error, c) => {
    const { code, status } = toAppError(error);
    return c.text(code, status as 408);
  });
  return async (body: BodyInit) => {
    const response = await app.fetch(new Request("http://127.0.0.1/", { method: "POST", body }));
    return [response.status, await response.text()];
  };
}

/** A body in parts; `end` says what comes after them. */
function createStream(
  parts: readonly string[],
  end: "close" | "silence" | "break",
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(encoder.encode(part));
      if (end === "close") controller.close();
      if (end === "break") controller.error(new TypeError("connection lost"));
    },
  });
}

Deno.test("A body in parts reaches its route whole", async () => {
  const echo = createEcho(5_000);
  assert.deepEqual(await echo(createStream(['{"a":', "1}"], "close")), [200, '{"a":1}']);
  assert.deepEqual(await echo("x".repeat(MAX_BYTES)), [200, "x".repeat(MAX_BYTES)]);
});

Deno.test("A body that stops in the middle is refused in time", async () => {
  assert.deepEqual(await createEcho(20)(createStream(["{"], "silence")), [408, "body_incomplete"]);
});

Deno.test("A body whose connection breaks is no failure of ours", async () => {
  assert.deepEqual(await createEcho(5_000)(createStream([], "break")), [408, "body_incomplete"]);
});

Deno.test("A body beyond the limit is refused before its end", async () => {
  const echo = createEcho(5_000);
  const long = "x".repeat(MAX_BYTES + 1);
  assert.deepEqual(await echo(createStream([long], "silence")), [413, "body_too_large"]);
  assert.deepEqual(await echo(long), [413, "body_too_large"]);
});
