import { note, printResult } from "./result.ts";
import { measureMs, median } from "./statistics.ts";
import { openRig, type StreamRig, type StreamVideo } from "./stream/open-rig.ts";
import { pipeByCurl, type Sink } from "./stream/pipe-by-curl.ts";
import { watchFunction } from "./stream/watch-function.ts";

const BASE_PORT = 30_800;
const MIB = 1024 * 1024;
const FILE_BYTES = Number(Deno.env.get("STREAM_BENCH_BYTES") ?? 1024 * MIB);
/** Instagram's limit is below the large one. */
const STAGED_BYTES = Math.min(FILE_BYTES, 300 * MIB);
const ROUNDS = 5;
const MEMORY_LIMIT_BYTES = 64 * MIB;
const CPU_LIMIT_S = 1;

/**
 * A file from OneDrive to YouTube and, as the copy that platforms fetch, to the bucket: from the request that creates
 * the post to its status, against two `curl` and a pipe between them. Ends with an error when the function takes more
 * memory or CPU time than it may.
 */
export async function run(): Promise<void> {
  const rig = await openRig(BASE_PORT);
  let grownBytes = 0;
  let figures: Awaited<ReturnType<StreamRig["close"]>>;
  try {
    const large = await rig.addVideo("large.mp4", FILE_BYTES);
    const staged = await rig.addVideo("staged.mp4", STAGED_BYTES);
    const warmUp = await rig.addVideo("warm-up.mp4", 20 * MIB);
    await rig.publish(warmUp, "youtube");
    const watch = await watchFunction(rig.stack, "publish");
    await compare(rig, large, {
      name: "YouTube",
      ours: () => rig.publish(large, "youtube"),
      openSink: () => rig.openYoutube(FILE_BYTES),
    });
    await compare(rig, staged, {
      name: "the bucket",
      ours: () => rig.publish(staged, "instagram"),
      openSink: () => Promise.resolve(rig.openBucket()),
    });
    grownBytes = await watch.stop();
  } finally {
    figures = await rig.close();
  }
  report(grownBytes, figures);
}

interface Way {
  readonly name: string;
  ours(): Promise<number>;
  openSink(): Promise<Sink>;
}

async function compare(rig: StreamRig, video: StreamVideo, way: Way): Promise<void> {
  const ours: number[] = [];
  const plain: number[] = [];
  const sides = [
    async () => void ours.push(toSpeed(video, await way.ours())),
    async () => {
      const [from, sink] = [await rig.findDownloadUrl(video), await way.openSink()];
      plain.push(toSpeed(video, await measureMs(() => pipeByCurl(from, sink, video.sizeBytes))));
    },
  ];
  for (let round = 0; round < ROUNDS; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      await flushDisk();
      await side();
    }
    note(`${way.name}, round ${round + 1}: ours ${show(ours.at(-1)!)}, plain ${show(plain.at(-1)!)}`);
  }
  printResult({
    bench: "stream",
    metric: "throughput",
    value: median(ours),
    unit: "MB/s",
    baseline: `curl | curl, ${video.sizeBytes} bytes from OneDrive to ${way.name}`,
    baselineValue: median(plain),
  });
}

const toSpeed = ({ sizeBytes }: StreamVideo, ms: number) => sizeBytes / 1e6 / (ms / 1000);
const show = (speed: number) => `${speed.toFixed(0)} MB/s`;

/** What the side before left to write must not slow the next one. */
async function flushDisk(): Promise<void> {
  await new Deno.Command("sync").output();
}

function report(grownBytes: number, { maxCpuMs, count }: { maxCpuMs: number; count: number }): void {
  note(`${count} calls of the worker`);
  printResult({
    bench: "stream",
    metric: "memory",
    value: grownBytes,
    unit: "bytes",
    baseline: "limit of the function's growth",
    baselineValue: MEMORY_LIMIT_BYTES,
  });
  printResult({
    bench: "stream",
    metric: "time",
    value: maxCpuMs / 1000,
    unit: "s of CPU, the most of a call",
    baseline: "limit of the 99th percentile",
    baselineValue: CPU_LIMIT_S,
  });
  if (grownBytes > MEMORY_LIMIT_BYTES || maxCpuMs / 1000 > CPU_LIMIT_S) {
    throw new Error("The function takes more than it may.");
  }
}
