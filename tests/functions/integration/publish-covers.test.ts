import assert from "node:assert/strict";
import { eventually } from "../../support/eventually.ts";
import { createAccount } from "../support/account.ts";
import { connect } from "../support/onedrive.ts";
import { createJpeg, storeCover } from "../support/cover.ts";
import { PORTS } from "../support/ports.ts";
import { connectPlatform } from "../support/publish.ts";
import { inSeconds, openPublishWorld } from "../support/publish-world.ts";

const world = await openPublishWorld(PORTS.publishCovers);
const { env, sql, control } = world;
const creator = await world.createCreator();
const { account, call } = creator;

Deno.test.afterAll(async () => await world.close());

interface Options {
  [platform: string]: Record<string, unknown>;
}

async function post(caption: string, options: Options, more: Record<string, unknown> = {}) {
  const targets = Object.entries(options).map(([platform, chosen]) => ({
    platform,
    connection_id: creator.connections[platform as "youtube"],
    options: chosen,
  }));
  return await call("POST", "posts", { video_id: creator.videoId, caption, targets, ...more });
}

const bytesOf = async (address: string) => new Uint8Array(await (await fetch(address)).arrayBuffer());
const youtubeCover = async (text: string) => {
  const [video] = await creator.postsOf(text, "youtube");
  return await bytesOf(`${env.SANDBOX_URL}/google/vi/${video!.id}/high.jpg`);
};
const countLeft = async () => (await sql`select from private.publish_follow_ups`).length;

Deno.test("Covers: YouTube gets the picture after the video, Instagram with it", async () => {
  const wide = createJpeg(1280, 720);
  const tall = createJpeg(1080, 1920);
  const { path: wideCover } = await storeCover(account, wide, { shape: "wide" });
  const { path: tallCover } = await storeCover(account, tall);
  const { body } = await post("With a cover", {
    youtube: { cover: wideCover },
    instagram: { cover: tallCover },
  });
  const id = String(body.published_video_id);
  const target = await creator.waitFor(id, "youtube", "published");
  assert.equal(target.error, null);
  await creator.waitFor(id, "instagram", "published");
  await eventually("nothing is left to do", async () => await countLeft() === 0);
  assert.deepEqual(await youtubeCover("With a cover"), wide);
  const [taken] = await sql`
    select sum(amount)::int as units from private.budget_takes where budget = 'youtube.units'`;
  assert.ok(taken!.units >= 50, `${taken!.units} units`);

  const [reel] = await creator.postsOf("With a cover", "instagram");
  const page = await (await fetch(reel!.url)).text();
  const poster = /poster="([^"]+)"/.exec(page)![1]!;
  assert.deepEqual(await bytesOf(new URL(poster, reel!.url).href), tall);
});

Deno.test("Covers: a frame of the video is Instagram's cover by its moment", async () => {
  const { body } = await post("By its moment", { instagram: { cover_offset_ms: 1500 } });
  await creator.waitFor(String(body.published_video_id), "instagram", "published");
  const [reel] = await creator.postsOf("By its moment", "instagram");
  assert.match(await (await fetch(reel!.url)).text(), /#t=1\.5"/);
});

Deno.test("Covers: Facebook gets the picture once the Reel is there", async () => {
  const { id: connection_id } = await connectPlatform(env, account, "facebook", creator.name);
  const tall = createJpeg(1080, 1920);
  const { path: cover } = await storeCover(account, tall);
  const { status, body } = await call("POST", "posts", {
    video_id: creator.videoId,
    caption: "On the Page",
    targets: [{ platform: "facebook", connection_id, options: { cover } }],
  });
  assert.equal(status, 201, JSON.stringify(body));
  await creator.waitFor(String(body.published_video_id), "facebook", "published");
  await eventually("nothing is left to do", async () => await countLeft() === 0);
  const [reel] = await creator.postsOf("On the Page", "facebook");
  const poster = /poster="([^"]+)"/.exec(await (await fetch(reel!.url)).text())![1]!;
  assert.deepEqual(await bytesOf(new URL(poster, reel!.url).href), tall);
});

Deno.test("Covers: TikTok gets the moment of its frame", async () => {
  const { id: connection_id } = await connectPlatform(env, account, "tiktok", creator.name);
  const { status, body } = await call("POST", "posts", {
    video_id: creator.videoId,
    caption: "A frame of it",
    targets: [{
      platform: "tiktok",
      connection_id,
      options: {
        privacy_level: "SELF_ONLY",
        brand_content: false,
        your_brand: false,
        ai_generated: false,
        cover_offset_ms: 1200,
      },
    }],
  });
  assert.equal(status, 201, JSON.stringify(body));
  await creator.waitFor(String(body.published_video_id), "tiktok", "published");
  const [shown] = await creator.postsOf("A frame of it", "tiktok");
  assert.match(await (await fetch(shown!.url)).text(), /cover at 1200 ms/);
});

Deno.test("Covers: a channel that may set none keeps its post, and its user is told", async () => {
  const name = `plain-${account.id}+unverified`;
  const { id: connection_id } = await connectPlatform(env, account, "youtube", name);
  const { path: cover } = await storeCover(account, createJpeg(1280, 720), { shape: "wide" });
  const { body } = await call("POST", "posts", {
    video_id: creator.videoId,
    caption: "Not verified",
    targets: [{ platform: "youtube", connection_id, options: { cover } }],
  });
  const id = String(body.published_video_id);
  await creator.waitFor(id, "youtube", "published");
  const [target] = await eventually("the post has a notice", async () => {
    const { body: shown } = await call("GET", `posts/${id}`);
    const targets = shown.targets as { notice?: { code: string }; platform_url: string; status: string }[];
    return targets[0]?.notice && targets;
  });
  assert.deepEqual([target!.status, target!.notice!.code], ["published", "cover_not_set"]);
  assert.ok(target!.platform_url);
  const told = await sql`
    select title, link_path from public.notifications
    where user_id = ${account.id} and kind = 'publish.follow_up_failed'`;
  assert.deepEqual(told.map(({ title, link_path }) => [title, link_path]), [
    ["Cover not set on YouTube", `/posts/${id}`],
  ]);
});

Deno.test("Covers: an answer that is lost, and trouble that passes, cost a pause", async () => {
  const wide = createJpeg(1280, 720);
  const { path: cover } = await storeCover(account, wide, { shape: "wide" });
  const fault = { service: "google", method: "POST", path: "/upload/youtube/v3/thumbnails/set*" };
  await control.fault({ ...fault, kind: "lost_answer", times: 1 });
  await control.fault({ ...fault, kind: "status", value: 503, times: 1, skip: 1 });
  const { body } = await post("Late cover", { youtube: { cover } });
  const target = await creator.waitFor(String(body.published_video_id), "youtube", "published");
  await eventually("nothing is left to do", async () => await countLeft() === 0, 30_000);
  assert.deepEqual(await youtubeCover("Late cover"), wide);
  const attempts = await sql`
    select step, outcome from public.publish_attempts where target_id = ${target.id} order by id`;
  assert.deepEqual(attempts.map(({ step, outcome }) => [step, outcome]), [
    ["follow_up", "retry_wait"],
    ["follow_up", "retry_wait"],
  ]);
});

Deno.test("Covers: a worker killed between post and cover leaves the cover to the next one", async () => {
  const wide = createJpeg(1280, 720);
  const { path: cover } = await storeCover(account, wide, { shape: "wide" });
  await control.fault({
    service: "google",
    method: "POST",
    path: "/upload/youtube/v3/thumbnails/set*",
    kind: "delay",
    value: 20_000,
    times: 1,
  });
  const { body } = await post("Killed between", { youtube: { cover } });
  await creator.waitFor(String(body.published_video_id), "youtube", "published");
  await eventually("a worker has the cover", async () => {
    const rows = await sql`select from private.publish_follow_ups where lease_token is not null`;
    return rows.length === 1;
  });
  await world.killFunction("publish");
  await sql`update private.publish_follow_ups set lease_until = now()`;
  await eventually("nothing is left to do", async () => await countLeft() === 0, 40_000);
  assert.deepEqual(await youtubeCover("Killed between"), wide);
  assert.equal((await creator.postsOf("Killed between")).length, 1);
});

Deno.test("Covers: what is no cover of the caller's is refused before anything is stored", async () => {
  const stranger = await createAccount(env);
  await connect(env, stranger);
  const { path: foreign } = await storeCover(stranger, createJpeg(1280, 720));
  const { path: small } = await storeCover(account, createJpeg(200, 200));
  const { path: text } = await storeCover(account, new TextEncoder().encode("<svg>"));
  const png = new Uint8Array([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
    ...[0, 0, 4, 0x38, 0, 0, 7, 0x80],
  ]);
  const { path: pngCover } = await storeCover(account, png, { type: "image/png" });
  const missing = `${account.id}/${crypto.randomUUID()}/tall.jpg`;
  const answers = [
    await post("Foreign", { youtube: { cover: foreign } }),
    await post("Missing", { youtube: { cover: missing } }),
    await post("Small", { youtube: { cover: small } }),
    await post("No picture", { youtube: { cover: text } }),
    await post("A PNG", { instagram: { cover: pngCover } }),
    await post("No path", { youtube: { cover: "../posters/x.jpg" } }),
  ];
  assert.deepEqual(answers.map(({ status, body }) => [status, body.code]), [
    [404, "cover_not_found"],
    [404, "cover_not_found"],
    [422, "cover_not_usable"],
    [422, "cover_not_usable"],
    [422, "cover_not_usable"],
    [400, "invalid_request"],
  ]);
  const taken = await post("A PNG for YouTube", { youtube: { cover: pngCover } }, { draft: true });
  assert.equal(taken.status, 201);
});

Deno.test("Covers: another one until the post goes out, and none any more once it is taken out", async () => {
  const first = await storeCover(account, createJpeg(1080, 1920));
  const tall = createJpeg(1080, 1920);
  const second = await storeCover(account, tall);
  const made = await post("Changed cover", { instagram: { cover: first.path } }, {
    scheduled_for: inSeconds(400),
  });
  const id = String(made.body.published_video_id);
  const [{ id: targetId }] = made.body.targets as [{ id: string }];
  await creator.waitFor(id, "instagram", "ready");
  const edit = (options: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    call("PATCH", `posts/${id}`, { targets: [{ id: targetId, options, ...more }] });
  assert.equal((await edit({ cover: `${account.id}/${crypto.randomUUID()}/tall.jpg` })).status, 404);
  assert.equal((await edit({ cover: second.path }, { scheduled_for: null })).status, 200);
  await creator.waitFor(id, "instagram", "published");
  const [reel] = await creator.postsOf("Changed cover", "instagram");
  const poster = /poster="([^"]+)"/.exec(await (await fetch(reel!.url)).text())![1]!;
  assert.deepEqual(await bytesOf(new URL(poster, reel!.url).href), tall);
});

Deno.test("Covers: one that is gone when its post goes out fails the post with a next step", async () => {
  const { path: cover } = await storeCover(account, createJpeg(1080, 1920));
  const made = await post("Cover gone", { instagram: { cover } }, { draft: true });
  const id = String(made.body.published_video_id);
  await fetch(`${env.API_URL}/storage/v1/object/covers/${cover}`, {
    method: "DELETE",
    headers: { apikey: env.SECRET_KEY!, authorization: `Bearer ${env.SECRET_KEY}` },
  }).then((response) => response.body?.cancel());
  await call("PATCH", `posts/${id}`, { draft: false });
  const failed = await creator.waitFor(id, "instagram", "failed");
  assert.equal(failed.error?.code, "cover_missing");
});

Deno.test("Covers: those no post needs go with the hourly job, the others stay", async () => {
  const unused = await storeCover(account, createJpeg(1080, 1920));
  const planned = await storeCover(account, createJpeg(1080, 1920));
  await post("Planned cover", { instagram: { cover: planned.path } }, { scheduled_for: inSeconds(86_400) });
  await sql`update storage.objects set created_at = now() - interval '2 days' where bucket_id = 'covers'`;
  await sql`select private.call_function('publish/internal/remove-spent-copies')`;
  const isThere = async (path: string) =>
    (await sql`select from storage.objects where bucket_id = 'covers' and name = ${path}`).length === 1;
  await eventually("the unused cover is gone", async () => !(await isThere(unused.path)));
  assert.ok(await isThere(planned.path));
});
