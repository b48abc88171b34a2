import type { Sql, Transaction } from "./database.ts";

type Client = Sql | Transaction;

export interface TaskRow {
  id: string;
  user_id: string;
  product_id: string | null;
  marketplace: string;
  asin: string;
  search_asin: string;
  video_id: string | null;
  video_is_inherited: boolean;
  inherited_from_task_id: string | null;
  inherited_from_product_id: string | null;
  thumbnail_path: string | null;
  thumbnail_is_inherited: boolean;
  status: string;
  video_changed_at: Date | null;
  completed_at: Date | null;
}

let counter = 0;

/** A new ASIN at every call. */
export function newAsin(): string {
  counter += 1;
  return `B${String(counter).padStart(9, "0")}`;
}

/** A new account, as the auth server makes it. */
export async function addUser(sql: Client): Promise<string> {
  const id = crypto.randomUUID();
  await sql`insert into auth.users (id, email, aud, role) values (${id}, ${`${id}@test.local`}, 'authenticated', 'authenticated')`;
  return id;
}

export interface ProductOptions {
  asin?: string;
  marketplace?: string;
  marketplaces?: string[];
}

export async function addProduct(sql: Client, userId: string, options: ProductOptions = {}) {
  const [row] = await sql<{ id: string; asin: string }[]>`
    insert into public.sourced_products (user_id, asin, marketplace, title, enabled_marketplaces)
    values (
      ${userId}, ${options.asin ?? newAsin()}, ${options.marketplace ?? "US"}, 'A product',
      ${options.marketplaces ?? ["US"]}
    )
    returning id, asin`;
  return row!;
}

export interface VideoOptions {
  productId?: string | null;
  status?: string;
  isPrimary?: boolean;
}

export async function addVideo(sql: Client, userId: string, options: VideoOptions = {}): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into public.product_videos (user_id, product_id, filename, size_bytes, mime_type, upload_status, is_primary)
    values (
      ${userId}, ${options.productId ?? null}, 'clip.mp4', 1048576, 'video/mp4', ${
    options.status ?? "complete"
  },
      ${options.isPrimary ?? false}
    )
    returning id`;
  return row!.id;
}

export interface CorrelationOptions {
  asin?: string;
  marketplace?: string | null;
  status?: string;
}

export async function addCorrelation(
  sql: Client,
  userId: string,
  productId: string,
  options: CorrelationOptions = {},
) {
  const [row] = await sql<{ id: string; asin: string }[]>`
    insert into public.asin_correlations (user_id, product_id, asin, marketplace, status)
    values (
      ${userId}, ${productId}, ${options.asin ?? newAsin()}, ${options.marketplace ?? null},
      ${options.status ?? "accepted"}
    )
    returning id, asin`;
  return row!;
}

/** Tasks of a user in a stable order; of one ASIN when it is given. */
export async function listTasks(sql: Client, userId: string, asin?: string): Promise<TaskRow[]> {
  const rows = await sql<TaskRow[]>`
    select * from public.influencer_tasks
    where user_id = ${userId} ${asin ? sql`and asin = ${asin}` : sql``}
    order by search_asin, asin, marketplace, id`;
  return [...rows];
}

/** The one task of an ASIN. */
export async function readTask(sql: Client, userId: string, asin: string): Promise<TaskRow> {
  const tasks = await listTasks(sql, userId, asin);
  if (tasks.length !== 1) throw new Error(`${asin} has ${tasks.length} tasks, not one.`);
  return tasks[0]!;
}

/** A product with a video and one accepted correlation: a parent task and a child that inherits. */
export async function addFamily(sql: Client, options: ProductOptions = {}) {
  const userId = await addUser(sql);
  const product = await addProduct(sql, userId, options);
  const videoId = await addVideo(sql, userId, { productId: product.id });
  const correlation = await addCorrelation(sql, userId, product.id);
  return { userId, productId: product.id, asin: product.asin, childAsin: correlation.asin, videoId };
}
