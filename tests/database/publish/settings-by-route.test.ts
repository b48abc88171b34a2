import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addPublisher, createPost, makeReady } from "./support.ts";

Deno.test("Settings by platform may name a route of its accounts", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const publisher = await addPublisher(admin);
  const addAccount = async (route: string) => {
    const [row] = await admin<{ id: string }[]>`
      insert into public.oauth_connections (user_id, platform, route, account_id)
      values (${publisher.userId}, 'tiktok', ${route}, ${route}) returning id`;
    return row!.id;
  };
  const create = async (connectionId: string) => {
    const { targets } = await createPost(sql, { ...publisher, connectionId }, {}, "tiktok");
    return targets[0]!.id;
  };
  const accounts = { blotato: await addAccount("blotato"), direct: await addAccount("tiktok") };
  const [blotato, direct] = [await create(accounts.blotato), await create(accounts.direct)];
  const set = (key: string, value: unknown) =>
    admin`update private.settings set value = ${admin.json(value as never)} where key = ${key}`;
  const read = async (targetId: string) => {
    const [row] = await sql`select poll_seconds, max_polls from public.read_publish_targets(${[targetId]})`;
    return [row!.poll_seconds, row!.max_polls];
  };

  await t.step("the route counts before the platform, and that before the default", async () => {
    await set("publish.poll_seconds", { default: [9], tiktok: [5], "tiktok/blotato": [10, 60] });
    await set("publish.max_polls", { default: 9, "tiktok/blotato": 3 });
    assert.deepEqual(await read(blotato), [[10, 60], 3]);
    assert.deepEqual(await read(direct), [[5], 9]);
  });

  await t.step("a setting that says nothing leaves what the engine has", async () => {
    await set("publish.poll_seconds", {});
    await set("publish.max_polls", { "tiktok/blotato": null });
    assert.deepEqual(await read(blotato), [[15, 30, 60], 40]);
  });

  await t.step("how long absence proves nothing is the route's as well", async () => {
    await set("publish.settle_seconds", { default: 7, "tiktok/blotato": 1800 });
    const settleOf = async (connectionId: string) => {
      const targetId = await create(connectionId);
      const job = await makeReady(sql, targetId);
      await sql`
        select public.begin_irreversible_call(${targetId}, ${job.lease_token}, ${job.revision}, ${
        sql.json({})
      })`;
      const [row] = await admin`
        select round(extract(epoch from settle_until - called_at))::int as seconds
        from private.publish_jobs where target_id = ${targetId}`;
      return row!.seconds;
    };
    assert.deepEqual([await settleOf(accounts.blotato), await settleOf(accounts.direct)], [1800, 7]);
  });
});

Deno.test("What ships waits longer for Blotato than for anybody", async () => {
  await using database = await openDatabase();
  const rows = await database.sql`select key, value -> 'tiktok/blotato' as value from private.settings
    where value ? 'tiktok/blotato' order by key`;
  const shipped = Object.fromEntries(rows.map(({ key, value }) => [key, value]));
  assert.ok(shipped["publish.poll_seconds"].every((seconds: number) => seconds >= 10));
  assert.ok(shipped["publish.settle_seconds"] >= 1800);
  assert.ok(shipped["publish.max_polls"] > 0);
  const budgets = await database.sql`
    select budget, max_count, window_seconds from private.provider_budgets where budget like 'blotato.%' order by 1`;
  assert.deepEqual(
    budgets.map(({ budget, max_count: max, window_seconds: seconds }) => [budget, max, seconds]),
    [
      ["blotato.lists", 55, 60],
      ["blotato.polls", 55, 60],
      ["blotato.posts", 28, 60],
    ],
  );
});
