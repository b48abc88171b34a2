import postgres from "postgres";
import { startStack, type TestStack } from "../../support/stack.ts";
import { createAccount, createProduct, type TestAccount } from "../../functions/support/account.ts";
import { callFunction } from "../../functions/support/call-function.ts";
import { connect, createBytes, openUpload } from "../../functions/support/onedrive.ts";
import { connectPlatform } from "../../functions/support/publish.ts";
import { uploadVideo } from "../../functions/support/upload-video.ts";
import { addBulks, type OwnBulk } from "./add-bulks.ts";
import { addPosts, type OwnPosts } from "./add-posts.ts";

export type Sql = postgres.Sql;

/** What an account owns in every domain. */
export interface Belongings extends OwnPosts, OwnBulk {
  /** Name of the Microsoft account. */
  readonly accountName: string;
  readonly productId: string;
  readonly videoId: string;
  readonly taskId: string;
  readonly connectionId: string;
  readonly uploadId: string;
  readonly uploadUrl: string;
  readonly folderId: string;
  /** A connected YouTube channel. */
  readonly channelId: string;
  /** A mail that its service did not take. */
  readonly mailId: string;
  /** A connected TikTok account. */
  readonly tiktokId: string;
}

export interface World extends AsyncDisposable {
  readonly stack: TestStack;
  readonly env: Readonly<Record<string, string>>;
  /** As `postgres`, past RLS. */
  readonly sql: Sql;
  readonly owner: TestAccount;
  readonly stranger: TestAccount;
  readonly owned: Belongings;
  readonly strangersOwn: Belongings;
  /** Texts that stand in the owner's data only: no intruder may ever read one. */
  ownersMarks(): readonly string[];
}

/** A running stack with two accounts that have a row in every table a user can see. */
export async function createWorld(basePort: number): Promise<World> {
  const stack = await startStack({ basePort });
  const sql = postgres(stack.env.DB_URL!, { max: 2, onnotice: () => {} });
  try {
    const { env } = stack;
    // Whatever then changes the owner's rows is somebody's doing.
    await sql`select cron.unschedule(jobid) from cron.job`;
    const owner = await createAccount(env);
    const stranger = await createAccount(env);
    const owned = await fillAccount(env, sql, owner, "B0OWNER001");
    const strangersOwn = await fillAccount(env, sql, stranger, "B0STRANG01");
    const marks = ["B0OWNER001", "owners-secret", owned.uploadUrl];
    return {
      ...{ stack, env, sql, owner, stranger, owned, strangersOwn },
      ownersMarks: () => marks,
      async [Symbol.asyncDispose]() {
        await sql.end();
        await stack.stop();
      },
    };
  } catch (error) {
    await sql.end();
    await stack.stop();
    throw error;
  }
}

/** Gives an account one of everything, through the same doors a person uses wherever there is one. */
async function fillAccount(
  env: World["env"],
  sql: Sql,
  account: TestAccount,
  asin: string,
): Promise<Belongings> {
  const label = asin === "B0OWNER001" ? "owners-secret" : "strangers";
  const accountName = await connect(env, account);
  const productId = await createProduct(account, asin);
  const { id: videoId } = await uploadVideo(env, account, {
    product_id: productId,
    filename: `${label}.mp4`,
  });
  const open = await openUpload(env, account, createBytes(900_000, 2), { filename: `${label}-open.mp4` });
  const status = await callFunction(env, account, "GET", "onedrive/status");
  const connection = status.body.connection as { id: string; folder: { id: string } };
  const channel = await connectPlatform(env, account, "youtube", `${label}-${crypto.randomUUID()}`);
  const tiktok = await connectPlatform(env, account, "tiktok", `${label}-${crypto.randomUUID()}`);
  const posts = await addPosts(env, sql, account, { videoId, channelId: channel.id, label });
  const bulk = await addBulks(sql, account, {
    ...{ videoId, channelId: channel.id, label },
    postId: posts.openPostId,
  });
  const { data: correlation, error } = await account.client.from("asin_correlations")
    .insert({ product_id: productId, asin: "B0CHILD001", status: "accepted", title: label }).select("id")
    .single();
  if (error || !correlation) throw new Error(`Correlation refused: ${error?.message}`);
  const names: Record<string, string> = {};
  for (const table of ["crm_owners", "crm_collaboration_types", "crm_contact_sources", "crm_marketplaces"]) {
    const { data } = await account.client.from(table).insert({ name: label }).select("id").single();
    names[table] = data!.id;
  }
  await account.client.from("product_owners").insert({ product_id: productId, owner_id: names.crm_owners });
  await account.client.from("profiles").update({ display_name: label }).eq("user_id", account.id);
  await account.client.from("crm_statuses").insert({ name: label, position: 99 });
  await sql`insert into notifications (user_id, kind, title) values (${account.id}, 'video.done', ${label})`;
  await sql`
    insert into activity_events (user_id, kind, details)
    values (${account.id}, 'video.uploaded', ${sql.json({ name: label })})`;
  const [mail] = await sql<{ id: string }[]>`
    insert into private.mail_outbox (user_id, group_key, idempotency_key, send_at, status, ended_at)
    values (${account.id}, ${label}, ${account.id}, now(), 'failed', now()) returning id`;
  const [task] = await sql<{ id: string }[]>`
    select id from influencer_tasks where user_id = ${account.id} and asin = search_asin limit 1`;
  return {
    accountName,
    productId,
    videoId,
    taskId: task!.id,
    connectionId: connection.id,
    uploadId: String(open.body.upload_session_id),
    uploadUrl: String(open.body.upload_url),
    folderId: connection.folder.id,
    channelId: channel.id,
    mailId: mail!.id,
    tiktokId: tiktok.id,
    ...posts,
    ...bulk,
  };
}
