import { note, printResult } from "./result.ts";
import { measureMs, median } from "./statistics.ts";
import { readResidentBytes, watchHeap } from "./upload/memory.ts";
import { openRig, type UploadRig } from "./upload/open-rig.ts";

const BASE_PORT = 29_200;
const MIB = 1024 * 1024;
const FILE_BYTES = Number(Deno.env.get("UPLOAD_BENCH_BYTES") ?? 1024 * MIB);
const ROUNDS = 5;
/** Microsoft's default, what it recommends at most, and the largest that is legal: multiples of 320 KiB. */
const GRAPH_FRAGMENTS = [16, 32, 96, 191].map((units) => units * 320 * 1024);
const HEAP_LIMIT_BYTES = 64 * MIB;

/**
 * The uploader in Chromium against one plain PUT and against Microsoft's client: same file, page and host. Each is
 * timed until its last byte is acknowledged; ours from `add`, so with fingerprint and session, Microsoft's from asking
 * for the session it cannot do without.
 */
export async function run(): Promise<void> {
  const rig = await openRig(BASE_PORT, FILE_BYTES);
  try {
    const quickxor = await rig.page.evaluate((url) => bench.putWhole(url), rig.plainUrl);
    await uploadOurs(rig);
    const fragmentBytes = await findBestFragment(rig, quickxor);
    const residentBefore = await readResidentBytes(rig.stack);

    const ours: number[] = [];
    const plain: number[] = [];
    const graph: number[] = [];
    const ways = [
      async () => {
        plain.push(await measureMs(() => rig.page.evaluate((url) => bench.putWhole(url), rig.plainUrl)));
        return `plain ${describe(plain.at(-1)!)}`;
      },
      async () => {
        const { sentMs, completeMs } = await uploadOurs(rig);
        ours.push(sentMs);
        return `ours ${describe(sentMs)} (${describe(completeMs)} until checked)`;
      },
      async () => {
        graph.push(await uploadWithGraph(rig, fragmentBytes, quickxor));
        return `Graph client ${describe(graph.at(-1)!)}`;
      },
    ];
    for (let round = 0; round < ROUNDS; round++) {
      const told: string[] = [];
      // Another one begins each round, on a disk that has nothing left to write.
      for (let place = 0; place < ways.length; place++) {
        await flushDisk();
        told.push(await ways[(round + place) % ways.length]!());
      }
      note(`round ${round + 1}: ${told.join(", ")}`);
    }
    // On its own: watching takes time.
    const cdp = await rig.page.context().newCDPSession(rig.page);
    const heapGrowth = await watchHeap(cdp, () => uploadOurs(rig));
    const residentAfter = await readResidentBytes(rig.stack);

    const speed = {
      bench: "upload",
      metric: "throughput",
      unit: "MB/s",
      value: toSpeed(median(ours)),
    } as const;
    printResult({ ...speed, baseline: "plain PUT", baselineValue: toSpeed(median(plain)) });
    printResult({
      ...speed,
      baseline: `LargeFileUploadTask in the same page, ${fragmentBytes} byte fragments`,
      baselineValue: toSpeed(median(graph)),
    });
    const memory = { bench: "upload", metric: "memory", unit: "bytes" } as const;
    printResult({
      ...memory,
      value: heapGrowth,
      baseline: "limit of the page's heap growth",
      baselineValue: HEAP_LIMIT_BYTES,
    });
    for (const [name, before] of Object.entries(residentBefore)) {
      note(
        `${name}: ${(before / MIB).toFixed(1)} MiB before, ${(residentAfter[name]! / MIB).toFixed(1)} after`,
      );
    }
    printResult({
      ...memory,
      value: residentAfter.sandbox! - residentBefore.sandbox!,
      baseline: "sandbox process before",
      baselineValue: residentBefore.sandbox!,
    });
    printResult({
      ...memory,
      value: sumOthers(residentAfter) - sumOthers(residentBefore),
      baseline: "all other server processes before",
      baselineValue: sumOthers(residentBefore),
    });
  } finally {
    await rig.close();
  }
}

const toSpeed = (ms: number) => FILE_BYTES / 1e6 / (ms / 1000);
const describe = (ms: number) => `${toSpeed(ms).toFixed(0)} MB/s`;

function sumOthers(sizes: Readonly<Record<string, number>>): number {
  return Object.entries(sizes).reduce((sum, [name, bytes]) => sum + (name === "sandbox" ? 0 : bytes), 0);
}

/** What the upload before left to write must not slow the next one. */
async function flushDisk(): Promise<void> {
  await new Deno.Command("sync").output();
}

async function uploadOurs(rig: UploadRig) {
  const times = await rig.page.evaluate(() => bench.uploadOurs());
  await rig.removeVideo(times.videoId);
  return times;
}

/** Milliseconds from asking for the session to the last byte, as with ours. */
async function uploadWithGraph(rig: UploadRig, fragmentBytes: number, quickxor: string): Promise<number> {
  const startedAt = performance.now();
  const session = await rig.openSession(FILE_BYTES);
  await rig.page.evaluate(
    ([url, bytes]) => bench.uploadWithGraphClient(url, bytes),
    [session.url, fragmentBytes] as const,
  );
  const ms = performance.now() - startedAt;
  await rig.removeVideo(await rig.completeSession(session.id, quickxor));
  return ms;
}

async function findBestFragment(rig: UploadRig, quickxor: string): Promise<number> {
  let best = { bytes: 0, ms: Infinity };
  for (const bytes of GRAPH_FRAGMENTS) {
    await flushDisk();
    const ms = await uploadWithGraph(rig, bytes, quickxor);
    note(`Graph client with fragments of ${bytes}: ${describe(ms)}`);
    if (ms < best.ms) best = { bytes, ms };
  }
  return best.bytes;
}
