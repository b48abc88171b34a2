import assert from "node:assert/strict";
import postgres from "postgres";
import { startStack } from "../../support/stack.ts";
import { createAccount } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect, createBytes } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { connectPlatform } from "../support/publish.ts";
import { readPosts, sha256Of, waitForTarget } from "../support/published.ts";
import { createControl } from "../support/sandbox.ts";
import { uploadVideo } from "../support/upload-video.ts";

const { env, stop } = await startStack({ basePort: PORTS.publishInstagram });
const sql = postgres(env.DB_URL!, { max: 2 });
const control = createControl(env.SANDBOX_URL!);
// What is scheduled for within ten minutes is prepared at once.
await sql`update private.settings set value = '{"default": 600}' where key = 'publish.lead_seconds'`;
await control.set({ processing_ms: 100 });
await control.set({ service: "instagram", processing_ms: 300 });
const owner = await createAccount(env);
await connect(env, owner);
const bytes = createBytes(13_500_000, 11);
const video = await uploadVideo(env, owner, {}, bytes);
const ROUTES = { facebook_login: "meta", instagram_login: "instagram" } as const;

Deno.test.afterAll(async () => {
  await sql.end();
  await stop();
});

for (const [route, service] of Object.entries(ROUTES)) {
  const name = `ig-${crypto.randomUUID()}`;
  const { id: connection_id } = await connectPlatform(env, owner, "instagram", name, { route });
  const post = async (caption: string, more: Record<string, unknown> = {}) => {
    const targets = [{ platform: "instagram", connection_id, options: { share_to_feed: false } }];
    const { status, body } = await callFunction(env, owner, "POST", "publish/posts", {
      body: { video_id: video.id, caption, targets, ...more },
    });
    assert.equal(status, 201, JSON.stringify(body));
    return String(body.published_video_id);
  };
  const postsOf = async (text: string) =>
    (await readPosts(env)).filter(({ account, caption }) => account === name && caption.includes(text));
  const moveTo = async (id: string, scheduled_for: string | null) => {
    const { status, body } = await callFunction(env, owner, "PATCH", `publish/posts/${id}`, {
      body: { scheduled_for },
    });
    assert.equal(status, 200, JSON.stringify(body));
  };
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

  Deno.test(`Instagram by ${route}: a post without a time`, async () => {
    const id = await post("At once", { hashtags: ["kettle"] });
    const target = await waitForTarget(env, owner, id, "published");
    const [shown, ...more] = await postsOf("At once");
    assert.equal(more.length, 0);
    assert.equal(shown!.sha256, await sha256Of(bytes));
    assert.equal(shown!.caption, "At once\n\n#kettle");
    assert.equal(target.platform_url, shown!.url);
    const page = await fetch(shown!.url);
    assert.match(await page.text(), /<video/);
  });

  Deno.test(`Instagram by ${route}: a scheduled post`, async () => {
    const id = await post("Later", { scheduled_for: inSeconds(500) });
    await waitForTarget(env, owner, id, "ready");
    assert.deepEqual(await postsOf("Later"), []);
    const scheduled_for = inSeconds(3);
    await moveTo(id, scheduled_for);
    await waitForTarget(env, owner, id, "published");
    const [shown] = await postsOf("Later");
    const latenessMs = new Date(shown!.created_at).getTime() - new Date(scheduled_for).getTime();
    assert.ok(latenessMs > -50 && latenessMs < 60_000, `${latenessMs} ms late`);
  });

  Deno.test(`Instagram by ${route}: the answer to media_publish is lost`, async () => {
    const id = await post("Unheard", { scheduled_for: inSeconds(500) });
    await waitForTarget(env, owner, id, "ready");
    await control.fault({ service, method: "POST", path: "*/media_publish", kind: "lost_answer", times: 1 });
    await moveTo(id, null);
    const target = await waitForTarget(env, owner, id, "published");
    const shown = await postsOf("Unheard");
    assert.equal(shown.length, 1);
    assert.equal(target.platform_url, shown[0]!.url);
    assert.equal(target.attempts, 1);
  });

  Deno.test(`Instagram by ${route}: media_publish is refused before its effect`, async () => {
    const id = await post("Refused once", { scheduled_for: inSeconds(500) });
    await waitForTarget(env, owner, id, "ready");
    await control.fault({
      service,
      method: "POST",
      path: "*/media_publish",
      kind: "status",
      value: 500,
      times: 1,
    });
    await moveTo(id, null);
    await waitForTarget(env, owner, id, "published", 60_000);
    assert.equal((await postsOf("Refused once")).length, 1);
  });
}

Deno.test("Instagram: a file it does not take waits for another, and goes out on retry", async () => {
  const { id: connection_id } = await connectPlatform(env, owner, "instagram");
  const call = (method: string, path: string, body?: unknown) =>
    callFunction(env, owner, method, `publish/${path}`, { body });
  await control.set({ service: "instagram", failure_subcode: 2207026 });
  const { body } = await call("POST", "posts", {
    video_id: video.id,
    caption: "Wrong format",
    targets: [{ platform: "instagram", connection_id }],
  });
  const id = String(body.published_video_id);
  const refused = await waitForTarget(env, owner, id, "needs_conversion");
  assert.equal(refused.error?.code, "conversion_failed");
  await control.set({ service: "instagram", failure_subcode: null });
  await call("POST", `posts/${id}/retry`);
  await waitForTarget(env, owner, id, "published");
});

Deno.test("Instagram: one copy serves all targets of a post", async () => {
  const rows = await sql`
    select post_id, stored_bytes, completed_at is not null as is_complete, upload_url from private.staged_copies`;
  assert.ok(rows.length >= 8);
  assert.ok(
    rows.every((row) => row.is_complete && Number(row.stored_bytes) === bytes.length && !row.upload_url),
  );
});
