import type { Sql } from "./database.ts";
import { addCorrelation, addProduct, addUser, addVideo, newAsin } from "./fixtures.ts";

/** An account whose products share correlated ASINs, so that tasks have several possible parents. */
export interface ChangingAccount {
  readonly userId: string;
  readonly products: readonly string[];
  readonly asins: readonly string[];
}

const MARKETPLACES = [["US"], ["US", "DE"], ["CA", "UK"], ["US", "CA", "UK", "DE"]];

export async function addChangingAccount(sql: Sql): Promise<ChangingAccount> {
  const userId = await addUser(sql);
  const asins = [newAsin(), newAsin(), newAsin()];
  const products: string[] = [];
  for (const marketplaces of MARKETPLACES.slice(0, 3)) {
    const { id } = await addProduct(sql, userId, { marketplaces });
    products.push(id);
    await addCorrelation(sql, userId, id, { asin: asins[0] });
    await addCorrelation(sql, userId, id, { asin: asins[1], status: "candidate" });
    await addCorrelation(sql, userId, id, { asin: asins[2], marketplace: "UK" });
    await addVideo(sql, userId, { productId: id });
    await addVideo(sql, userId);
  }
  return { userId, products, asins };
}

type Change = readonly [title: string, run: (sql: Sql) => Promise<unknown>];

/** One change as the web app, a device, a function or the operator might make it, chosen by `random`. */
export function chooseTaskChange(account: ChangingAccount, random: () => number): Change {
  const { userId, products, asins } = account;
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)]!;
  const offset = Math.floor(random() * 24);
  const productId = pick(products);
  const asin = pick(asins);
  const row = (sql: Sql, table: string) =>
    sql`(select id from public.${sql(table)} where user_id = ${userId} order by id offset ${offset} limit 1)`;
  const setTask = (title: string, values: (sql: Sql) => unknown): Change => [
    `${title} of task ${offset}`,
    (sql) =>
      sql`update public.influencer_tasks set ${values(sql) as never} where id = ${
        row(sql, "influencer_tasks")
      }`,
  ];
  const setVideo = (title: string, values: (sql: Sql) => unknown): Change => [
    `${title} of video ${offset}`,
    (sql) =>
      sql`update public.product_videos set ${values(sql) as never} where id = ${row(sql, "product_videos")}`,
  ];
  const move = (from: string, to: string): Change => [
    `task ${offset} from ${from} to ${to}`,
    (sql) =>
      sql`
        update public.influencer_tasks set status = ${to}
        where id = ${row(sql, "influencer_tasks")} and status = ${from}`,
  ];
  const thumbnail = `${userId}/${offset}.jpg`;
  const marketplaces = pick(MARKETPLACES);
  return pick<Change>([
    setTask("video", (sql) => sql`video_id = ${row(sql, "product_videos")}`),
    setTask("no video", (sql) => sql`video_id = null`),
    setTask("thumbnail", (sql) => sql`thumbnail_path = ${thumbnail}`),
    setTask("no thumbnail", (sql) => sql`thumbnail_path = null`),
    setTask("lease", (sql) =>
      sql`
        lease_holder = case when status = 'pending' then 'laptop' end,
        lease_token = case when status = 'pending' then gen_random_uuid() end,
        lease_until = case when status = 'pending' then now() + interval '5 minutes' end`),
    setTask("end of lease", (sql) => sql`lease_holder = null, lease_token = null, lease_until = null`),
    ["all leases ran out", (sql) => runOutLeases(sql, userId)],
    move("pending", "completed"),
    move("completed", "pending"),
    move("pending", "skipped"),
    move("skipped", "pending"),
    setVideo("link", (sql) => sql`product_id = ${productId}`),
    setVideo("unlink", (sql) => sql`product_id = null`),
    setVideo("primary mark", (sql) => sql`is_primary = true`),
    ["new video", (sql) => addVideo(sql, userId, { productId })],
    [
      `removed video ${offset}`,
      (sql) => sql`delete from public.product_videos where id = ${row(sql, "product_videos")}`,
    ],
    [`queued video ${offset}`, (sql) => sql`select private.queue_video_tasks(${row(sql, "product_videos")})`],
    [
      `marketplaces ${marketplaces}`,
      (sql) =>
        sql`update public.sourced_products set enabled_marketplaces = ${marketplaces} where id = ${productId}`,
    ],
    ...["accepted", "rejected"].map((status): Change => [
      `${asin} ${status}`,
      (sql) =>
        sql`
          update public.asin_correlations set status = ${status}
          where product_id = ${productId} and asin = ${asin}`,
    ]),
    [
      `${asin} is no correlation`,
      (sql) => sql`delete from public.asin_correlations where product_id = ${productId} and asin = ${asin}`,
    ],
    [`${asin} is a correlation`, (sql) =>
      sql`
        insert into public.asin_correlations (user_id, product_id, asin, status)
        values (${userId}, ${productId}, ${asin}, 'accepted') on conflict do nothing`],
    [
      "other setting of the queue",
      (sql) =>
        sql`update public.profiles set auto_queue_tasks = not auto_queue_tasks where user_id = ${userId}`,
    ],
  ]);
}

/** Lets the leases of an account run out unseen by triggers, as time does, and the scheduled job look for them. */
async function runOutLeases(sql: Sql, userId: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`alter table public.influencer_tasks disable trigger user`;
    await tx`
      update public.influencer_tasks set lease_until = now() - interval '1 second'
      where user_id = ${userId} and lease_until is not null`;
    await tx`alter table public.influencer_tasks enable trigger user`;
  });
  await sql`select private.end_expired_task_leases()`;
}
