import assert from "node:assert/strict";
import { asRole, asUser } from "./support/as-role.ts";
import { openDatabase, type Sql, type Transaction } from "./support/database.ts";
import { addCorrelation, addProduct, addUser, addVideo, newAsin } from "./support/fixtures.ts";
import { createRandom } from "./support/create-random.ts";

const WRITERS = 6;
const STEPS = 12;
/** Fresh accounts per kind of writer; each is checked at its end. */
const ROUNDS = 8;
const MARKETPLACES = [["US"], ["US", "DE"], ["CA", "UK"], ["US", "CA", "UK", "DE"]];

/** What a rule may answer: refused by us, or a task for that video exists already. Nothing else may happen. */
const REFUSALS = ["PT422", "PT404", "23505"];

async function setUpAccount(sql: Sql) {
  const userId = await addUser(sql);
  const products: string[] = [];
  const videos: string[] = [];
  const sharedAsin = newAsin();
  for (let i = 0; i < 3; i++) {
    const product = await addProduct(sql, userId, { marketplaces: MARKETPLACES[i] });
    products.push(product.id);
    await addCorrelation(sql, userId, product.id, { asin: sharedAsin });
    await addCorrelation(sql, userId, product.id, { status: "candidate", marketplace: "UK" });
    await addCorrelation(sql, userId, product.id, { status: "candidate" });
    for (let n = 0; n < 3; n++) {
      videos.push(await addVideo(sql, userId, { productId: n < 2 ? product.id : null }));
    }
  }
  return { userId, products, videos };
}

type Account = Awaited<ReturnType<typeof setUpAccount>>;

/** One random change, as the web app, the extension or the operator might make it. */
function chooseChange(account: Account, random: () => number): (tx: Transaction) => Promise<unknown> {
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)]!;
  const { userId } = account;
  const productId = pick(account.products);
  const videoId = pick(account.videos);
  const offset = Math.floor(random() * 20);
  const task = (tx: Transaction) =>
    tx`(select id from public.influencer_tasks where user_id = ${userId} order by id limit 1 offset ${offset})`;
  const setVideo = (value: string | null) => (tx: Transaction) =>
    tx`update public.influencer_tasks set video_id = ${value} where id = ${task(tx)}`;
  const setStatus = (from: string, to: string) => (tx: Transaction) =>
    tx`update public.influencer_tasks set status = ${to} where id = ${task(tx)} and status = ${from}`;
  const decide = (status: string) => (tx: Transaction) =>
    tx`update public.asin_correlations set status = ${status} where product_id = ${productId}`;
  const link = (target: string | null) => (tx: Transaction) =>
    tx`update public.product_videos set product_id = ${target} where id = ${videoId}`;
  return pick([
    link(productId),
    link(productId),
    link(null),
    (tx: Transaction) => tx`update public.product_videos set is_primary = true where id = ${videoId}`,
    (tx: Transaction) => tx`select public.queue_video_tasks(${videoId})`,
    (tx: Transaction) =>
      tx`update public.sourced_products set enabled_marketplaces = ${
        pick(MARKETPLACES)
      } where id = ${productId}`,
    decide("accepted"),
    decide("rejected"),
    setVideo(null),
    setVideo(videoId),
    setStatus("pending", "completed"),
    setStatus("completed", "pending"),
    setStatus("pending", "skipped"),
  ]);
}

Deno.test("many writers at once", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const pool = database.connect("postgres", { max: WRITERS * 2 });

  type Runner = (work: (tx: Transaction) => Promise<unknown>) => Promise<unknown>;

  /** Lets all runners write at once; answers how many changes ended in a deadlock. */
  const run = async (account: Account, seed: number, runners: Runner[]) => {
    const random = createRandom(seed);
    const codes: string[] = [];
    await Promise.all(runners.map(async (runAs) => {
      for (let step = 0; step < STEPS; step++) {
        try {
          await runAs(chooseChange(account, random));
        } catch (error) {
          const { code = "", message } = error as { code?: string; message: string };
          assert.ok([...REFUSALS, "40P01"].includes(code), `${code} ${message}`);
          codes.push(code);
        }
      }
    }));
    assert.ok(codes.length < runners.length * STEPS / 2, "most changes are made");
    return codes.filter((code) => code === "40P01").length;
  };

  const checkAccount = async ({ userId }: Account) => {
    const [row] = await sql`select private.repair_inheritance(${userId}) as fixed`;
    assert.equal(row!.fixed, 0, "nothing is left to repair");
    const products = await sql`
      select count(*)::int as videos, count(*) filter (where is_primary)::int as primaries
      from public.product_videos where user_id = ${userId} and product_id is not null group by product_id`;
    assert.ok(
      products.every(({ primaries }) => primaries === 1),
      "every product with videos has one primary",
    );
    const strays = await sql`
      select from public.influencer_tasks
      where user_id = ${userId} and video_is_inherited and status = 'pending' and inherited_from_task_id is null`;
    assert.equal(strays.count, 0, "every inherited video has a source");
  };

  await t.step("of one user, browser and functions, never deadlock and leave nothing to repair", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const account = await setUpAccount(sql);
      const asOwner: Runner = (work) => asUser(pool, account.userId, work);
      // Functions act for a user without being one, and take the lock first.
      const asFunction: Runner = (work) =>
        asRole(pool, { role: "service_role" }, async (tx) => {
          await tx`select private.lock_accounts(${[account.userId]}::uuid[])`;
          await work(tx);
        });
      const runners = Array.from({ length: WRITERS }, (_, i) => i % 3 ? asOwner : asFunction);
      assert.equal(await run(account, round, runners), 0);
      await checkAccount(account);
    }
  });

  await t.step("of a user and the operator leave nothing to repair", async () => {
    let deadlocks = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const account = await setUpAccount(sql);
      const asOwner: Runner = (work) => asUser(pool, account.userId, work);
      // Nobody knows whose rows a statement of the operator means before it has locked the first; Postgres then
      // ends one of two that wait for each other.
      const asOperator: Runner = (work) => pool.begin(work);
      const runners = Array.from({ length: WRITERS }, (_, i) => i === 0 ? asOperator : asOwner);
      deadlocks += await run(account, round, runners);
      await checkAccount(account);
    }
    assert.ok(deadlocks < ROUNDS * WRITERS * STEPS / 5, `${deadlocks} deadlocks`);
  });
});
