import assert from "node:assert/strict";
import { eventually } from "../../support/eventually.ts";
import { consentTo, finishPublish } from "../support/publish.ts";
import { PORTS } from "../support/ports.ts";
import { createCreator, inSeconds, openPublishWorld } from "../support/publish-world.ts";

const world = await openPublishWorld(PORTS.publishComments);
const { env, sql, control } = world;
// As long as it takes to look twice.
await sql`update private.settings set value = '{"default": 4}' where key = 'publish.settle_seconds'`;
const creator = await world.createCreator();
const { call } = creator;

Deno.test.afterAll(async () => await world.close());

type Creator = Awaited<ReturnType<typeof createCreator>>;

async function post(
  owner: Creator,
  caption: string,
  first_comment: string,
  more: Record<string, unknown> = {},
) {
  const targets = [{ platform: "instagram", options: { first_comment } }];
  const { status, body } = await owner.call("POST", "posts", {
    video_id: owner.videoId,
    caption,
    targets,
    ...more,
  });
  assert.equal(status, 201, JSON.stringify(body));
  return String(body.published_video_id);
}

/** The comments that the page of a Reel shows. */
async function commentsOf(owner: Creator, text: string): Promise<string[]> {
  const [reel] = await owner.postsOf(text, "instagram");
  const page = await (await fetch(reel!.url)).text();
  return [...page.matchAll(/<\/strong> ([^<]*)<\/li>/g)].map(([, comment]) => comment!.trim());
}

const nothingLeft = () =>
  eventually(
    "nothing is left to do",
    async () => (await sql`select from private.publish_follow_ups`).length === 0,
    90_000,
  );

async function noticeOf(owner: Creator, postId: string) {
  const { body } = await owner.call("GET", `posts/${postId}`);
  const [target] = body.targets as { status: string; notice?: { code: string } }[];
  return [target!.status, target!.notice?.code];
}

const COMMENTS = { method: "POST", path: "*/comments" };

for (const [route, service] of Object.entries({ facebook_login: "meta", instagram_login: "instagram" })) {
  Deno.test(`Comments by ${route}: the first one is below the Reel, once`, async () => {
    const owner = await createCreator(env, 2_000_000, route);
    const id = await post(owner, "Look below", "Kettle: link in bio #tea");
    await owner.waitFor(id, "instagram", "published");
    await nothingLeft();
    assert.deepEqual(await commentsOf(owner, "Look below"), ["Kettle: link in bio #tea"]);
    assert.deepEqual(await noticeOf(owner, id), ["published", undefined]);
  });

  Deno.test(`Comments by ${route}: one whose answer is lost is found and not made again`, async () => {
    const owner = await createCreator(env, 2_000_000, route);
    await control.fault({ service, ...COMMENTS, kind: "lost_answer", times: 1 });
    const id = await post(owner, "Unheard", "Said once");
    await owner.waitFor(id, "instagram", "published");
    await nothingLeft();
    assert.deepEqual(await commentsOf(owner, "Unheard"), ["Said once"]);
    assert.deepEqual(await noticeOf(owner, id), ["published", undefined]);
  });
}

Deno.test("Comments: one that never arrived is made again once that is sure", async () => {
  await sql`update private.settings set value = '{"default": 3600}' where key = 'publish.settle_seconds'`;
  await control.fault({ service: "meta", ...COMMENTS, kind: "status", value: 500, times: 1 });
  const id = await post(creator, "Not arrived", "Said later");
  const target = await creator.waitFor(id, "instagram", "published");
  await eventually("it was looked for before its time is over", async () => {
    const looks = await sql`
      select outcome from public.publish_attempts where target_id = ${target.id} and step = 'follow_up'`;
    return looks.length >= 2;
  }, 60_000);
  assert.deepEqual(await commentsOf(creator, "Not arrived"), []);
  await sql`update private.publish_follow_ups set settle_until = now()`;
  await nothingLeft();
  assert.deepEqual(await commentsOf(creator, "Not arrived"), ["Said later"]);
  await sql`update private.settings set value = '{"default": 4}' where key = 'publish.settle_seconds'`;
});

Deno.test("Comments: a worker killed while it waits for the answer leaves one comment", async () => {
  // Longer than the call takes, which may go on at the platform.
  await sql`update private.settings set value = '{"default": 15}' where key = 'publish.settle_seconds'`;
  await control.fault({ service: "meta", ...COMMENTS, kind: "delay", value: 8_000, times: 1 });
  const id = await post(creator, "Killed inside", "Said through all");
  await creator.waitFor(id, "instagram", "published");
  await eventually(
    "the call is on record",
    async () => (await sql`select from private.publish_follow_ups where called_at is not null`).length === 1,
  );
  await world.killFunction("publish");
  await sql`update private.publish_follow_ups set lease_until = now()`;
  await nothingLeft();
  assert.deepEqual(await commentsOf(creator, "Killed inside"), ["Said through all"]);
  await sql`update private.settings set value = '{"default": 4}' where key = 'publish.settle_seconds'`;
});

Deno.test("Comments: the same words on two posts are there on both", async () => {
  const ids = [
    await post(creator, "Twice one", "The same words"),
    await post(creator, "Twice two", "The same words"),
  ];
  for (const id of ids) await creator.waitFor(id, "instagram", "published");
  await nothingLeft();
  assert.deepEqual(await commentsOf(creator, "Twice one"), ["The same words"]);
  assert.deepEqual(await commentsOf(creator, "Twice two"), ["The same words"]);
});

Deno.test("Comments: an account without the permission keeps its post, and is asked to connect again", async () => {
  const owner = await createCreator(env, 2_000_000);
  const graph = env.META_GRAPH_URL;
  const token = await graphToken(owner.name);
  const taken = await fetch(`${graph}/v25.0/me/permissions/instagram_manage_comments`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(taken.status, 200, await taken.text());
  const id = await post(owner, "Not allowed", "Never said");
  await owner.waitFor(id, "instagram", "published");
  await nothingLeft();
  assert.deepEqual(await commentsOf(owner, "Not allowed"), []);
  assert.deepEqual(await noticeOf(owner, id), ["published", "first_comment_not_allowed"]);
  const { body } = await owner.call("GET", "connections");
  const accounts = body as unknown as { id: string; status: string }[];
  const still = accounts.find((each) => each.id === owner.connections.instagram);
  assert.equal(still!.status, "connected", "the account itself goes on");

  const fragment = await consentTo(env, owner.account, "instagram", owner.name, { route: "facebook_login" });
  assert.equal((await finishPublish(env, owner.account, "instagram", fragment)).status, 200);
  const next = await post(owner, "Allowed again", "Said again");
  await owner.waitFor(next, "instagram", "published");
  await nothingLeft();
  assert.deepEqual(await commentsOf(owner, "Allowed again"), ["Said again"]);
});

Deno.test("Comments: one that Instagram keeps failing is given up with a notice, and the post stays", async () => {
  await sql`update private.settings set value = '[1]' where key = 'publish.reconcile_seconds'`;
  await control.fault({ service: "meta", ...COMMENTS, kind: "status", value: 500, times: 20 });
  const id = await post(creator, "Given up", "Lost for words");
  await creator.waitFor(id, "instagram", "published");
  await nothingLeft();
  await control.clearFaults();
  assert.deepEqual(await noticeOf(creator, id), ["published", "first_comment_unknown"]);
  assert.deepEqual(await commentsOf(creator, "Given up"), []);
});

Deno.test("Comments: they change until the post goes out, and long ones are refused", async () => {
  const id = await post(creator, "Changed words", "First thought", { scheduled_for: inSeconds(300) });
  const { body } = await call("GET", `posts/${id}`);
  const [{ id: targetId }] = body.targets as [{ id: string }];
  const edit = (first_comment: string, more: Record<string, unknown> = {}) =>
    call("PATCH", `posts/${id}`, { targets: [{ id: targetId, options: { first_comment }, ...more }] });
  const refused = await edit("x".repeat(2201));
  assert.deepEqual([refused.status, refused.body.code], [422, "options_not_accepted"]);
  assert.equal((await edit("Second thought", { scheduled_for: null })).status, 200);
  await creator.waitFor(id, "instagram", "published");
  await nothingLeft();
  assert.deepEqual(await commentsOf(creator, "Changed words"), ["Second thought"]);
});

/** A person's own token, by the same sign-in. */
async function graphToken(name: string): Promise<string> {
  const dialog = new URL(`${env.META_DIALOG_URL}/v25.0/dialog/oauth`);
  const redirect_uri = env.SANDBOX_REDIRECT_URI!;
  dialog.search = String(
    new URLSearchParams({
      client_id: env.SANDBOX_CLIENT_ID!,
      redirect_uri,
      response_type: "code",
      scope: "instagram_basic",
      state: "s",
      sandbox_account: name,
    }),
  );
  const back = await fetch(dialog, { redirect: "manual" });
  await back.body?.cancel();
  const code = new URL(back.headers.get("location")!).searchParams.get("code")!;
  const answer = await fetch(`${env.META_GRAPH_URL}/v25.0/oauth/access_token`, {
    method: "POST",
    body: new URLSearchParams({
      client_id: env.SANDBOX_CLIENT_ID!,
      client_secret: env.SANDBOX_CLIENT_SECRET!,
      redirect_uri,
      code,
    }),
  });
  return (await answer.json()).access_token;
}
