import assert from "node:assert/strict";
import {
  ProviderApiError,
  ProviderAuthError,
} from "../../../supabase/functions/_shared/core/provider-errors.ts";
import { BudgetSpent } from "../../../supabase/functions/_shared/core/publish-errors.ts";
import { createBlotatoPostsClient } from "../../../supabase/functions/_shared/providers/blotato/posts-client.ts";
import type { PublishTask } from "../../../supabase/functions/publish/platforms/platform-adapter.ts";
import { createBlotatoAdapter } from "../../../supabase/functions/publish/platforms/tiktok-blotato/blotato-adapter.ts";
import { toPostFailure } from "../../../supabase/functions/publish/platforms/tiktok-blotato/blotato-failure.ts";

const PORT = 28_590;
const INTENT = "5f0c1c4e-0000-4000-8000-000000000001";
const COPY = "https://files.test/clip.mp4?token=signed";
const OPTIONS = {
  privacy_level: "SELF_ONLY",
  disable_comment: true,
  brand_content: false,
  your_brand: false,
  ai_generated: true,
  cover_offset_ms: 1_500,
};

interface Reply {
  status?: number;
  body: unknown;
}

/** A Blotato that answers as recorded, the last reply again and again, and an adapter with a task for it. */
function open(replies: Reply[], checkpoint: Record<string, unknown> = { intent: INTENT }) {
  const asked: { method: string; url: URL; key: string | null; body: string }[] = [];
  const spent: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: PORT, onListen: () => {} }, async (request) => {
    const key = request.headers.get("blotato-api-key");
    asked.push({ method: request.method, url: new URL(request.url), key, body: await request.text() });
    const { status = 200, body } = replies.length > 1 ? replies.shift()! : replies[0]!;
    return new Response(typeof body === "string" ? body : JSON.stringify(body), { status });
  });
  const adapter = createBlotatoAdapter(createBlotatoPostsClient({ url: `http://127.0.0.1:${PORT}` }));
  const nothing = () => Promise.reject(new Error("Blotato takes no bytes."));
  const task: PublishTask = {
    targetId: crypto.randomUUID(),
    text: "A text",
    options: OPTIONS,
    account: { id: "98432", route: "blotato", token: "key-with-end==" },
    source: { sizeBytes: 1, mimeType: "video/mp4", filename: "a.mp4", read: nothing, open: nothing },
    stage: () => Promise.resolve({ kind: "ready", url: COPY }),
    signCover: nothing,
    checkpoint,
    secret: null,
    durationSeconds: null,
    byteBudget: 0,
    keep: () => Promise.resolve(),
    spend: (budget, _max, key) =>
      Promise.resolve(void spent.push(`${budget} ${key?.replace(/[0-9a-f]{16}$/, "…")}`)),
    calledAt: new Date("2026-11-01T12:00:00Z"),
    isSettled: false,
    now: () => new Date(),
    pollSeconds: [10],
    maxPolls: 2,
  };
  return { adapter, task, asked, spent, [Symbol.asyncDispose]: () => server.shutdown() };
}

const entry = (
  mediaUrls: string[],
  state: object = { type: "published", postUrl: null },
  text = "A text",
) => ({
  id: 7,
  text,
  mediaUrls,
  state,
});
const marked = (intent: string) => `${COPY}&cliprelay_post=${intent}`;

Deno.test("a submission carries every flag, the whole key and its own media address, and no time", async () => {
  await using world = open([{ status: 201, body: { postSubmissionId: "s-1" } }]);
  const result = await world.adapter.publish(world.task);
  assert.deepEqual(result, {
    kind: "accepted",
    checkpoint: { intent: INTENT, submissionId: "s-1", polls: 0 },
    waitSeconds: 10,
  });
  const [{ method, url, key, body }] = world.asked as [typeof world.asked[0]];
  assert.deepEqual([method, url.pathname, key], ["POST", "/v2/posts", "key-with-end=="]);
  assert.deepEqual(JSON.parse(body), {
    post: {
      accountId: "98432",
      content: { text: "A text", mediaUrls: [marked(INTENT)], platform: "tiktok" },
      target: {
        targetType: "tiktok",
        privacyLevel: "SELF_ONLY",
        disabledComments: true,
        disabledDuet: false,
        disabledStitch: false,
        isBrandedContent: false,
        isYourBrand: false,
        isAiGenerated: true,
        videoCoverTimestamp: 1_500,
      },
    },
  });
  assert.deepEqual(world.spent, ["blotato.posts key-…"]);
});

for (
  const [title, reply] of Object.entries<Reply>({
    "a gateway's page": { status: 502, body: "<html>Bad gateway</html>" },
    "a body without an id": { status: 201, body: { ok: true } },
    "no JSON": { status: 200, body: "fine" },
  })
) {
  Deno.test(`${title} in answer to a submission leaves its outcome open`, async () => {
    await using world = open([reply]);
    await assert.rejects(world.adapter.publish(world.task), ProviderApiError);
    assert.equal(world.asked.length, 1, "sent again");
  });
}

Deno.test("a refusal had no effect, and a refused key or rate may be tried again", async () => {
  for (
    const [status, cause] of [[422, "PostRefused"], [401, "ProviderAuthError"], [429, "ProviderApiError"]]
  ) {
    await using world = open([{ status: status as number, body: { message: "No." } }]);
    const result = await world.adapter.publish(world.task);
    assert.ok(result.kind === "no_effect" && result.step === "publish");
    assert.equal((result.cause as Error).name, cause);
  }
});

Deno.test("a failure before the call had no effect either", async () => {
  await using world = open([{ body: {} }]);
  const until = new Date(Date.now() + 9_000);
  const spent = await world.adapter.publish({
    ...world.task,
    spend: () => Promise.reject(new BudgetSpent("blotato.posts", until)),
  });
  const unstaged = await world.adapter.publish({
    ...world.task,
    stage: () => Promise.resolve({ kind: "under_way", waitSeconds: 3 }),
  });
  assert.deepEqual([spent.kind, "step" in spent && spent.step], ["no_effect", "publish"]);
  assert.deepEqual([unstaged.kind, "step" in unstaged && unstaged.step], ["no_effect", "upload"]);
  assert.equal(world.asked.length, 0);
});

Deno.test("the post with our media address is ours, whoever has the same text", async () => {
  const other = entry([marked("another")]);
  const own = entry([marked(INTENT)], {
    type: "published",
    postUrl: "https://www.tiktok.com/@a/video/75123",
  });
  await using world = open([{ body: { items: [other, own] } }]);
  const proof = await world.adapter.reconcile(world.task);
  assert.deepEqual(proof, { kind: "done", postId: "75123", url: "https://www.tiktok.com/@a/video/75123" });
  const { searchParams } = world.asked[0]!.url;
  assert.equal(searchParams.get("since"), "2026-10-31T12:00:00.000Z");
  assert.deepEqual(searchParams.getAll("status"), ["published", "failed"]);
});

Deno.test("a failed one is settled by the step that knows failures", async () => {
  const failed = entry([marked(INTENT)], { type: "failed", errorMessage: "spam_risk_text" });
  await using world = open([{ body: { items: [failed] } }]);
  const proof = await world.adapter.reconcile(world.task);
  assert.ok(proof.kind === "accepted");
  const result = await world.adapter.confirm!({ ...world.task, checkpoint: proof.checkpoint });
  assert.ok(result.kind === "rejected");
  assert.equal(result.failure.code, "flagged_as_spam");
  assert.equal(world.asked.length, 1);
});

Deno.test("silence of the list proves nothing by itself, of an accepted post nothing at all", async () => {
  await using silent = open([{ body: { items: [entry([marked("another")])] } }], {
    intent: INTENT,
    failures: 2,
  });
  assert.deepEqual(await silent.adapter.reconcile(silent.task), {
    kind: "not_done",
    isAbsence: true,
    step: "upload",
    checkpoint: { failures: 2 },
  });
  const kept: unknown[] = [];
  const keep = (checkpoint: unknown) => Promise.resolve(void kept.push(checkpoint));
  const settled = { ...silent.task, isSettled: true, keep };
  for (const [looked, kind] of [[undefined, "open"], [1, "open"], [2, "not_done"]] as const) {
    const checkpoint = { intent: INTENT, failures: 2, settledLooks: looked };
    assert.equal((await silent.adapter.reconcile({ ...settled, checkpoint })).kind, kind);
  }
  assert.deepEqual(kept, [1, 2].map((settledLooks) => ({ intent: INTENT, failures: 2, settledLooks })));
  await silent[Symbol.asyncDispose]();

  const accepted = { intent: INTENT, submissionId: "s-1", polls: 2 };
  await using waiting = open([{ body: { status: "in-progress" } }, { body: { items: [] } }], accepted);
  assert.equal((await waiting.adapter.reconcile(waiting.task)).kind, "open");
});

Deno.test("a post that may be ours keeps the outcome open", async () => {
  const cases = {
    "the same text under Blotato's own address": { items: [entry(["https://database.blotato.com/a.mp4"])] },
    "the same text without media": { items: [entry([])] },
    "more pages than are read": { items: [entry([marked("another")])], cursor: "next" },
  };
  for (const [title, body] of Object.entries(cases)) {
    await using world = open([{ body }]);
    assert.equal((await world.adapter.reconcile(world.task)).kind, "open", title);
  }
});

Deno.test("questions end at their deadline", async () => {
  await using world = open([{ body: { status: "in-progress" } }], {
    intent: INTENT,
    submissionId: "a/b",
    polls: 0,
  });
  const first = await world.adapter.confirm!(world.task);
  assert.deepEqual([first.kind, "waitSeconds" in first && first.waitSeconds], ["next", 10]);
  const last = await world.adapter.confirm!({
    ...world.task,
    checkpoint: { ...world.task.checkpoint, polls: 1 },
  });
  assert.equal(last.kind, "open");
  assert.equal(world.asked[0]!.url.pathname, "/v2/posts/a%2Fb");
});

Deno.test("an address that is no web page is left out", async () => {
  await using world = open([{ body: { status: "published", publicUrl: "javascript:alert(1)" } }], {
    intent: INTENT,
    submissionId: "s-1",
  });
  assert.deepEqual(await world.adapter.confirm!(world.task), { kind: "published", postId: "s-1", url: null });
});

Deno.test("401 and 403 of a question are the key's, with a word of their own", async () => {
  for (const [status, word] of [[401, "key_refused"], [403, "plan_without_api"]] as const) {
    await using world = open([{ status, body: "" }], { intent: INTENT, submissionId: "s-1" });
    await assert.rejects(
      world.adapter.confirm!(world.task),
      (error) => error instanceof ProviderAuthError && error.provider === "blotato" && error.message === word,
    );
  }
});

Deno.test("words of a failure decide what becomes of the post", () => {
  const now = new Date("2026-11-01T12:00:00Z");
  const codeOf = (reason: string) => {
    const failed = toPostFailure(reason, now);
    return failed.kind === "final" ? failed.failure.code : failed.cause.name;
  };
  const cases = {
    "TikTok error: reached_active_user_cap": "BudgetSpent",
    "spam_risk_too_many_posts": "BudgetSpent",
    "spam_risk_user_banned_from_posting": "account_restricted",
    "spam_risk": "flagged_as_spam",
    "video_pull_failed": "ProviderApiError",
    "internal": "ProviderApiError",
    "Request timed out": "ProviderApiError",
    "file_format_check_failed": "PostRefused",
    "Unsupported media type": "PostRefused",
    "duration_check_failed": "rejected_for_length",
    "Video file size exceeds 1 GB": "blotato_file_too_large",
    "auth_removed": "blotato_account_lost",
    "Caption is too long": "platform_refused_text",
    "": "platform_refused",
    "Something else": "platform_refused",
  };
  const found = Object.fromEntries(Object.keys(cases).map((reason) => [reason, codeOf(reason)]));
  assert.deepEqual(found, cases);
});
