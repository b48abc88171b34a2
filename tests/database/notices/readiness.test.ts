import assert from "node:assert/strict";
import { addPublisher, createPost, type Publisher } from "../publish/support.ts";
import { openDatabase } from "../support/database.ts";
import { listMails } from "./support.ts";

const HOUR = 3_600_000;
const PROBLEM = { key: "file", title: "The file is missing", body: "Put it back.", link_path: "/posts" };

Deno.test("Looking ahead at scheduled posts", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const schedule = async (hours: number) => {
    const publisher = await addPublisher(admin);
    const scheduledFor = new Date(Date.now() + hours * HOUR);
    const { published_video_id: id } = await createPost(sql, publisher, { scheduledFor });
    return { ...publisher, id };
  };
  const claim = async (postId: string) =>
    (await sql`select * from public.claim_readiness_checks(100, 60)`).find(({ post_id }) =>
      post_id === postId
    );
  const save = async (
    check: { post_id: string; lease_token: string; mark: string; scheduled_for: Date },
    problems: object[],
  ) => {
    const [row] = await sql`
      select public.save_readiness_check(
        ${check.post_id}, ${check.lease_token}, ${check.mark}, ${check.scheduled_for}, ${
      sql.json(problems as never)
    }
      ) as saved`;
    return row!.saved;
  };
  const told = async ({ userId }: Publisher) =>
    (await admin`
      select id, title from public.notifications where user_id = ${userId} and kind = 'publish.readiness' order by id`)
      .map(({ id, title }) => ({ id: String(id), title: String(title) }));
  const later = () => admin`update private.readiness_checks set checked_at = now() - interval '14 minutes'`;
  const look = async (postId: string, problems: object[]) => {
    const check = await claim(postId);
    assert.ok(check, "the post is looked at");
    assert.equal(await save(check as never, problems), true);
  };
  const move = async ({ userId, id }: Publisher & { id: string }, hours: number) => {
    await admin`
      update public.publishing_queue set scheduled_for = now() + make_interval(secs => ${hours * 3600})
      where user_id = ${userId} and published_video_id = ${id}`;
  };

  await t.step("begins a day before, and comes again an hour before", async () => {
    const [far, near, soon] = [await schedule(30), await schedule(20), await schedule(0.5)];
    const checks = await sql`select * from public.claim_readiness_checks(100, 0)`;
    const markOf = (id: string) => checks.find(({ post_id }) => post_id === id)?.mark;
    assert.deepEqual([markOf(near!.id), markOf(soon!.id), markOf(far!.id)], ["day", "hour", undefined]);
    await look(near!.id, []);
    assert.equal(await claim(near!.id), undefined, "all was well");
    await move(near!, 0.9);
    await look(near!.id, []);
  });

  await t.step("knows the targets with accounts and room", async () => {
    const post = await schedule(5);
    const check = await claim(post.id);
    assert.deepEqual(
      check!.targets.map((
        target: Record<string, unknown>,
      ) => [target.platform, target.status, target.has_room]),
      [["youtube", "connected", true]],
    );
    await admin`update private.provider_budgets set max_count = 1 where budget = 'youtube.inserts'`;
    const other = await schedule(6).catch((error) => error);
    await admin`update private.provider_budgets set max_count = 100 where budget = 'youtube.inserts'`;
    assert.ok(other instanceof Error, "a day that is full takes no post at all");
    await admin`
      insert into private.budget_takes (budget, scope_key, user_id, amount, taken_at)
      select 'youtube.inserts', 'app', ${post.userId}, 100, job.reserved_at
      from private.publish_jobs as job
      join public.publishing_queue as target on target.id = job.target_id
      where target.published_video_id = ${post.id}`;
    await admin`update private.readiness_checks set lease_until = now() where post_id = ${post.id}`;
    assert.equal((await claim(post.id))!.targets[0].has_room, false, "somebody else has used it up");
    await admin`delete from private.budget_takes where user_id = ${post.userId}`;
  });

  await t.step(
    "tells a problem once, once more an hour before, and takes it back when it is mended",
    async () => {
      const post = await schedule(20);
      await look(post.id, [PROBLEM]);
      const first = await told(post);
      assert.equal(first.length, 1);
      await later();
      await look(post.id, [PROBLEM]);
      assert.deepEqual(await told(post), first, "not again at the same time");
      await move(post, 0.9);
      await look(post.id, [PROBLEM, { ...PROBLEM, key: "account", title: "Connect" }]);
      const second = await told(post);
      assert.deepEqual(second.map(({ title }) => title).sort(), ["Connect", PROBLEM.title]);
      assert.ok(!second.some(({ id }) => id === first[0]!.id), "in the place of the first one");
      await later();
      await look(post.id, [PROBLEM]);
      assert.deepEqual((await told(post)).map(({ title }) => title), [PROBLEM.title]);
      await later();
      await look(post.id, []);
      assert.deepEqual(await told(post), []);
    },
  );

  await t.step("puts what it finds for one user into one mail", async () => {
    const post = await schedule(20);
    await look(post.id, [PROBLEM, { ...PROBLEM, key: "b" }, { ...PROBLEM, key: "c" }]);
    assert.deepEqual((await listMails(admin, post.userId)).map(({ notices }) => notices), [3]);
  });

  await t.step("forgets what it told of a post that was canceled or moved away", async () => {
    for (
      const end of [
        (post: Publisher & { id: string }) => sql`select public.cancel_post(${post.userId}, ${post.id})`,
        (post: Publisher & { id: string }) => move(post, 90),
      ]
    ) {
      const post = await schedule(20);
      await look(post.id, [PROBLEM]);
      await end(post);
      await admin`select private.forget_readiness()`;
      assert.deepEqual(await told(post), []);
    }
  });

  await t.step("leaves a post to one worker at a time", async () => {
    const post = await schedule(20);
    const check = await claim(post.id);
    assert.equal(await claim(post.id), undefined);
    await admin`update private.readiness_checks set lease_until = now() where post_id = ${post.id}`;
    const again = await claim(post.id);
    assert.equal(await save(check as never, [PROBLEM]), false);
    assert.equal(await save(again as never, []), true);
    assert.deepEqual(await told(post), []);
  });

  await t.step("leaves accounts that leave alone", async () => {
    const post = await schedule(20);
    await admin`insert into private.account_deletions (user_id) values (${post.userId})`;
    assert.equal(await claim(post.id), undefined);
  });
});
