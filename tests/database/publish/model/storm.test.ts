import assert from "node:assert/strict";
import { openDatabase } from "../../support/database.ts";
import { addPublisher, createPost } from "../support.ts";
import { Random } from "./random.ts";
import { Storm } from "./storm.ts";

const SEED = Number(Deno.env.get("MODEL_SEED") ?? crypto.getRandomValues(new Uint32Array(1))[0]);
const ROUNDS = Number(Deno.env.get("STORM_ROUNDS") ?? 40);
const WORKERS = 8;
const POSTS = 400;
const ENDED = ["published", "canceled", "failed"];

Deno.test(`Publishing under workers, users and cron at once posts nothing twice (MODEL_SEED=${SEED})`, async () => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" }, max: 12 });
  await admin`update private.provider_budgets set max_count = 1000000`;
  const publishers = await Promise.all([1, 2, 3].map(() => addPublisher(admin)));
  const random = new Random(SEED);
  const storm = new Storm(sql, admin, random);
  const made: { userId: string; postId: string; targetId: string; connectionId: string }[] = [];
  const create = async () => {
    const publisher = random.pick(publishers);
    const { published_video_id: postId, targets } = await createPost(sql, publisher);
    made.push({ ...publisher, postId, targetId: targets[0]!.id });
  };
  for (let i = 0; i < 40; i++) await create();

  const decide = async (post: typeof made[number]) => {
    const isThere = storm.isThere(post.targetId);
    await sql`select public.decide_unknown_target(${post.userId}, ${post.targetId}, ${isThere}, 'u')`;
  };
  const expire = ({ userId, connectionId }: typeof made[number]) =>
    sql.begin(async (tx) => {
      await tx`select private.lock_accounts(array[${userId}]::uuid[])`;
      await tx`select private.park_account_posts(${userId}, ${connectionId})`;
    });
  const act = async (post: typeof made[number]) => {
    const { userId, postId, connectionId } = post;
    const name = random.weighted({
      create: 4,
      edit: 4,
      move: 3,
      retry: 5,
      cancel: 1,
      decide: 3,
      reconnect: 3,
      expire: 2,
    });
    const changes = name === "edit"
      ? { caption: crypto.randomUUID() }
      : { scheduled_for: new Date(Date.now() + random.pick([-60, 60, 1800]) * 1000) };
    if (name === "create") { if (made.length < POSTS) await create(); }
    else if (name === "edit" || name === "move") {
      await sql`select public.edit_post(${userId}, ${postId}, ${sql.json(changes)})`;
    } else if (name === "retry") await sql`select public.retry_post(${userId}, ${postId})`;
    else if (name === "cancel") await sql`select public.cancel_post(${userId}, ${postId})`;
    else if (name === "decide") await decide(post);
    else if (name === "expire") await expire(post);
    else await sql`select public.resume_after_reconnect(${connectionId})`;
  };

  let isOver = false;
  const worker = async (lane: number) => {
    while (!isOver) await storm.work(lane, false);
  };
  const user = async () => {
    // Those made last still move.
    while (!isOver) await storm.act(() => act(random.pick(made.slice(-40))));
  };
  const clock = async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await storm.act(async () => {
        storm.landSome();
        await admin`select private.park_lost_jobs()`;
      });
      await storm.passTime(random.pick([5, 30, 61, 130, 400]));
      await storm.workLate();
    }
    isOver = true;
  };
  await Promise.all([
    clock(),
    ...Array.from({ length: WORKERS }, (_, index) => worker(index % 2)),
    user(),
    user(),
  ]);
  const problems = await admin`
    select * from private.find_stuck_targets() where problem not like 'due for ten minutes%'`;
  assert.deepEqual([...problems], []);

  // Calm: accounts are connected, workers live, users say what they see.
  for (let round = 0; round < 40; round++) {
    await storm.passTime(700);
    await admin`select private.park_lost_jobs()`;
    for (const { connectionId } of publishers) {
      await sql`select public.resume_after_reconnect(${connectionId})`;
    }
    for (const lane of [1, 0]) while (await storm.work(lane, true) > 0);
    const open = await admin<{ id: string }[]>`
      select id from public.publishing_queue where status = 'unknown' and retry_at is null`;
    for (const { id } of open) await storm.act(() => decide(made.find(({ targetId }) => targetId === id)!));
  }

  const rows = await admin<{ id: string; status: string }[]>`select id, status from public.publishing_queue`;
  assert.equal(rows.length, made.length, "nothing was lost");
  for (const { id, status } of rows) {
    assert.ok(ENDED.includes(status), `${id} is stuck in ${status}`);
    assert.equal(storm.isThere(id), status === "published", `${id} is ${status}`);
  }
  assert.deepEqual([...await admin`select * from private.find_stuck_targets()`], []);
  assert.ok(storm.posts.size > 0);
  console.log(`${storm.posts.size} posts of ${made.length}; refused: ${JSON.stringify([...storm.refusals])}`);
  const called =
    await admin`select 1 from public.publishing_queue where status = 'published' and called_at is null`;
  assert.equal(called.length, 0, "nothing is published without its call on record");
});
