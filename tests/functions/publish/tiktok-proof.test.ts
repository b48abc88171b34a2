import assert from "node:assert/strict";
import { createTiktokClients } from "../../../supabase/functions/_shared/providers/tiktok/create-tiktok-clients.ts";
import { ProviderApiError } from "../../../supabase/functions/_shared/core/provider-errors.ts";
import { PostRefused } from "../../../supabase/functions/_shared/core/publish-errors.ts";
import { planChunks } from "../../../supabase/functions/publish/platforms/tiktok/chunks.ts";
import { createTiktokAdapter } from "../../../supabase/functions/publish/platforms/tiktok/tiktok-adapter.ts";
import type { PublishTask } from "../../../supabase/functions/publish/platforms/platform-adapter.ts";

const API = "https://open.tiktokapis.com";
const UPLOAD = "https://open-upload.tiktokapis.com/video/?upload_id=1";
const SMALL = 1_000;
const LARGE = 66_000_007;

interface Says {
  /** Answer to a chunk: status and Content-Range. */
  put?: [number, string?];
  /** `data` of a status query. */
  status?: Record<string, unknown>;
}

/** An adapter for which TikTok says this, and a task with an announced post. `asked` counts calls by kind. */
function open(says: Says, checkpoint: Record<string, unknown> = {}, sizeBytes = SMALL) {
  const asked = { put: 0, status: 0 };
  const clients = createTiktokClients({ TIKTOK_API_URL: API, TIKTOK_UPLOAD_URL: UPLOAD }, (url) => {
    if (String(url).startsWith(UPLOAD)) {
      asked.put++;
      const [status, range] = says.put ?? [201];
      const headers: HeadersInit = range ? { "content-range": range } : {};
      return Promise.resolve(new Response(null, { status, headers }));
    }
    asked.status++;
    return Promise.resolve(Response.json({ data: says.status, error: { code: "ok", message: "" } }));
  });
  const read = (start: number, end: number) => Promise.resolve(new Uint8Array(end - start));
  const later = new Date(Date.now() + 600_000).toISOString();
  const task: PublishTask = {
    targetId: crypto.randomUUID(),
    text: "A text",
    options: {
      privacy_level: "PUBLIC_TO_EVERYONE",
      brand_content: false,
      your_brand: false,
      ai_generated: false,
    },
    account: { id: "open-id", route: "tiktok", token: "token" },
    source: { sizeBytes, mimeType: "video/mp4", filename: "a.mp4", read, open: read },
    durationSeconds: null,
    stage: () => Promise.reject(new Error("TikTok fetches nothing.")),
    signCover: () => Promise.reject(new Error("TikTok fetches nothing.")),
    checkpoint: {
      publishId: "v_pub_file~1",
      username: "ann",
      offset: 0,
      addressEndsAt: later,
      ...checkpoint,
    },
    secret: UPLOAD,
    byteBudget: 64 * 1024 * 1024,
    keep: () => Promise.resolve(),
    spend: () => Promise.resolve(),
    calledAt: new Date(),
    isSettled: false,
    now: () => new Date(),
    pollSeconds: [1],
    maxPolls: 3,
  };
  return { adapter: createTiktokAdapter({ ...clients, siteUrl: "https://www.tiktok.com" }), task, asked };
}

const uploading = (uploaded_bytes?: number) => ({ status: "PROCESSING_UPLOAD", uploaded_bytes });
const FAILED = (fail_reason: string) => ({ status: "FAILED", fail_reason });

Deno.test("an answer to the last chunk that is not plain is asked about before anything is made again", async () => {
  const cases: [Says["put"], Says["status"], string, string?][] = [
    [[201], undefined, "accepted"],
    // Everything was there already: the refusal of the place says so or keeps silent.
    [[416], uploading(SMALL), "accepted"],
    [[403], uploading(SMALL), "accepted"],
    [[404], { status: "PUBLISH_COMPLETE" }, "accepted"],
    [[416, "bytes 0-0/1000"], uploading(0), "no_effect", "publish"],
    [[403], uploading(0), "no_effect", "prepare"],
  ];
  for (const [put, status, kind, step] of cases) {
    const { adapter, task } = open({ put, status });
    const result = await adapter.publish(task);
    assert.deepEqual([result.kind, "step" in result ? result.step : undefined], [kind, step], String(put));
  }
});

Deno.test("nobody knows what became of a last chunk while TikTok tells no progress", async () => {
  const { adapter, task } = open({ put: [403], status: uploading() });
  await assert.rejects(() => adapter.publish(task), ProviderApiError);
  assert.equal((await adapter.reconcile(task)).kind, "open");
});

Deno.test("missing bytes are no proof while a worker may still send them, or another post would be made", async () => {
  const proofOf = async (checkpoint: Record<string, unknown>) => {
    const { adapter, task } = open({ status: uploading(0) }, checkpoint);
    const proof = await adapter.reconcile(task);
    return proof.kind === "not_done" ? [proof.isAbsence, proof.step] : proof.kind;
  };
  const over = { addressEndsAt: new Date(0).toISOString() };
  assert.deepEqual(await proofOf({ isCallOver: false }), [true, "publish"]);
  assert.deepEqual(await proofOf({ isCallOver: true }), [false, "publish"]);
  assert.deepEqual(await proofOf({ isCallOver: true, ...over }), [true, "prepare"]);
});

Deno.test("an address that is over costs no call, and the third time in a row the post", async () => {
  const over = { addressEndsAt: new Date(0).toISOString(), isCounted: true };
  const first = open({}, over);
  const lost = await first.adapter.publish(first.task);
  assert.equal(first.asked.put, 0);
  assert.ok(lost.kind === "no_effect" && lost.step === "prepare");
  assert.deepEqual(lost.checkpoint, {
    isCounted: true,
    lostUploads: 1,
    failedPosts: undefined,
  }, "its place of the day is taken already");
  const last = open({}, { ...over, lostUploads: 3 });
  const refused = await last.adapter.publish(last.task);
  assert.ok(refused.kind === "no_effect" && refused.cause instanceof PostRefused);
});

Deno.test("a chunk at the wrong place goes on where TikTok says, or is asked", async () => {
  const { chunkBytes, lastStart } = planChunks(LARGE);
  for (
    const [range, status] of [[`bytes 0-${lastStart}/${LARGE}`, undefined], [
      undefined,
      uploading(lastStart),
    ]] as const
  ) {
    const { adapter, task, asked } = open({ put: [416, range], status }, { offset: chunkBytes }, LARGE);
    const result = await adapter.upload!(task);
    assert.ok(result.kind === "next");
    assert.deepEqual([result.step, result.checkpoint.offset, asked.put], ["publish", lastStart, 1]);
  }
});

Deno.test("chunks go up to the budget of an invocation, and none of the last one", async () => {
  const { chunkBytes, lastStart } = planChunks(LARGE);
  const { adapter, task, asked } = open({ put: [206] }, {}, LARGE);
  const result = await adapter.upload!({ ...task, byteBudget: 2 * chunkBytes });
  assert.ok(result.kind === "next" && result.step === "upload");
  assert.deepEqual([result.checkpoint.offset, asked.put], [2 * chunkBytes, 2]);
  const rest = await adapter.upload!({ ...task, checkpoint: result.checkpoint });
  assert.ok(rest.kind === "next" && rest.step === "publish" && rest.checkpoint.offset === lastStart);
});

Deno.test("what TikTok failed for its own trouble is made again three times, the rest is over", async () => {
  const outcome = async (reason: string, failedPosts?: number) => {
    const { adapter, task } = open({ status: FAILED(reason) }, { failedPosts });
    const result = await adapter.confirm!(task);
    return result.kind === "rejected" ? result.failure.code : result.kind;
  };
  assert.equal(await outcome("internal"), "undone");
  assert.equal(await outcome("internal", 3), "rejected_after_upload");
  assert.equal(await outcome("spam_risk_too_many_posts"), "undone");
  assert.equal(await outcome("spam_risk_text"), "platform_refused_text");
  assert.equal(await outcome("frame_rate_check_failed"), "rejected_unreadable");
  assert.equal(await outcome("a_new_one"), "rejected_after_upload");
});
