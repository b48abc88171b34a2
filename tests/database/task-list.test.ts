import assert from "node:assert/strict";
import { type TaskList, taskListSchema } from "../../supabase/functions/_shared/contracts/tasks.ts";
import { asRole, asUser } from "./support/as-role.ts";
import { openDatabase, type Sql } from "./support/database.ts";
import { addCorrelation, addFamily, addProduct, addUser, addVideo, newAsin } from "./support/fixtures.ts";

interface Query {
  marketplace?: string;
  status?: string;
  productId?: string;
  cursor?: string | null;
  limit?: number;
}

/** The page as the contract describes it; a key too many fails. */
async function list(sql: Sql, userId: string, query: Query = {}): Promise<TaskList> {
  const [row] = await asUser(sql, userId, (tx) =>
    tx`
      select public.list_influencer_tasks(
        p_marketplace => ${query.marketplace ?? null}, p_status => ${query.status ?? null},
        p_product_id => ${query.productId ?? null}, p_cursor => ${query.cursor ?? null},
        p_limit => ${query.limit ?? null}
      ) as page`);
  const page = taskListSchema.parse(row!.page);
  assert.deepEqual(page, row!.page);
  return page;
}

const idsOf = (page: TaskList) => page.groups.flatMap(({ tasks }) => tasks.map(({ id }) => id));

Deno.test("task list", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;

  await t.step("is empty with whole counts for a new account", async () => {
    assert.deepEqual(await list(sql, await addUser(sql)), {
      groups: [],
      counts: { pending: 0, completed: 0, skipped: 0, by_marketplace: { US: 0, CA: 0, UK: 0, DE: 0 } },
      next_cursor: null,
    });
  });

  await t.step("groups tasks by video, newest video first, waiting tasks last", async () => {
    const userId = await addUser(sql);
    const product = await addProduct(sql, userId, { marketplaces: ["US", "DE"] });
    const older = await addVideo(sql, userId, { productId: product.id });
    const newer = await addVideo(sql, userId, { productId: product.id });
    await addCorrelation(sql, userId, product.id, { marketplace: "DE" });
    const waiting = await addProduct(sql, userId);
    await addCorrelation(sql, userId, waiting.id);
    const page = await list(sql, userId);
    assert.deepEqual(
      page.groups.map(({ video, tasks }) => [video?.id ?? null, tasks.length]),
      [[newer, 2], [older, 3], [null, 1]],
    );
    assert.equal(page.groups[0]!.video!.filename, "clip.mp4");
    assert.ok(
      page.groups.every(({ video, tasks }) => tasks.every((task) => task.video_id === (video?.id ?? null))),
    );
  });

  await t.step("filters by marketplace, status and product, and counts", async () => {
    const { userId, productId, asin } = await addFamily(sql, { marketplaces: ["US", "DE"] });
    const other = await addProduct(sql, userId, { marketplaces: ["DE"] });
    await addVideo(sql, userId, { productId: other.id });
    await sql`
      update public.influencer_tasks set status = 'completed'
      where user_id = ${userId} and asin = ${asin} and marketplace = 'DE'`;
    const german = await list(sql, userId, { marketplace: "DE" });
    assert.equal(idsOf(german).length, 3);
    assert.deepEqual(german.counts, {
      pending: 2,
      completed: 1,
      skipped: 0,
      by_marketplace: { US: 2, CA: 0, UK: 0, DE: 2 },
    });
    assert.equal(idsOf(await list(sql, userId, { marketplace: "DE", status: "pending" })).length, 2);
    assert.equal(idsOf(await list(sql, userId, { productId })).length, 4);
    assert.equal(idsOf(await list(sql, userId, { productId, status: "completed" })).length, 1);
    assert.equal((await list(sql, userId)).counts.pending, 4);
  });

  await t.step("pages through everything once, whatever the page size", async () => {
    const userId = await addUser(sql);
    for (let i = 0; i < 3; i++) {
      const product = await addProduct(sql, userId, { marketplaces: ["US", "CA", "UK", "DE"] });
      await addVideo(sql, userId, { productId: product.id });
      await addVideo(sql, userId, { productId: product.id });
    }
    const waiting = await addProduct(sql, userId, { marketplaces: ["US", "CA", "UK", "DE"] });
    await addCorrelation(sql, userId, waiting.id);
    const whole = idsOf(await list(sql, userId, { limit: 200 }));
    assert.equal(whole.length, 28);
    for (const status of [undefined, "pending"]) {
      for (const limit of [1, 3, 4, 7, 24, 26, 27, 28, 29]) {
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const page: TaskList = await list(sql, userId, { cursor, limit, status });
          assert.ok(idsOf(page).length <= limit);
          seen.push(...idsOf(page));
          assert.ok(seen.length <= whole.length, "no page comes twice");
          cursor = page.next_cursor;
        } while (cursor);
        assert.deepEqual(seen, whole, `pages of ${limit}`);
      }
    }
  });

  await t.step("goes on behind the cursor when tasks were added or removed meanwhile", async () => {
    const { userId, productId } = await addFamily(sql, { marketplaces: ["US", "CA", "UK", "DE"] });
    const before = idsOf(await list(sql, userId));
    const first = await list(sql, userId, { limit: 3 });
    await addVideo(sql, userId, { productId });
    await sql`delete from public.influencer_tasks where id = ${before[1]!}`;
    const rest = await list(sql, userId, { cursor: first.next_cursor, limit: 50 });
    assert.deepEqual(idsOf(rest), before.slice(3));
  });

  await t.step("refuses a cursor that is not one of its own", async () => {
    const userId = await addUser(sql);
    for (const cursor of ["", "x", "none_none", `${crypto.randomUUID()}`, "none_' or 1=1 --"]) {
      await assert.rejects(
        list(sql, userId, { cursor }),
        { code: "PT400", detail: "invalid_cursor" },
        cursor,
      );
    }
  });

  await t.step("shows nothing of another account, even for its product", async () => {
    const { productId } = await addFamily(sql);
    const page = await list(sql, await addUser(sql), { productId });
    assert.deepEqual([page.groups, page.counts.pending], [[], 0]);
  });

  await t.step("is closed to anonymous callers", async () => {
    await assert.rejects(asRole(sql, { role: "anon" }, (tx) => tx`select public.list_influencer_tasks()`), {
      code: "42501",
    });
  });
});

Deno.test("a page among many tasks", async (t) => {
  await using database = await openDatabase();
  const admin = database.connect("supabase_admin", { max: 1 });
  const users = Array.from({ length: 50 }, () => crypto.randomUUID());
  await admin`insert into auth.users (id, email) select id::uuid, id from unnest(${users}::text[]) as id`;
  const product = await addProduct(database.sql, users[0]!, { asin: newAsin() });
  const videos = await Promise.all(Array.from({ length: 5 }, () => addVideo(database.sql, users[0]!)));
  await admin`set session_replication_role = replica`;
  await admin`
    insert into public.influencer_tasks (user_id, product_id, marketplace, asin, search_asin, video_id, status, completed_at)
    select
      u.id::uuid, case when u.place = 1 then ${product.id}::uuid end,
      (array['US', 'CA', 'UK', 'DE'])[1 + n % 4], 'C' || lpad(n::text, 9, '0'), 'P' || lpad((n / 20)::text, 9, '0'),
      case when u.place = 1 and n % 3 > 0 then (${videos}::uuid[])[1 + n % 5] end,
      case when n % 2 = 0 then 'pending' else 'completed' end, case when n % 2 = 1 then now() end
    from unnest(${users}::text[]) with ordinality as u (id, place)
    cross join generate_series(1, 1000) as n`;
  await admin`set session_replication_role = origin`;
  await admin`vacuum analyze public.influencer_tasks`;

  const plans: string[] = [];
  const watched = database.connect("supabase_admin", {
    max: 1,
    onnotice: ({ message }) => plans.push(message ?? ""),
  });
  await watched`load 'auto_explain'`;
  await watched`
    select set_config('auto_explain.log_min_duration', '0', false), set_config('client_min_messages', 'log', false),
      set_config('auto_explain.log_nested_statements', 'on', false)`;

  const filters: Record<string, Query> = {
    "without a filter": {},
    "of a status": { status: "pending" },
    "of a status and a marketplace": { status: "completed", marketplace: "DE" },
    "of a product": { productId: product.id, status: "pending" },
  };
  for (const [name, filter] of Object.entries(filters)) {
    await t.step(`${name} is read from an index, without sorting`, async () => {
      const first = await list(watched, users[0]!, { ...filter, limit: 20 });
      assert.equal(idsOf(first).length, 20);
      plans.length = 0;
      await list(watched, users[0]!, { ...filter, limit: 20, cursor: first.next_cursor });
      const pages = plans.filter((plan) => /Query Text: select\s+task\.id/.test(plan));
      assert.ok(pages.length > 0, "the plan of the page was seen");
      for (const plan of pages) {
        assert.match(plan, /Index (Only )?Scan using influencer_tasks_/);
        assert.doesNotMatch(plan, /Sort|Seq Scan|Bitmap/);
      }
    });
  }
});
