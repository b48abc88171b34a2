import assert from "node:assert/strict";
import { createYoutubeStatusClient } from "../../../supabase/functions/_shared/providers/youtube/status-client.ts";
import { createYoutubeThumbnailClient } from "../../../supabase/functions/_shared/providers/youtube/thumbnail-client.ts";
import { createYoutubeUploadClient } from "../../../supabase/functions/_shared/providers/youtube/upload-client.ts";
import { createYoutubeAdapter } from "../../../supabase/functions/publish/platforms/youtube/youtube-adapter.ts";
import type { PublishTask } from "../../../supabase/functions/publish/platforms/platform-adapter.ts";

const TOTAL = 6 * 1024 * 1024;

/** An adapter whose sessions have stored this many bytes, whatever they are sent, and a task for it. */
function open(port: number, stored: number, checkpoint: Record<string, unknown>) {
  const server = Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, async (request) => {
    await request.arrayBuffer();
    const headers: HeadersInit = stored > 0 ? { range: `bytes=0-${stored - 1}` } : {};
    return new Response(null, { status: 308, headers });
  });
  const url = `http://127.0.0.1:${port}`;
  const adapter = createYoutubeAdapter({
    client: createYoutubeUploadClient({ uploadUrl: url }),
    status: createYoutubeStatusClient({ apiUrl: url }),
    thumbnails: createYoutubeThumbnailClient({ uploadUrl: url }),
    siteUrl: url,
  });
  const read = (start: number, end: number) => Promise.resolve(new Uint8Array(end - start));
  const task: PublishTask = {
    targetId: crypto.randomUUID(),
    text: "A text",
    options: {},
    account: { id: "channel", route: "google", token: "token" },
    source: { sizeBytes: TOTAL, mimeType: "video/mp4", filename: "a.mp4", read, open: read },
    durationSeconds: null,
    stage: () => Promise.reject(new Error("YouTube fetches nothing.")),
    signCover: () => Promise.reject(new Error("YouTube fetches nothing.")),
    checkpoint,
    secret: `${url}/session`,
    byteBudget: TOTAL,
    keep: () => Promise.resolve(),
    spend: () => Promise.resolve(),
    calledAt: new Date(),
    isSettled: false,
    now: () => new Date(),
    pollSeconds: [1],
    maxPolls: 3,
  };
  return { adapter, task, [Symbol.asyncDispose]: () => server.shutdown() };
}

Deno.test("missing last bytes prove nothing while the worker that sends them may only be slow", async () => {
  await using lost = open(31302, 5 * 1024 * 1024, { offset: 5 * 1024 * 1024, isCallOver: false });
  const proof = await lost.adapter.reconcile(lost.task);
  assert.deepEqual({ kind: proof.kind, isAbsence: "isAbsence" in proof && proof.isAbsence }, {
    kind: "not_done",
    isAbsence: true,
  });
  await using over = open(31303, 5 * 1024 * 1024, { offset: 5 * 1024 * 1024, isCallOver: true });
  const certain = await over.adapter.reconcile(over.task);
  assert.equal("isAbsence" in certain && certain.isAbsence, false);
});

Deno.test("an upload of which nothing is stored is tried again later, not at once for ever", async () => {
  await using stuck = open(31304, 0, { offset: 0 });
  await assert.rejects(stuck.adapter.upload!(stuck.task), {
    providerCode: "nothing_stored",
    retryAfterSeconds: 5,
  });
});
