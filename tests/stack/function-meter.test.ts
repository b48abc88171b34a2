import assert from "node:assert/strict";
import { FunctionMeter } from "../../stack/functions/meter/function-meter.ts";
import { MeterJournal } from "../../stack/functions/meter/meter-journal.ts";
import type { ProcessUsage } from "../../stack/functions/meter/process-usage.ts";
import { openProcessUsage } from "../../stack/functions/meter/process-usage.ts";

/** A process whose figures the test sets. */
class PretendUsage implements ProcessUsage {
  cpuMs = 0;
  peakBytes = 0;
  readCpuMs = () => this.cpuMs;
  readPeakBytes = () => this.peakBytes;
  resetPeak = () => void (this.peakBytes = 0);
}

interface Rig extends AsyncDisposable {
  readonly usage: PretendUsage;
  readonly meter: FunctionMeter;
  readonly said: string[];
  readonly ended: () => boolean;
  figures(): Promise<Record<string, { count: number; maxCpuMs: number; maxMemoryMb: number }>>;
}

async function openRig(bootMs = 0): Promise<Rig> {
  const dir = await Deno.makeTempDir({ prefix: "meter-" });
  const said: string[] = [];
  const journal = new MeterJournal(dir, (message) => said.push(message));
  const usage = new PretendUsage();
  usage.cpuMs = bootMs;
  let ended = false;
  const meter = new FunctionMeter({ name: "busy", usage, journal, onLimit: () => ended = true });
  return {
    usage,
    meter,
    said,
    ended: () => ended,
    async figures() {
      journal.save();
      return JSON.parse(await Deno.readTextFile(`${dir}/meter.json`));
    },
    async [Symbol.asyncDispose]() {
      meter.stop({ success: true, code: 0, signal: null });
      await Deno.remove(dir, { recursive: true });
    },
  };
}

Deno.test("requests in flight share what was used while they were", async () => {
  await using rig = await openRig();
  const first = rig.meter.begin("GET", "/busy/a");
  rig.usage.cpuMs += 400;
  const second = rig.meter.begin("GET", "/busy/b");
  rig.usage.cpuMs += 600;
  rig.meter.end(second);
  rig.usage.cpuMs += 100;
  rig.meter.end(first);
  assert.deepEqual([first.cpuMs, second.cpuMs], [800, 300]);
  assert.deepEqual(rig.said, []);
});

Deno.test("the first request of a process pays for its start", async () => {
  await using rig = await openRig(300);
  const first = rig.meter.begin("GET", "/busy/a");
  rig.usage.cpuMs += 800;
  rig.meter.end(first);
  const second = rig.meter.begin("GET", "/busy/a");
  rig.usage.cpuMs += 800;
  rig.meter.end(second);
  assert.equal(rig.said.length, 1);
  assert.match(
    rig.said[0]!,
    /^warning: function busy GET \/busy\/a took 1\.10 s of CPU \(300 ms of it to start\)/,
  );
});

Deno.test("a route's figures are the highest of its requests, whatever their ids", async () => {
  await using rig = await openRig();
  for (const [id, cpuMs, mb] of [[1, 20, 30], [crypto.randomUUID(), 50, 10]]) {
    const invocation = rig.meter.begin("GET", `/busy/videos/${id}/playback`);
    rig.usage.cpuMs += Number(cpuMs);
    rig.usage.peakBytes = Number(mb) * 1024 * 1024;
    rig.meter.end(invocation);
  }
  const figures = await rig.figures();
  assert.deepEqual(figures["busy GET /busy/videos/:id/playback"], {
    count: 2,
    maxCpuMs: 50,
    maxMemoryMb: 30,
  });
});

Deno.test("a process is ended once, however many requests pass a limit", async () => {
  await using rig = await openRig();
  const invocations = [rig.meter.begin("GET", "/busy/a"), rig.meter.begin("GET", "/busy/b")];
  rig.usage.cpuMs += 5_000;
  invocations.forEach((invocation) => rig.meter.end(invocation));
  assert.equal(rig.ended(), true);
  assert.equal(rig.meter.overLimit, true);
  assert.equal(rig.said.filter((line) => line.startsWith("violation")).length, 1);
  assert.match(rig.said[0]!, /while 2 requests were running/);
});

Deno.test("a process that is gone is not measured", () => {
  assert.equal(openProcessUsage(2 ** 30), null);
});

Deno.test("a system without measurement is told of once", () => {
  const said: string[] = [];
  const journal = new MeterJournal("", (message) => said.push(message));
  journal.sayUnavailable();
  journal.sayUnavailable();
  assert.equal(said.length, 1);
  assert.match(said[0]!, /measured on Linux only/);
});
