import { join } from "node:path";
import postgres from "postgres";
import { createAccount } from "../../tests/functions/support/account.ts";
import { callFunction } from "../../tests/functions/support/call-function.ts";
import { connect } from "../../tests/functions/support/onedrive.ts";
import { connectPlatform } from "../../tests/functions/support/publish.ts";
import { openDrive } from "../../tests/functions/support/sandbox-drive.ts";
import { startStack, type TestStack } from "../../tests/support/stack.ts";
import { liftBitrateLimit } from "./lift-bitrate-limit.ts";
import { openPlainYoutube } from "./open-plain-youtube.ts";
import type { Sink } from "./pipe-by-curl.ts";
import { storeVideo } from "./store-video.ts";

const ASK_EVERY_MS = 20;
const GIVE_UP_MS = 300_000;
/** Steps and statuses in which the bytes are where they should be. */
const STEPS_AFTER = {
  youtube: ["confirm", "published"],
  instagram: ["poll", "publish", "confirm", "published"],
};

export interface StreamVideo {
  readonly id: string;
  readonly filename: string;
  readonly sizeBytes: number;
}

export interface StreamRig {
  readonly stack: TestStack;
  /** Stores a video of that many bytes in OneDrive, through the product. */
  addVideo(filename: string, sizeBytes: number): Promise<StreamVideo>;
  /**
   * Posts a video through the API; milliseconds from the request until the platform has its bytes: YouTube has answered
   * the last one, or Instagram may fetch the copy.
   */
  publish(video: StreamVideo, platform: keyof typeof STEPS_AFTER): Promise<number>;
  /** Where a video's bytes are read without the product. */
  findDownloadUrl(video: StreamVideo): Promise<string>;
  /** A YouTube session of the same channel that nobody sends to yet. */
  openYoutube(sizeBytes: number): Promise<Sink>;
  /** The same bucket. */
  openBucket(): Sink;
  /** Stops everything. Resolves to the highest CPU time of a call of the worker, ms, and how many there were. */
  close(): Promise<{ maxCpuMs: number; count: number }>;
}

/** The real stack with its sandbox, and a person with a OneDrive, a YouTube channel and an Instagram account. */
export async function openRig(basePort: number): Promise<StreamRig> {
  await using opened = new AsyncDisposableStack();
  const dir = await Deno.makeTempDir({ prefix: "bench-stream-" });
  opened.defer(() => Deno.remove(dir, { recursive: true }));
  const dataDir = join(dir, "stack");
  const running = opened.use(new AsyncDisposableStack());
  const stack = await startStack({ basePort, dataDir });
  running.defer(() => stack.stop());
  const { env } = stack;
  const sql = postgres(env.DB_URL!, { max: 1 });
  running.defer(() => sql.end());
  const account = await createAccount(env);
  const person = `p-${crypto.randomUUID()}`;
  await connect(env, account, person);
  for (const platform of ["youtube", "instagram"]) await connectPlatform(env, account, platform, person);
  const drive = await openDrive(env, person);
  await liftBitrateLimit(env.DB_URL!);
  const closing = opened.move();
  let posts = 0;
  return {
    stack,
    async addVideo(filename, sizeBytes) {
      return { id: await storeVideo(env, account, join(dir, filename), sizeBytes), filename, sizeBytes };
    },
    async publish(video, platform) {
      const startedAt = performance.now();
      const { status, body } = await callFunction(env, account, "POST", "publish/posts", {
        body: { video_id: video.id, caption: `Post ${posts += 1}`, targets: [{ platform }] },
      });
      if (status !== 201) throw new Error(`The post was refused: ${JSON.stringify(body)}`);
      // Asked of the database: questions to the function would be in its figures.
      const [{ id }] = body.targets as [{ id: string }];
      for (;;) {
        const [at] = await sql`
          select coalesce(job.step, target.status) as step, target.error_code
          from public.publishing_queue as target
          left join private.publish_jobs as job on job.target_id = target.id
          where target.id = ${id}`;
        const tookMs = performance.now() - startedAt;
        if (STEPS_AFTER[platform].includes(at!.step)) return tookMs;
        if (at!.error_code || tookMs > GIVE_UP_MS) {
          throw new Error(`The post did not get there: ${JSON.stringify(at)}`);
        }
        await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
      }
    },
    async findDownloadUrl({ filename }) {
      const item = await drive.find(`Cliprelay/${filename}`);
      return item["@microsoft.graph.downloadUrl"];
    },
    openYoutube: (sizeBytes) => openPlainYoutube(env, person, sizeBytes),
    openBucket: () => ({
      method: "POST",
      url: `${env.API_URL}/storage/v1/object/published-videos/${account.id}/plain.mp4`,
      headers: {
        apikey: env.SECRET_KEY!,
        authorization: `Bearer ${env.SECRET_KEY}`,
        "content-type": "video/mp4",
        "x-upsert": "true",
      },
    }),
    async close() {
      await using _rest = closing;
      await running.disposeAsync();
      return await readWorkerFigures(dataDir);
    },
  };
}

/** What the stack's meter has written at its end. */
async function readWorkerFigures(dataDir: string): Promise<{ maxCpuMs: number; count: number }> {
  const all = JSON.parse(await Deno.readTextFile(join(dataDir, "logs", "meter.json")));
  const work = Object.entries(all).find(([route]) => /^publish POST .*\/internal\/work$/.test(route));
  if (!work) throw new Error(`The meter saw no worker: ${Object.keys(all).join(", ")}`);
  return work[1] as { maxCpuMs: number; count: number };
}
