import postgres from "postgres";
import { createAccount, createProduct, type TestAccount } from "../../functions/support/account.ts";
import { callFunction } from "../../functions/support/call-function.ts";
import { connect, createBytes, openUpload } from "../../functions/support/onedrive.ts";
import { connectPlatform } from "../../functions/support/publish.ts";
import { uploadVideo } from "../../functions/support/upload-video.ts";
import { addBulks } from "../../privacy/support/add-bulks.ts";
import { addPosts } from "../../privacy/support/add-posts.ts";
import { startStack, type TestStack } from "../../support/stack.ts";

export interface FuzzWorld extends AsyncDisposable {
  readonly stack: TestStack;
  readonly env: TestStack["env"];
  readonly sql: postgres.Sql;
  readonly caller: TestAccount;
  /** Ids and texts of somebody else; no answer may show one of the texts. */
  readonly foreign: {
    readonly userId: string;
    readonly ids: readonly string[];
    readonly texts: readonly string[];
  };
}

/** A running stack with somebody who sends bad requests and somebody else whose rows they reach for. */
export async function createFuzzWorld(basePort: number): Promise<FuzzWorld> {
  await using opened = new AsyncDisposableStack();
  const stack = await startStack({ basePort });
  opened.defer(() => stack.stop());
  const { env } = stack;
  const sql = postgres(env.DB_URL!, { max: 1, onnotice: () => {} });
  opened.defer(() => sql.end());
  const caller = await createAccount(env);
  await connect(env, caller);
  await createProduct(caller, "B0FUZZ0001");
  const other = await createAccount(env);
  await connect(env, other);
  const productId = await createProduct(other, "B0OTHER001");
  const video = await uploadVideo(env, other, { product_id: productId, filename: "others-secret.mp4" });
  const open = await openUpload(env, other, createBytes(900_000, 2), { filename: "others-secret-2.mp4" });
  const channel = await connectPlatform(env, other, "youtube");
  const label = "others-secret";
  const posts = await addPosts(env, sql, other, { videoId: video.id, channelId: channel.id, label });
  const bulk = await addBulks(sql, other, {
    ...{ videoId: video.id, channelId: channel.id, label },
    postId: posts.openPostId,
  });
  const { body } = await callFunction(env, other, "GET", "onedrive/connections");
  const [task] = await sql`select id from public.influencer_tasks where user_id = ${other.id} limit 1`;
  const connectionId = (body as unknown as { id: string }[])[0]!.id;
  const closing = opened.move();
  return {
    ...{ stack, env, sql, caller },
    foreign: {
      userId: other.id,
      ids: [
        ...[productId, video.id, String(open.body.upload_session_id), connectionId, task!.id],
        ...[channel.id, posts.postId, posts.targetId, bulk.bulkId, bulk.bulkItemId],
      ],
      texts: [other.id, "others-secret", String(open.body.upload_url), "B0OTHER001"],
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
