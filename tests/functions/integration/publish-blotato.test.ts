import assert from "node:assert/strict";
import { connectBlotato, openBlotatoWorld } from "../support/blotato.ts";
import { poll } from "../support/poll.ts";
import { PORTS } from "../support/ports.ts";
import { sha256Of } from "../support/published.ts";
import { inSeconds } from "../support/publish-world.ts";

const POSTS = "/v2/posts";
const world = await openBlotatoWorld(PORTS.publishBlotato);
const { env, sql, control } = world;
const poster = await world.createPoster();
const blotato = { service: "blotato", path: POSTS, method: "POST" };

Deno.test.afterAll(() => world.close());
Deno.test.afterEach(async () => {
  await control.clearFaults();
  await control.set({ service: "blotato", post_error: null, rehost_media: null, posts_per_minute: null });
});

async function countCalls(method: string, status: number): Promise<number> {
  const calls = await control.requests();
  return calls.filter((call) => call.method === method && call.route === POSTS && call.status === status)
    .reduce((sum, { count }) => sum + count, 0);
}

async function noticesOf(userId: string): Promise<string[]> {
  const rows = await sql`select kind from public.notifications where user_id = ${userId} order by created_at`;
  return rows.map(({ kind }) => kind).filter((kind) => kind !== "publish.published");
}

Deno.test("Blotato: a post goes out once, with every choice, and plays", async () => {
  const id = await poster.post("Morning coffee", { hashtags: ["coffee"] });
  const target = await poster.waitFor(id, "published");
  const [shown, ...more] = await poster.postsOf("Morning coffee");
  assert.deepEqual(more, []);
  assert.equal(shown!.platform, "tiktok");
  assert.equal(shown!.caption, "Morning coffee\n\n#coffee");
  assert.equal(shown!.sha256, await sha256Of(poster.bytes));
  assert.equal(target.platform_url, shown!.url);
  assert.equal(target.attempts, 0);
  const page = await (await fetch(shown!.url)).text();
  assert.match(page, /<video src="\/blotato\/videos/);
  for (const tag of ["Followers", "Promotional content", "AI-generated", "No comments"]) {
    assert.ok(page.includes(tag), `${tag} is not on ${page}`);
  }
  assert.ok(!page.includes("Paid partnership"));
});

Deno.test("Blotato: a scheduled post waits here and goes out at its time", async () => {
  const submitted = await countCalls("POST", 201);
  const id = await poster.post("At noon", { scheduled_for: inSeconds(500) });
  await poster.waitFor(id, "ready");
  assert.equal(await countCalls("POST", 201), submitted);
  const scheduled_for = inSeconds(3);
  assert.equal((await poster.call("PATCH", `posts/${id}`, { scheduled_for })).status, 200);
  await poster.waitFor(id, "published");
  const [shown] = await poster.postsOf("At noon");
  assert.ok(Date.parse(shown!.created_at) >= Date.parse(scheduled_for));
});

Deno.test("Blotato: an answer that got lost leaves exactly one post", async () => {
  await control.fault({ ...blotato, kind: "lost_answer" });
  const submitted = await countCalls("POST", 201);
  const id = await poster.post("Said nothing");
  const target = await poster.waitFor(id, "published", 60_000);
  assert.equal((await poster.postsOf("Said nothing")).length, 1);
  assert.equal(target.platform_url, (await poster.postsOf("Said nothing"))[0]!.url);
  assert.ok(target.attempts > 0);
  assert.equal(await countCalls("POST", 201), submitted, "submitted again");
});

Deno.test("Blotato: a submission that never arrived is made again after the settle time", async () => {
  await control.fault({ ...blotato, kind: "status", value: 502 });
  const id = await poster.post("Never arrived");
  const target = await poster.waitFor(id, "published", 60_000);
  assert.ok(target.attempts > 0, "its outcome was open");
  assert.equal((await poster.postsOf("Never arrived")).length, 1);
});

Deno.test("Blotato: a post it never finishes is its user's to decide, not made again", async () => {
  await sql`update private.settings set value = '{"tiktok/blotato": 3}' where key = 'publish.max_polls'`;
  const [pauses] = await sql`select value from private.settings where key = 'publish.reconcile_seconds'`;
  await sql`update private.settings set value = '[1, 1, 1]' where key = 'publish.reconcile_seconds'`;
  await control.fault({ ...blotato, kind: "slow_processing", value: 600_000 });
  const submitted = await countCalls("POST", 201);
  const id = await poster.post("Takes for ever");
  const [target] = await poll("its user is asked", async () => {
    const { body } = await poster.call("GET", `posts/${id}`);
    const targets = body.targets as { id: string; status: string; retry_at: string | null }[];
    return targets[0]!.status === "unknown" && targets[0]!.retry_at === null && targets;
  }, 60_000);
  await sql`update private.settings set value = ${pauses!.value} where key = 'publish.reconcile_seconds'`;
  await sql`update private.settings set value = '{"tiktok/blotato": 60}' where key = 'publish.max_polls'`;
  assert.equal(await countCalls("POST", 201), submitted + 1);
  assert.equal((await poster.call("POST", `posts/${id}/retry`)).body.code, "outcome_unknown");
  const decision = { decision: "post_again" };
  const { status } = await poster.call("POST", `posts/${id}/targets/${target!.id}/decide`, decision);
  assert.equal(status, 200);
  await poster.waitFor(id, "published");
  assert.equal((await poster.postsOf("Takes for ever")).length, 1);
});

Deno.test("Blotato: a post under another media address proves nothing", async () => {
  await control.set({ service: "blotato", rehost_media: true });
  const [pauses] = await sql`select value from private.settings where key = 'publish.reconcile_seconds'`;
  await sql`update private.settings set value = '[2, 2, 2]' where key = 'publish.reconcile_seconds'`;
  await control.fault({ ...blotato, kind: "lost_answer" });
  const id = await poster.post("Copied media");
  await poll("its user is asked", async () => {
    const { body } = await poster.call("GET", `posts/${id}`);
    const [target] = body.targets as { status: string; retry_at: string | null }[];
    return target!.status === "unknown" && target!.retry_at === null;
  }, 60_000);
  await sql`update private.settings set value = ${pauses!.value} where key = 'publish.reconcile_seconds'`;
  assert.equal((await poster.postsOf("Copied media")).length, 1);
});

Deno.test("Blotato: what it says of a failed post becomes a sentence", async (t) => {
  const fail = async (words: string, status: string) => {
    await control.set({ service: "blotato", post_error: words });
    const id = await poster.post(`Fails: ${words}`);
    return { id, target: await poster.waitFor(id, status, 60_000) };
  };

  await t.step("a cap of TikTok waits a day", async () => {
    const { id } = await fail("TikTok error: reached_active_user_cap", "quota_wait");
    const [row] = await sql`
      select retry_at - now() as wait, error_code from public.publishing_queue where published_video_id = ${id}`;
    assert.equal(row!.error_code, "quota_reached");
    assert.match(String(row!.wait), /^23:5/);
  });

  for (
    const [words, code] of [
      ["TikTok: spam_risk_text", "flagged_as_spam"],
      ["Please reconnect your TikTok account", "blotato_account_lost"],
      ["Media file is too large: your plan allows 400 MB", "blotato_file_too_large"],
    ]
  ) {
    await t.step(`${words} is ${code}`, async () => {
      const { target } = await fail(words!, "failed");
      assert.equal(target.error?.code, code);
    });
  }

  await t.step("what nobody knows is told in its own words, without addresses", async () => {
    const { target } = await fail("Odd thing at https://files.test/a?token=secret happened", "failed");
    assert.equal(target.error?.code, "platform_refused");
    assert.match(target.error!.message, /Blotato says: Odd thing at \[address\] happened/);
  });

  await t.step("what may pass is submitted again, four times at most", async () => {
    const submitted = await countCalls("POST", 201);
    const { id, target } = await fail("Failed to download media", "failed");
    assert.equal(target.error?.code, "blotato_failed");
    assert.equal(await countCalls("POST", 201), submitted + 4);
    await control.set({ service: "blotato", post_error: null });
    await poster.call("POST", `posts/${id}/retry`);
    await poster.waitFor(id, "published");
  });
});

Deno.test("Blotato: a refused text fails at once, and too many calls wait", async () => {
  await control.fault({ ...blotato, kind: "status", value: 422 });
  const refused = await poster.post("Refused");
  const target = await poster.waitFor(refused, "failed");
  assert.equal(target.error?.code, "platform_refused");
  await control.fault({ ...blotato, kind: "rate_limit", value: 1 });
  const id = await poster.post("Slow down");
  await poster.waitFor(id, "published");
  assert.equal((await poster.postsOf("Slow down")).length, 1);
});

Deno.test("Blotato: our own limit by key makes posts wait without a word", async () => {
  await sql`update private.provider_budgets set max_count = 1, window_seconds = 4 where budget = 'blotato.posts'`;
  const other = await world.createPoster();
  const ids = [await other.post("First of two"), await other.post("Second of two")];
  for (const id of ids) assert.equal((await other.waitFor(id, "published")).attempts, 0);
  await sql`update private.provider_budgets set max_count = 28, window_seconds = 60 where budget = 'blotato.posts'`;
  assert.deepEqual(await noticesOf(other.account.id), []);
});

Deno.test("Blotato: a revoked key parks its posts until a new one is there", async () => {
  const owner = await world.createPoster();
  await control.fault({ ...blotato, kind: "revoke" });
  const id = await owner.post("Key is gone");
  const waiting = await owner.waitFor(id, "needs_reauth");
  assert.equal(waiting.error?.code, "blotato_key_refused");
  const [account] = (await owner.call("GET", "connections")).body as unknown as { status: string }[];
  assert.equal(account!.status, "expired");
  const again = await connectBlotato(env, owner.account, `blotato-${owner.name}:2`);
  assert.deepEqual([again.id, again.status], [owner.connection.id, "connected"]);
  await owner.waitFor(id, "published");
  assert.equal((await owner.postsOf("Key is gone")).length, 1);
});

Deno.test("Blotato: a key revoked while it is asked about a post costs no post", async () => {
  const owner = await world.createPoster();
  await control.fault({ ...blotato, method: "GET", path: "/v2/posts/*", kind: "revoke" });
  const id = await owner.post("Key went in between");
  await owner.waitFor(id, "unknown");
  await connectBlotato(env, owner.account, `blotato-${owner.name}:2`);
  await owner.waitFor(id, "published");
  assert.equal((await owner.postsOf("Key went in between")).length, 1);
});

Deno.test("Blotato: a key that went is told before the post is due", async () => {
  const owner = await world.createPoster();
  await owner.post("Tomorrow", { scheduled_for: inSeconds(20 * 3600) });
  await control.fault({ service: "blotato", path: "/v2/users/me", kind: "revoke" });
  await sql`select private.call_function('publish/internal/check-readiness')`;
  const kinds = await poll("its user is told", async () => {
    const told = await noticesOf(owner.account.id);
    return told.includes("publish.account_expired") && told;
  });
  assert.equal(kinds.filter((kind) => kind === "publish.account_expired").length, 1);
});

Deno.test("Blotato: files have the size of the plan, which an operator may set", async () => {
  const verdictOf = async (target: object) => {
    const { body } = await poster.call("POST", "posts/check", {
      video_id: poster.videoId,
      targets: [target],
    });
    const [found] = body.targets as { verdict: string; findings: { rule: string }[] }[];
    return [found!.verdict, ...found!.findings.map(({ rule }) => rule)];
  };
  const target = { platform: "tiktok", connection_id: poster.connection.id };
  assert.deepEqual(await verdictOf(target), ["fits"]);
  const small = { "tiktok/blotato": { max_size_bytes: 1_000_000 } };
  await sql`
    insert into private.settings (key, value, description) values ('publish.format_limits', ${
    sql.json(small)
  }, '')
    on conflict (key) do update set value = excluded.value`;
  assert.deepEqual(await verdictOf(target), ["needs_conversion", "file_size"]);
  assert.deepEqual(await verdictOf({ platform: "tiktok" }), ["fits"]);
  const id = await poster.post("Smaller");
  await poster.waitFor(id, "published", 60_000);
  const [shown] = await poster.postsOf("Smaller");
  assert.ok(shown!.bytes < 1_000_000);
  await sql`update private.settings set value = '{}' where key = 'publish.format_limits'`;
});

Deno.test("Blotato: choices that TikTok does not take are refused while composing", async () => {
  const attempt = async (options: unknown, caption = "Choices") => {
    const targets = [{ platform: "tiktok", options }];
    const { status, body } = await poster.call("POST", "posts", {
      video_id: poster.videoId,
      caption,
      targets,
    });
    return [status, body.code];
  };
  const chosen = { privacy_level: "SELF_ONLY", brand_content: false, your_brand: false, ai_generated: false };
  const { privacy_level: _, ...unchosen } = chosen;
  assert.equal((await attempt(unchosen))[0], 400);
  assert.deepEqual(await attempt({ ...chosen, brand_content: true }), [422, "options_not_accepted"]);
  assert.deepEqual(await attempt(chosen, "😀".repeat(1_101)), [422, "text_not_accepted"]);
});
