import assert from "node:assert/strict";
import { H264, makeClip } from "../../functions/publish/support/make-clip.ts";
import { eventually } from "../../support/eventually.ts";
import { SandboxProcess } from "../support/sandbox-process.ts";

interface Job {
  id: string;
  status: string;
  result: { url: string; size_bytes: number } | null;
  error: { code: string; message: string } | null;
}

const wide = await makeClip({
  options: ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"],
  extension: "webm",
  size: "640x360",
  fps: 60,
});
const sources: Record<string, Uint8Array<ArrayBuffer>> = {
  "/wide.webm": wide,
  "/noise": new Uint8Array(5_000).fill(7),
  "/small.mp4": await makeClip({ options: H264, sound: false }),
};
let sandbox: SandboxProcess;
let server: Deno.HttpServer<Deno.NetAddr>;
Deno.test.beforeAll(async () => {
  server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const bytes = sources[new URL(request.url).pathname];
    return bytes ? new Response(bytes) : new Response("gone", { status: 404 });
  });
  sandbox = await SandboxProcess.start();
});
Deno.test.afterAll(async () => {
  await sandbox.stop();
  await server.shutdown();
});
Deno.test.beforeEach(() => sandbox.reset());

const TARGET = {
  container: "mp4",
  video_codec: "h264",
  audio_codec: "aac",
  max_width: 1920,
  max_height: 1920,
  fps: null,
  aspect: null,
  max_bitrate: null,
  max_duration_seconds: null,
};

function call(path: string, init: RequestInit = {}) {
  const headers = new Headers({ authorization: `Bearer ${sandbox.clientSecret}` });
  new Headers(init.headers).forEach((value, name) => headers.set(name, value));
  return fetch(new URL(path, sandbox.urls.TRANSCODER_URL), { ...init, headers });
}

async function begin(file: string, target: object = {}, key: string = crypto.randomUUID()) {
  const response = await call("/jobs", {
    method: "POST",
    headers: { "idempotency-key": key },
    body: JSON.stringify({
      source_url: `http://127.0.0.1:${server.addr.port}${file}`,
      target: { ...TARGET, ...target },
    }),
  });
  return { status: response.status, job: await response.json() as Job & { code: string; message: string } };
}

const ask = async (id: string) => await (await call(`/jobs/${id}`)).json() as Job;

async function convert(file: string, target: object = {}): Promise<Job> {
  const { status, job } = await begin(file, target);
  assert.equal(status, 201, JSON.stringify(job));
  return await eventually("the job to end", async () => {
    const now = await ask(job.id);
    return ["done", "failed"].includes(now.status) && now;
  });
}

/** What ffprobe says of a result: codecs, size and rate of the picture, and whether its index is in front. */
async function inspect({ result }: Job) {
  const bytes = await (await call(result!.url)).bytes();
  assert.equal(bytes.length, result!.size_bytes);
  const path = await Deno.makeTempFile({ suffix: ".mp4" });
  await Deno.writeFile(path, bytes);
  const { stdout } = await new Deno.Command("ffprobe", {
    args: ["-v", "error", "-show_streams", "-show_format", "-of", "json", path],
  }).output();
  await Deno.remove(path);
  const { streams, format } = JSON.parse(new TextDecoder().decode(stdout));
  const text = new TextDecoder("latin1").decode(bytes);
  return {
    codecs: streams.map((stream: { codec_name: string }) => stream.codec_name),
    size: `${streams[0].width}x${streams[0].height}`,
    fps: Math.round(Number(streams[0].nb_frames) / Number(streams[0].duration)),
    seconds: Number(format.duration),
    isFast: text.indexOf("moov") < text.indexOf("mdat"),
  };
}

Deno.test("a VP9 WebM becomes an H.264 MP4 with its index in front", async () => {
  const shown = await inspect(await convert("/wide.webm"));
  assert.deepEqual(shown.codecs, ["h264", "aac"]);
  assert.deepEqual([shown.size, shown.fps, shown.isFast], ["640x360", 60, true]);
});

Deno.test("size, rate, shape and length follow the target", async () => {
  const box = await inspect(
    await convert("/wide.webm", { max_width: 320, fps: 30, max_duration_seconds: 0.5 }),
  );
  assert.deepEqual([box.size, box.fps], ["320x180", 30]);
  assert.ok(box.seconds < 0.7, String(box.seconds));
  const ratio = 9 / 16;
  const shape = { min_ratio: ratio, max_ratio: ratio };
  const padded = await inspect(
    await convert("/small.mp4", { max_height: 640, aspect: { mode: "pad", ...shape } }),
  );
  assert.deepEqual([padded.size, padded.codecs], ["320x570", ["h264"]]);
  const cropped = await inspect(await convert("/wide.webm", { aspect: { mode: "crop", ...shape } }));
  assert.equal(cropped.size, "202x360");
});

Deno.test("a result is served by Range and to the key alone", async () => {
  const { result } = await convert("/small.mp4");
  const part = await call(result!.url, { headers: { range: "bytes=4-7" } });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get("content-range"), `bytes 4-7/${result!.size_bytes}`);
  assert.equal(await part.text(), "ftyp");
  for (const path of [result!.url, "/jobs/x"]) {
    const refused = await fetch(new URL(path, sandbox.urls.TRANSCODER_URL));
    assert.deepEqual([refused.status, (await refused.json()).code], [401, "key_refused"]);
  }
});

Deno.test("files ffmpeg cannot read and addresses that answer nothing end as failed jobs", async () => {
  const noise = await convert("/noise");
  assert.deepEqual([noise.status, noise.error?.code, noise.result], ["failed", "source_unreadable", null]);
  assert.equal((await convert("/nowhere")).error?.code, "source_unreachable");
});

Deno.test("an idempotency key has one job, whatever the address of its source", async () => {
  const { job } = await begin("/small.mp4", {}, "once");
  assert.equal((await begin("/wide.webm", {}, "once")).job.id, job.id);
  const other = await begin("/small.mp4", { fps: 10 }, "once");
  assert.deepEqual([other.status, other.job.code], [409, "idempotency_key_reused"]);
});

Deno.test("malformed requests are refused with a sentence", async () => {
  const answers = [
    await begin("/small.mp4", { video_codec: "vp9" }),
    await begin("/small.mp4", { max_width: -1 }),
    await begin("/small.mp4", { more: 1 }),
    await begin("/small.mp4", {}, ""),
  ];
  for (const { status, job } of answers) {
    assert.deepEqual([status, job.code], [400, "invalid_request"]);
    assert.ok(job.message.length > 5);
  }
  assert.equal((await call("/jobs/unknown")).status, 404);
});

Deno.test("faults: statuses, lost answers, slow and forgotten jobs", async () => {
  const fault = (more: Record<string, unknown>) => sandbox.fault({ service: "transcoder", ...more });
  await fault({ kind: "status", value: 503, method: "POST", path: "/jobs" });
  assert.deepEqual((await begin("/small.mp4")).job.code, "internal_error");
  await fault({ kind: "lost_answer", method: "POST", path: "/jobs" });
  await assert.rejects(begin("/small.mp4", {}, "lost"));
  const { job: found } = await begin("/small.mp4", {}, "lost");
  assert.notEqual(found.status, "failed");

  await fault({ kind: "slow_processing", value: 60_000, method: "POST", path: "/jobs" });
  const { job: slow } = await begin("/small.mp4");
  const { job: quick } = await begin("/small.mp4");
  await eventually("the quick job", async () => (await ask(quick.id)).status === "done");
  assert.equal((await ask(slow.id)).status, "running");
  await fault({ kind: "revoke", method: "GET", path: "/jobs/*" });
  assert.equal((await call(`/jobs/${slow.id}`)).status, 404);
});

Deno.test("jobs survive a restart, and one that was running begins anew", async () => {
  await sandbox.settings({ service: "transcoder", processing_ms: 60_000 });
  const { job } = await begin("/small.mp4");
  await sandbox.settings({ service: "transcoder", processing_ms: 0 });
  const done = await convert("/small.mp4");
  await sandbox.halt();
  const path = `${sandbox.dataDir}/state.json`;
  const state = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, state.replaceAll(/"readyAt":\d+/g, '"readyAt":0'));
  await sandbox.boot();
  assert.equal((await ask(done.id)).status, "done");
  await eventually("the interrupted job", async () => (await ask(job.id)).status === "done");
});

Deno.test("without ffmpeg the transcoder says so", async () => {
  const bare = await SandboxProcess.start({ PATH: "/nowhere" });
  try {
    const response = await fetch(`${bare.urls.TRANSCODER_URL}/jobs`, {
      method: "POST",
      headers: { authorization: `Bearer ${bare.clientSecret}`, "idempotency-key": "a" },
      body: "{}",
    });
    assert.deepEqual([response.status, (await response.json()).code], [503, "ffmpeg_missing"]);
  } finally {
    await bare.stop();
  }
});
