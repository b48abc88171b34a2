import assert from "node:assert/strict";
import { join } from "node:path";
import { hmacSha256Hex } from "../../../supabase/functions/_shared/core/digest.ts";
import { createOperator } from "../support/account.ts";
import { poll } from "../support/poll.ts";
import { PORTS } from "../support/ports.ts";
import { inSeconds, openPublishWorld } from "../support/publish-world.ts";

const world = await openPublishWorld(PORTS.publishTending);
const { env, sql } = world;
const creator = await world.createCreator();
const { cronSecret } = JSON.parse(await Deno.readTextFile(join(world.dataDir, "secrets.json")));
const WORK = "/functions/v1/publish/internal/work";

Deno.test.afterAll(() => world.close());

Deno.test("Staged copies: what nobody fetches any more leaves the bucket", async (t) => {
  const bucket = createOperator(env).storage.from("published-videos");
  const listObjects = async () =>
    (await bucket.list(creator.account.id)).data!.map(({ name }) => name).sort();
  const nameOf = ({ id }: { id: string }) => `${id}.mp4`;
  const tend = () => sql`select private.call_function('publish/internal/remove-spent-copies')`;
  const old = await creator.post("A week ago", ["instagram"]);
  const fresh = await creator.post("Today", ["instagram"]);
  const waiting = await creator.post("Not out yet", ["instagram"], { scheduled_for: inSeconds(500) });
  for (const { id } of [old, fresh]) await creator.waitFor(id, "instagram", "published");
  await creator.waitFor(waiting.id, "instagram", "ready");
  const all = [old, fresh, waiting].map(nameOf).sort();

  await t.step("it stays for seven days while it may be needed", async () => {
    assert.deepEqual(await listObjects(), all);
    await sql`
      update private.staged_copies set created_at = now() - interval '6 days 23 hours'
      where post_id in (${old.id}, ${waiting.id})`;
    await tend();
    const [marked] =
      await sql`select count(*)::integer from private.staged_copies where removing_at is not null`;
    assert.equal(marked!.count, 0);
    assert.deepEqual(await listObjects(), all);
  });

  await t.step("then goes, and its row with it", async () => {
    await sql`
      update private.staged_copies set created_at = now() - interval '7 days 1 minute' where post_id = ${old.id}`;
    await tend();
    await poll("the copy is gone", async () => !(await listObjects()).includes(nameOf(old)));
    await poll(
      "its row is gone",
      async () => (await sql`select from private.staged_copies where post_id = ${old.id}`).length === 0,
    );
    assert.deepEqual(await listObjects(), [fresh, waiting].map(nameOf).sort());
  });

  await t.step("the post stays, and so does what waits", async () => {
    assert.equal((await creator.postsOf("A week ago")).length, 1);
    await creator.call("PATCH", `posts/${waiting.id}`, { scheduled_for: inSeconds(0) });
    await creator.waitFor(waiting.id, "instagram", "published");
  });
});

Deno.test("Pokes: a lost one costs no more than the next tick", async () => {
  await sql`alter table private.publish_jobs disable trigger publish_jobs_poke`;
  try {
    const { id } = await creator.post("Nobody called", ["youtube"]);
    await creator.waitFor(id, "youtube", "published", 30_000);
    assert.equal((await creator.postsOf("Nobody called")).length, 1);
  } finally {
    await sql`alter table private.publish_jobs enable trigger publish_jobs_poke`;
  }
});

Deno.test("Pokes: the worker answers its own clock alone", async (t) => {
  const now = () => Math.floor(Date.now() / 1000);
  const sign = async (timestamp: number | string, path = WORK, secret = cronSecret) => ({
    "x-cron-timestamp": String(timestamp),
    "x-cron-signature": await hmacSha256Hex(secret, `${timestamp}.${path}`),
  });
  async function poke(headers: Record<string, string>): Promise<number> {
    const response = await fetch(`${env.API_URL}${WORK}`, {
      method: "POST",
      headers: { apikey: env.PUBLISHABLE_KEY!, "content-type": "application/json", ...headers },
      body: JSON.stringify({ lane: 1 }),
    });
    await response.body?.cancel();
    return response.status;
  }
  const genuine = await sign(now());
  const refused: [string, Record<string, string>][] = [
    ["without a signature", {}],
    ["older than a minute", await sign(now() - 62)],
    ["more than a minute ahead", await sign(now() + 70)],
    ["with a newer time put on it", { ...genuine, "x-cron-timestamp": String(now() + 30) }],
    ["without a time", await sign("")],
    ["with a time that is none", await sign("NaN")],
    ["signed for another job", await sign(now(), "/functions/v1/publish/internal/remove-spent-copies")],
    ["signed for another function", await sign(now(), "/functions/v1/onedrive/internal/refresh-tokens")],
    ["signed with another secret", await sign(now(), WORK, "guessed-secret-guessed-secret")],
    ["with a user's token instead", { authorization: `Bearer ${creator.account.token}` }],
    ["with the secret key instead", { apikey: env.SECRET_KEY!, authorization: `Bearer ${env.SECRET_KEY}` }],
  ];
  for (const [title, headers] of refused) {
    await t.step(`refused: ${title}`, async () => assert.equal(await poke(headers), 401));
  }

  await t.step("taken: its own, and again within the minute without a second effect", async () => {
    const { id } = await creator.post("Poked", ["youtube"]);
    for (let time = 0; time < 5; time++) assert.equal(await poke(genuine), 202);
    await creator.waitFor(id, "youtube", "published");
    assert.equal((await creator.postsOf("Poked")).length, 1);
  });
});
