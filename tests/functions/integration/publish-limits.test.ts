import assert from "node:assert/strict";
import { PORTS } from "../support/ports.ts";
import { poll } from "../support/poll.ts";
import { type Creator, openPublishWorld, type Platform } from "../support/publish-world.ts";

const world = await openPublishWorld(PORTS.publishLimits);
const { env, sql, control } = world;
const TRIES = 7;
const ROOM = 4;

Deno.test.afterAll(() => world.close());

/** Calls which the platforms refused; nothing is injected here, so each would be one too many of ours. */
async function listRefusals() {
  const calls = await Promise.all(["google", "meta", "instagram"].map(async (service) => {
    const response = await fetch(`${env.SANDBOX_URL}/__sandbox/requests?service=${service}`);
    return await response.json() as { method: string; route: string; status: number }[];
  }));
  return calls.flat().filter(({ status }) => status >= 400);
}

/** Posts one after the other to one platform; resolves to the answers. */
async function tryPosts(creator: Creator, platform: Platform) {
  const answers = [];
  for (let number = 0; number < TRIES; number++) {
    answers.push(
      await creator.call("POST", "posts", {
        video_id: creator.videoId,
        caption: `Try ${number}`,
        targets: [{ platform }],
      }),
    );
  }
  return answers;
}

/** Waits until no target of the person moves by itself any more; the count of each status. */
async function waitForRest({ account }: Creator): Promise<Record<string, number>> {
  return await poll("everything rests", async () => {
    const rows = await sql`
      select status, count(*)::integer from public.publishing_queue where user_id = ${account.id} group by status`;
    return rows.every(({ status }) => ["published", "quota_wait"].includes(status)) &&
      Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }, 60_000);
}

/** Makes everything that was taken a day and a bit older. */
const passADay = () => sql`update private.budget_takes set taken_at = taken_at - interval '25 hours'`;

Deno.test("Limits: the project's uploads of a day are never asked for more", async (t) => {
  await control.set({ service: "google", inserts_per_day: ROOM });
  await sql`update private.provider_budgets set max_count = ${ROOM} where budget = 'youtube.inserts'`;
  const creator = await world.createCreator(200_000);

  await t.step("what has no place that day is refused with the next one", async () => {
    const answers = await tryPosts(creator, "youtube");
    const full = answers.filter(({ body }) => body.code === "day_is_full");
    assert.deepEqual(full.map(({ status }) => status), Array(TRIES - ROOM).fill(422));
    assert.deepEqual(await waitForRest(creator), { published: ROOM });
  });

  await t.step("a limit that is lowered meanwhile makes posts wait for midnight in California", async () => {
    await passADay();
    await sql`update private.provider_budgets set max_count = ${ROOM + 2} where budget = 'youtube.inserts'`;
    await control.set({ service: "google", inserts_per_day: 1 });
    await creator.post("Goes out", ["youtube"]);
    await waitForRest(creator);
    await sql`alter table private.publish_jobs disable trigger publish_jobs_poke`;
    const { id } = await creator.post("Has to wait", ["youtube"]);
    await sql`update private.provider_budgets set max_count = 1 where budget = 'youtube.inserts'`;
    await sql`alter table private.publish_jobs enable trigger publish_jobs_poke`;
    await creator.waitFor(id, "youtube", "quota_wait");
    const [row] = await sql`
      select extract(hour from retry_at at time zone 'America/Los_Angeles')::integer as hour, retry_at > now() as is_later
      from public.publishing_queue where published_video_id = ${id}`;
    assert.deepEqual({ ...row }, { hour: 0, is_later: true });
    const { status, body } = await creator.call("POST", `posts/${id}/cancel`);
    assert.deepEqual([status, body.overall_status], [200, "canceled"]);
  });

  await t.step("YouTube refused nothing", async () => assert.deepEqual(await listRefusals(), []));
});

Deno.test("Limits: an account's Reels of a day are never asked for more", async (t) => {
  // Lower than what we allow ourselves: the account's own word counts.
  await control.set({ service: "instagram", publishes_per_day: ROOM });
  const creator = await world.createCreator(200_000);

  await t.step("those beyond wait, prepared", async () => {
    for (const { status, body } of await tryPosts(creator, "instagram")) {
      assert.equal(status, 201, JSON.stringify(body));
    }
    assert.deepEqual(await waitForRest(creator), { published: ROOM, quota_wait: TRIES - ROOM });
  });

  await t.step("and go out once there is room again", async () => {
    await passADay();
    await control.set({ service: "instagram", publishes_per_day: ROOM + 1 });
    await sql`
      update private.publish_jobs set work_at = now() where user_id = ${creator.account.id} and work_at is not null`;
    assert.deepEqual(await waitForAll(creator), { published: TRIES });
    assert.equal((await creator.postsOf("Try ")).length, TRIES);
  });

  await t.step("Instagram refused nothing", async () => assert.deepEqual(await listRefusals(), []));
});

async function waitForAll(creator: Creator): Promise<Record<string, number>> {
  return await poll("everything is out", async () => {
    const counts = await waitForRest(creator);
    return counts.quota_wait === undefined && counts;
  }, 60_000);
}
