import assert from "node:assert/strict";
import { createAccountAccess } from "../../../supabase/functions/_shared/providers/oauth/account-access.ts";
import { eventually } from "../../support/eventually.ts";
import { createStackDeps } from "../support/publish-deps.ts";
import { PORTS } from "../support/ports.ts";
import { connectPlatform } from "../support/publish.ts";
import { inSeconds } from "../support/publish-world.ts";
import { sha256Of } from "../support/published.ts";
import { openTiktokWorld } from "../support/tiktok-world.ts";

const world = await openTiktokWorld(PORTS.publishTiktok);
const { env, sql, fault, setTiktok } = world;
const owner = await world.createCreator();
const small = await owner.addVideo(1_200_000);
Deno.test.afterAll(() => world.close());

const UPLOAD = { method: "PUT", path: "/video/" };

async function countCalls(route: string): Promise<number> {
  const calls = await (await fetch(`${env.SANDBOX_URL}/__sandbox/requests?service=tiktok`)).json();
  return calls.filter((call: { route: string }) => call.route === route)
    .reduce((sum: number, call: { count: number }) => sum + call.count, 0);
}

/** Gives a post another time; null is now. */
async function moveTo(id: string, scheduled_for: string | null): Promise<void> {
  const { status, body } = await owner.call("PATCH", `posts/${id}`, { scheduled_for });
  assert.equal(status, 200, JSON.stringify(body));
}

Deno.test("TikTok: a post without a time", async (t) => {
  const id = await owner.post(small.id, "At once", { ai_generated: true, disable_duet: true }, {
    hashtags: ["kettle"],
  });

  await t.step("goes out once, with the file's bytes", async () => {
    const target = await owner.waitFor(id, "published");
    assert.equal(target.error, null);
    const [post, ...more] = await owner.postsOf("At once");
    assert.equal(more.length, 0);
    assert.equal(post!.sha256, await sha256Of(small.bytes));
    assert.equal(post!.caption, "At once\n\n#kettle");
  });

  await t.step("has the address of all 19 digits, which plays it as it was asked for", async () => {
    const target = await owner.waitFor(id, "published");
    const [post] = await owner.postsOf("At once");
    assert.match(post!.id, /^\d{19}$/);
    assert.notEqual(String(Number(post!.id)), post!.id);
    assert.equal(target.platform_url, post!.url);
    const page = await (await fetch(target.platform_url!)).text();
    for (const word of [/<video/, /AI-generated/, /no duets/]) assert.match(page, word);
    assert.doesNotMatch(page, /no comments/);
  });
});

Deno.test("TikTok: a file above 64 MB goes up in chunks before its time", async () => {
  const large = await owner.addVideo(66_000_007);
  const before = await countCalls("/video/");
  const id = await owner.post(large.id, "Large", {}, { scheduled_for: inSeconds(500) });
  await owner.waitFor(id, "ready");
  assert.equal(await countCalls("/video/"), before + 5, "all chunks but the last");
  assert.deepEqual(await owner.postsOf("Large"), []);
  const dueAt = inSeconds(3);
  await moveTo(id, dueAt);
  await owner.waitFor(id, "published");
  const [post, ...more] = await owner.postsOf("Large");
  assert.equal(more.length, 0);
  assert.equal(post!.sha256, await sha256Of(large.bytes));
  assert.equal(await countCalls("/video/"), before + 6);
  assert.ok(new Date(post!.created_at) >= new Date(dueAt), "not before its time");

  const broken = await owner.post(large.id, "Broken off");
  await fault({ ...UPLOAD, kind: "drop_after", value: 3_000_000, times: 2, skip: 2 });
  await owner.waitFor(broken, "published", 60_000);
  assert.deepEqual((await owner.postsOf("Broken off")).map(({ sha256 }) => sha256), [post!.sha256]);
});

Deno.test("TikTok: the answer to the last chunk is lost", async () => {
  const id = await owner.post(small.id, "Unheard", {}, { scheduled_for: inSeconds(500) });
  await owner.waitFor(id, "ready");
  await fault({ ...UPLOAD, kind: "lost_answer" });
  await moveTo(id, null);
  const target = await owner.waitFor(id, "published");
  assert.equal((await owner.postsOf("Unheard")).length, 1);
  assert.equal(target.attempts, 1);
});

Deno.test("TikTok: the last chunk breaks off and is sent again", async () => {
  const id = await owner.post(small.id, "Cut", {}, { scheduled_for: inSeconds(500) });
  await owner.waitFor(id, "ready");
  await fault({ ...UPLOAD, kind: "drop_after", value: 500_000 });
  await moveTo(id, null);
  await owner.waitFor(id, "published");
  assert.equal((await owner.postsOf("Cut")).length, 1);
});

Deno.test("TikTok: an upload address that is over before its time is replaced", async () => {
  const inits = await countCalls("/v2/post/publish/video/init/");
  const id = await owner.post(small.id, "Too old", {}, { scheduled_for: inSeconds(500) });
  await owner.waitFor(id, "ready");
  await fault({ ...UPLOAD, kind: "revoke" });
  await moveTo(id, null);
  await owner.waitFor(id, "published");
  assert.equal((await owner.postsOf("Too old")).length, 1);
  assert.equal(await countCalls("/v2/post/publish/video/init/"), inits + 2);
});

Deno.test("TikTok: a text that changes after the announcement is announced again", async () => {
  const id = await owner.post(small.id, "First words", {}, { scheduled_for: inSeconds(600) });
  await owner.waitFor(id, "ready");
  const { status } = await owner.call("PATCH", `posts/${id}`, {
    caption: "Second words",
    scheduled_for: null,
  });
  assert.equal(status, 200);
  await owner.waitFor(id, "published");
  assert.equal((await owner.postsOf("First words")).length, 0);
  assert.equal((await owner.postsOf("Second words")).length, 1);
});

Deno.test("TikTok: a post moved by more than its upload address lives is prepared anew", async () => {
  const id = await owner.post(small.id, "Moved", {}, { scheduled_for: inSeconds(300) });
  await owner.waitFor(id, "ready");
  await owner.call("PATCH", `posts/${id}`, { scheduled_for: inSeconds(3300) });
  await owner.waitFor(id, "scheduled");
  const [job] = await sql`
    select job.step, job.secret from private.publish_jobs job
    join public.publishing_queue target on target.id = job.target_id where target.published_video_id = ${id}`;
  assert.deepEqual([job!.step, job!.secret], ["prepare", null]);
  await owner.call("POST", `posts/${id}/cancel`, {});
});

Deno.test("TikTok: a public post is there before its address is known", async () => {
  await setTiktok({ moderation_ms: 2_500 });
  const soon = await owner.post(small.id, "Checked soon");
  assert.match((await owner.waitFor(soon, "published")).platform_url!, /\/@[\w.]+\/video\/\d{19}$/);
  await setTiktok({ moderation_ms: 3_600_000 });
  const late = await owner.post(small.id, "Checked late");
  const target = await owner.waitFor(late, "published", 60_000);
  assert.deepEqual([target.platform_url, target.error], [null, null]);
  const { body } = await owner.call("GET", `posts/${late}`);
  const [{ notice }] = body.targets as [{ notice: { code: string } }];
  assert.equal(notice.code, "link_follows");

  const askNow = async () => {
    await sql`update private.awaited_links set ask_at = now()`;
    await sql`select private.tend_awaited_links()`;
  };
  const countAsks = async () => Number((await sql`select asks from private.awaited_links`)[0]?.asks ?? 0);
  const before = await countAsks();
  await askNow();
  await eventually("it was asked in vain", async () => await countAsks() > before);
  assert.equal((await owner.waitFor(late, "published")).platform_url, null);
  // Now TikTok has looked at it.
  await fault({ path: "/v2/post/publish/status/fetch/", kind: "slow_processing", value: 0 });
  await askNow();
  const [post] = await owner.postsOf("Checked late");
  const linked = await eventually("its address is there", async () => {
    const found = (await owner.call("GET", `posts/${late}`)).body.targets as [
      { platform_url: string | null },
    ];
    return found[0].platform_url !== null && found[0];
  });
  assert.deepEqual([linked.platform_url, "notice" in linked], [post!.url, false]);
  assert.deepEqual([...(await sql`select from private.awaited_links`)], []);
  await setTiktok({ moderation_ms: 100 });
});

Deno.test("TikTok: a post for its maker alone has no address, and nothing to be said of it", async () => {
  const id = await owner.post(small.id, "For me", { privacy_level: "SELF_ONLY" });
  const target = await owner.waitFor(id, "published");
  assert.deepEqual([target.platform_url, target.error], [null, null]);
  const { body } = await owner.call("GET", `posts/${id}`);
  assert.equal((body.targets as [{ notice?: unknown }])[0].notice, undefined);
});

Deno.test("TikTok: workers that are killed lose nothing and post nothing twice", async () => {
  const captions = Array.from({ length: 5 }, (_, number) => `Killed ${number}`);
  const ids = await Promise.all(captions.map((caption) => owner.post(small.id, caption)));
  for (let kill = 0; kill < 4; kill++) await world.killFunction("publish");
  for (const id of ids) await owner.waitFor(id, "published", 120_000);
  for (const caption of captions) assert.equal((await owner.postsOf(caption)).length, 1, caption);
});

Deno.test("TikTok: renewing", async (t) => {
  const deps = await createStackDeps(world);
  const person = await world.createCreator();
  const video = await person.addVideo(400_000);
  const connectionId = person.connection.id;
  const age = () =>
    sql`update private.oauth_tokens set expires_at = now() + interval '20 seconds' where connection_id = ${connectionId}`;

  await t.step("a write that fails is made again, since the old token is over", async () => {
    await age();
    let failures = 0;
    const store: typeof deps.tokens = {
      ...deps.tokens,
      async saveRefreshed(...saved) {
        if (++failures === 1) throw new Error("the database is away");
        const isSaved = await deps.tokens.saveRefreshed(...saved);
        // Written, and unheard.
        if (failures === 2) throw new Error("the answer is lost");
        return isSaved;
      },
    };
    const findLogin = (platform: string, route: string) =>
      deps.logins.find((login) => login.platform === platform && login.route === route) ?? null;
    const access = createAccountAccess({ ...deps, store, findLogin });
    const opened = await access.open(person.account.id, connectionId);
    assert.equal(failures, 3);
    assert.match(opened.token, /^act\./);
    await age();
    assert.notEqual((await deps.access.open(person.account.id, connectionId)).token, opened.token);
  });

  await t.step("a renewal whose answer is lost ends in signing in again, and the post goes on", async () => {
    await age();
    await fault({ method: "POST", path: "/v2/oauth/token/", kind: "lost_answer" });
    const id = await person.post(video.id, "After signing in");
    await person.waitFor(id, "needs_reauth");
    assert.equal((await connectPlatform(env, person.account, "tiktok", person.name)).id, connectionId);
    await person.waitFor(id, "published");
    assert.equal((await person.postsOf("After signing in")).length, 1);
  });

  await t.step("disconnecting takes the permission back, also when the access token has ended", async () => {
    await fault({ method: "POST", path: "/v2/oauth/revoke/", kind: "status", value: 400 });
    assert.equal((await person.call("DELETE", `connections/${connectionId}`)).status, 204);
    await eventually(
      "once in vain, then with a new token",
      async () => await countCalls("/v2/oauth/revoke/") === 2,
    );
  });
});
