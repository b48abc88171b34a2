import assert from "node:assert/strict";
import { graphRefusal, MetaAccount } from "../support/meta-account.ts";
import { type Json, makeBytes } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import { shareVideoHost } from "../support/share-video-host.ts";
import { VideoHost } from "../support/video-host.ts";

const CLIP = await Deno.readFile(new URL("../../support/fixtures/clip.mp4", import.meta.url));

let sandbox: SandboxProcess;
let host: VideoHost;
let ann: MetaAccount;
shareVideoHost(CLIP, (started) => host = started);
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  ann = await MetaAccount.connect(sandbox, "ann");
});

Deno.test("a container goes from IN_PROGRESS to FINISHED in one to three seconds", async () => {
  const startedAt = performance.now();
  const id = await ann.createContainer(host.url());
  assert.match(id, /^17\d{15}$/);
  const first = await ann.statusOf(id);
  assert.equal(first.status_code, "IN_PROGRESS");
  assert.match(first.status, /^In Progress:/);
  assert.equal(first.video_status, undefined, "only bytes that are uploaded have a video_status");
  const done = await ann.waitForStatus(id, "FINISHED");
  assert.match(done.status, /^Finished:/);
  const took = performance.now() - startedAt;
  assert.ok(took >= 1000 && took < 5000, `${took} ms`);
});

Deno.test("the video is asked for with HEAD and pulled by ranges", async () => {
  const large = new VideoHost(makeBytes(8 * 1024 * 1024 + 10));
  try {
    await sandbox.settings({ service: "meta", processing_ms: 1 });
    await ann.waitForStatus(await ann.createContainer(large.url()), "FINISHED");
    assert.deepEqual(large.requests.map(({ method, range }) => [method, range]), [
      ["HEAD", null],
      ["GET", "bytes=0-8388607"],
      ["GET", "bytes=8388608-16777215"],
    ]);
    assert.ok(large.requests.every(({ agent }) => agent?.startsWith("facebookexternalhit/1.1")));
  } finally {
    await large.stop();
  }
});

Deno.test("an address that cannot be fetched is refused at once", async () => {
  for (const mode of ["no-head", "redirect", "page"] as const) {
    const response = await ann.requestContainer(host.url(mode));
    const { error }: Json = await response.clone().json();
    assert.equal(error.message, "Only photo or video can be accepted as media type.");
    assert.deepEqual(await graphRefusal(response), [400, 9004, 2207052], mode);
  }
  assert.deepEqual(await graphRefusal(ann.requestContainer("http://127.0.0.1:1/x")), [400, 9004, 2207052]);
  await sandbox.settings({ service: "meta", pull_timeout_ms: 50 });
  assert.deepEqual(await graphRefusal(ann.requestContainer(host.url("silent"))), [400, -2, 2207003]);
  const [refused] = await sandbox.control<Json[]>("GET", "/uploads");
  assert.equal(refused, undefined, "nothing was created");
});

Deno.test("a video that cannot be pulled ends in ERROR with its subcode", async () => {
  const subcodes = {
    "ignores-range": 2207077,
    "wrong-range": 2207077,
    "gone-on-get": 2207076,
    "huge": 2207082,
    "breaks-always": 2207053,
  } as const;
  for (const [mode, subcode] of Object.entries(subcodes)) {
    const id = await ann.createContainer(host.url(mode as keyof typeof subcodes));
    const { status } = await ann.waitForStatus(id, "ERROR");
    assert.match(status, new RegExp(`^Error: Media upload has failed with error code ${subcode}`), mode);
    assert.deepEqual(await graphRefusal(ann.publish(id)), [400, 9007, 2207027]);
  }
  await ann.waitForStatus(await ann.createContainer(host.url("breaks-once")), "FINISHED");
});

Deno.test("what is no video for Instagram ends in ERROR 2207026", async () => {
  await sandbox.settings({ service: "meta", processing_ms: 1 });
  const png = new VideoHost(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]));
  const unknown = new VideoHost(makeBytes(5000));
  try {
    const failed = await ann.waitForStatus(await ann.createContainer(png.url()), "ERROR");
    assert.match(failed.status, /2207026/);
    await ann.waitForStatus(await ann.createContainer(unknown.url()), "FINISHED");
    await sandbox.settings({ service: "meta", check_video: true });
    for (const source of [unknown, host]) {
      const refused = await ann.waitForStatus(await ann.createContainer(source.url()), "ERROR");
      assert.match(refused.status, /2207026/);
    }
  } finally {
    await png.stop();
    await unknown.stop();
  }
});

Deno.test("a thumbnail beyond the end and a forced failure show in the status", async () => {
  await sandbox.settings({ service: "instagram", processing_ms: 1 });
  const late = await ann.createContainer(host.url(), { thumb_offset: 3000 });
  assert.match((await ann.waitForStatus(late, "ERROR")).status, /2207057/);
  await ann.waitForStatus(await ann.createContainer(host.url(), { thumb_offset: 2999 }), "FINISHED");
  await sandbox.settings({ service: "instagram", failure_subcode: 2207076 });
  const forced = await ann.createContainer(host.url());
  assert.match((await ann.waitForStatus(forced, "ERROR")).status, /2207076/);
});

Deno.test("parameters of a container are checked one by one", async () => {
  const captions = {
    long: "x".repeat(2201),
    hashtags: Array.from({ length: 31 }, (_, index) => `#t${index}`).join(" "),
    mentions: Array.from({ length: 21 }, (_, index) => `@u${index}`).join(" "),
  };
  const wrong: [Json, unknown[]][] = [
    [{ media_type: undefined }, [400, 100, null]],
    [{ media_type: "VIDEO" }, [400, 100, 2207089]],
    [{ media_type: "STICKER" }, [400, 100, 2207023]],
    [{ video_url: undefined }, [400, 100, null]],
    [{ video_url: "http://127.0.0.1/vidéo.mp4" }, [400, 100, null]],
    [{ video_url: "ftp://127.0.0.1/video.mp4" }, [400, 100, null]],
    [{ upload_type: "resumable" }, [400, 100, null]],
    [{ upload_type: "RESUMABLE", video_url: undefined }, [400, 100, null]],
    [{ caption: captions.long }, [400, 36004, 2207010]],
    [{ caption: captions.hashtags }, [400, 36004, 2207010]],
    [{ caption: captions.mentions }, [400, 36004, 2207010]],
    [{ share_to_feed: "yes" }, [400, 100, null]],
    [{ thumb_offset: -1 }, [400, 100, null]],
    [{ cover_url: "not a url" }, [400, 100, null]],
    [{ cover_url: host.url() }, [400, 9004, 2207052]],
    [{ collaborators: ["a", "b", "c", "d"] }, [400, 100, null]],
    [{ collaborators: "a" }, [400, 100, null]],
    [{ location_id: "Paris" }, [400, 100, null]],
    [{ user_tags: [{ name: "a" }] }, [400, 100, null]],
    [{ trial_params: { graduation_strategy: "SOON" } }, [400, 100, null]],
    [{ is_ai_generated: "maybe" }, [400, 100, null]],
    [{ scheduled_publish_time: 1 }, [400, 100, null]],
  ];
  for (const [changes, expected] of wrong) {
    const response = await ann.requestContainer(host.url(), changes);
    assert.deepEqual(await graphRefusal(response), expected, JSON.stringify(changes));
  }
  await ann.createContainer(host.url(), {
    caption: "ä".repeat(2200),
    share_to_feed: false,
    thumb_offset: 500,
    audio_name: "My song",
    collaborators: ["ben", "cleo", "dan"],
    location_id: "1234567",
    user_tags: [{ username: "ben" }],
    trial_params: { graduation_strategy: "MANUAL" },
    is_ai_generated: true,
  });
});

Deno.test("unknown fields of a container and other people's containers are refused", async () => {
  const id = await ann.createContainer(host.url());
  const unknown = ann.graph("GET", `/${id}?fields=status_code,progress`);
  assert.deepEqual(await graphRefusal(unknown), [400, 100, null]);
  assert.deepEqual(await ann.graphJson("GET", `/${id}`), { id });
  const checked = await ann.graphJson("GET", `/${id}?fields=copyright_check_status`);
  assert.deepEqual(checked.copyright_check_status, { status: "in_progress", matches_found: false });
  const ben = await MetaAccount.connect(sandbox, "ben");
  assert.deepEqual(await graphRefusal(ben.graph("GET", `/${id}`)), [400, 100, 33]);
  assert.deepEqual(await graphRefusal(ben.publish(id)), [400, 24, 2207006]);
});

Deno.test("a day's containers are limited and each one expires", async () => {
  await sandbox.settings({ service: "instagram", containers_per_day: 2, container_lifetime_s: 0 });
  const id = await ann.createContainer(host.url());
  const { status } = await ann.waitForStatus(id, "EXPIRED");
  assert.match(status, /^Expired:/);
  assert.deepEqual(await graphRefusal(ann.publish(id)), [400, -2, 2207020]);
  await ann.createContainer(host.url());
  assert.deepEqual(await graphRefusal(ann.requestContainer(host.url())), [400, 9, 2207042]);
  const ben = await MetaAccount.connect(sandbox, "ben");
  await ben.createContainer(host.url());
});
