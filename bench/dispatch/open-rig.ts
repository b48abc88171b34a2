import { createAccount } from "../../tests/functions/support/account.ts";
import { connect } from "../../tests/functions/support/onedrive.ts";
import { connectPlatform } from "../../tests/functions/support/publish.ts";
import { createControl } from "../../tests/functions/support/sandbox.ts";
import { uploadVideo } from "../../tests/functions/support/upload-video.ts";
import { writePaddedVideo } from "../../tests/support/padded-video.ts";
import { startStack } from "../../tests/support/stack.ts";
import postgres from "postgres";

const BASE_PORT = 30_600;
const ANSWER_MS = 50;
const FILE_BYTES = 200_000;
const NO_LIMIT = 1_000_000;

export type Rig = Awaited<ReturnType<typeof openRig>>;

/**
 * A stack with a creator, a small video in OneDrive, a YouTube channel and an Instagram account; every answer of these
 * services takes 50 ms and no limit is in the way. To be closed.
 */
export async function openRig() {
  await using opened = new AsyncDisposableStack();
  const stack = await startStack({ basePort: BASE_PORT });
  opened.defer(() => stack.stop());
  const sql = postgres(stack.env.DB_URL!, { max: 2 });
  opened.defer(() => sql.end());
  const control = createControl(stack.env.SANDBOX_URL!);
  const limits = { inserts_per_day: NO_LIMIT, units_per_day: NO_LIMIT, uploads_per_channel: NO_LIMIT };
  await control.set({ service: "google", ...limits, processing_ms: 1 });
  for (const service of ["meta", "instagram"]) {
    await control.set({
      service,
      containers_per_day: NO_LIMIT,
      publishes_per_day: NO_LIMIT,
      processing_ms: 1,
    });
  }
  await sql`update private.provider_budgets set max_count = ${NO_LIMIT}, is_reserved = false`;

  const account = await createAccount(stack.env);
  await connect(stack.env, account);
  const connections: Record<string, string> = {};
  for (const platform of ["youtube", "instagram"]) {
    connections[platform] = (await connectPlatform(stack.env, account, platform)).id;
  }
  const path = await Deno.makeTempFile({ suffix: ".mp4" });
  await writePaddedVideo(path, FILE_BYTES, 1, "reel");
  const { id: videoId } = await uploadVideo(stack.env, account, {}, await Deno.readFile(path));
  await Deno.remove(path);
  for (const service of ["microsoft", "google", "meta", "instagram"]) {
    await control.fault({ service, method: "*", path: "*", kind: "delay", value: ANSWER_MS, times: null });
  }
  const closing = opened.move();
  return {
    sql,
    userId: account.id,
    videoId,
    connections,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
