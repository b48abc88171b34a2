import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { graphRefusal, MetaAccount } from "../support/meta-account.ts";
import { getGraph } from "../support/meta-sign-in.ts";
import type { Json } from "../support/microsoft-account.ts";
import type { SandboxProcess } from "../support/sandbox-process.ts";
import { shareSandbox } from "../support/share-sandbox.ts";
import { shareVideoHost } from "../support/share-video-host.ts";
import type { VideoHost } from "../support/video-host.ts";

const CLIP = await Deno.readFile(new URL("../../support/fixtures/clip.mp4", import.meta.url));

let sandbox: SandboxProcess;
let host: VideoHost;
let ann: MetaAccount;
shareVideoHost(CLIP, (started) => host = started);
shareSandbox((started) => sandbox = started);
Deno.test.beforeEach(async () => {
  await sandbox.settings({ service: "meta", processing_ms: 1 });
  ann = await MetaAccount.connect(sandbox, "ann");
});

async function usageOf(account: MetaAccount, query = "?fields=config,quota_usage"): Promise<Json> {
  return (await account.graphJson("GET", `/${account.id}/content_publishing_limit${query}`)).data[0];
}

Deno.test("a Reel is published once and found in the account", async () => {
  const container = await ann.createContainer(host.url(), { share_to_feed: false });
  await ann.waitForStatus(container, "FINISHED");
  const { id }: Json = await (await ann.publish(container)).json();
  assert.match(id, /^18\d{15}$/);
  assert.match((await ann.statusOf(container)).status, /^Published:/);

  const fields =
    "id,permalink,shortcode,media_type,media_product_type,timestamp,caption,username,owner,is_shared_to_feed";
  const media = await ann.graphJson("GET", `/${id}?fields=${fields}`);
  assert.deepEqual([media.media_type, media.media_product_type], ["VIDEO", "REELS"]);
  assert.deepEqual([media.caption, media.username], ["A lamp that folds", "ann"]);
  assert.deepEqual([media.owner, media.is_shared_to_feed], [{ id: ann.id }, false]);
  assert.match(media.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
  assert.equal(media.permalink, `${sandbox.urls.INSTAGRAM_SITE_URL}/reel/${media.shortcode}/`);

  const [post] = await sandbox.control<Json[]>("GET", "/posts");
  assert.deepEqual(post, {
    platform: "instagram",
    account: "ann",
    id,
    caption: "A lamp that folds",
    sha256: createHash("sha256").update(CLIP).digest("hex"),
    bytes: CLIP.length,
    created_at: post.created_at,
    url: media.permalink,
  });
});

Deno.test("publishing too early or twice is refused and changes nothing", async () => {
  await sandbox.settings({ service: "meta", processing_ms: 60_000 });
  const early = await ann.createContainer(host.url());
  const tooEarly = await ann.publish(early);
  const { error }: Json = await tooEarly.clone().json();
  assert.deepEqual([error.message, error.type], ["Media ID is not available", "OAuthException"]);
  assert.equal(typeof error.error_user_title, "string");
  assert.equal(typeof error.error_user_msg, "string");
  assert.deepEqual(await graphRefusal(tooEarly), [400, 9007, 2207027]);
  await sandbox.settings({ service: "meta", processing_ms: 1 });
  const container = await ann.createContainer(host.url());
  await ann.waitForStatus(container, "FINISHED");
  const answers = await Promise.all([1, 2, 3].map(() => ann.publish(container)));
  const refusals = answers.filter((answer) => answer.status !== 200);
  assert.equal(refusals.length, 2);
  for (const refusal of refusals) assert.deepEqual(await graphRefusal(refusal), [400, 9007, 2207027]);
  await answers.find((answer) => answer.status === 200)!.body?.cancel();
  assert.equal((await ann.statusOf(container)).status_code, "PUBLISHED");
  assert.equal((await sandbox.control<Json[]>("GET", "/posts")).length, 1);
});

Deno.test("unknown containers and parameters cannot be published", async () => {
  assert.deepEqual(await graphRefusal(ann.publish("17000000000000000")), [400, 24, 2207008]);
  assert.deepEqual(await graphRefusal(ann.graph("POST", `/${ann.id}/media_publish`)), [400, 100, null]);
  const extra = ann.graph("POST", `/${ann.id}/media_publish`, { creation_id: "1", when: "later" });
  assert.deepEqual(await graphRefusal(extra), [400, 100, null]);
});

Deno.test("any documented refusal can be asked for", async () => {
  const container = await ann.createContainer(host.url());
  await ann.waitForStatus(container, "FINISHED");
  const refusals: [code: number, subcode: number | null, status: number, isTransient: boolean][] = [
    [1, null, 500, true],
    [2, null, 500, true],
    [-1, 2207001, 400, true],
    [4, null, 400, true],
    [4, 2207051, 400, true],
    [25, 2207050, 400, false],
    [80002, null, 400, true],
    [190, 460, 400, false],
    [200, null, 403, false],
    [368, 1390008, 400, false],
    [506, null, 400, false],
  ];
  for (const [code, subcode, status, isTransient] of refusals) {
    const setting = { graph_error_code: code, graph_error_subcode: subcode };
    await sandbox.settings({ service: "instagram", ...setting });
    const response = await ann.publish(container);
    assert.equal((await response.clone().json()).error.is_transient, isTransient);
    assert.deepEqual(await graphRefusal(response), [status, code, subcode]);
  }
  assert.equal((await ann.statusOf(container)).status_code, "FINISHED", "reading goes on");
  await sandbox.settings({ service: "instagram", graph_error_code: null, graph_error_subcode: null });
  assert.equal((await ann.publish(container)).status, 200);
});

Deno.test("the quota is a rolling count of published Reels", async () => {
  assert.deepEqual(await usageOf(ann), {
    config: { quota_total: 50, quota_duration: 86_400 },
    quota_usage: 0,
  });
  await ann.post(host.url());
  assert.deepEqual(await usageOf(ann, ""), { quota_usage: 1 });
  await sandbox.settings({ service: "instagram", publishes_per_day: 1 });
  assert.equal((await usageOf(ann)).config.quota_total, 1);
  assert.equal((await usageOf(ann)).quota_usage, 0, "setting the allowance starts the count anew");
  await ann.post(host.url());
  const container = await ann.createContainer(host.url());
  await ann.waitForStatus(container, "FINISHED");
  assert.deepEqual(await graphRefusal(ann.publish(container)), [400, 9, 2207042]);
  assert.equal((await ann.statusOf(container)).status_code, "FINISHED");
  await (await MetaAccount.connect(sandbox, "ben")).post(host.url());
  const now = Math.floor(Date.now() / 1000);
  assert.equal((await usageOf(ann, `?since=${now - 60}`)).quota_usage, 1);
  const tooOld = ann.graph("GET", `/${ann.id}/content_publishing_limit?since=${now - 90_000}`);
  assert.deepEqual(await graphRefusal(tooOld), [400, 100, null]);
  await sandbox.settings({ service: "instagram", publishes_per_day: null });
  assert.equal((await ann.publish(container)).status, 200);
});

Deno.test("the media list is newest first, paged and only shows known fields", async () => {
  const first = await ann.post(host.url(), { caption: "one" });
  const second = await ann.post(host.url(), { caption: "two" });
  const third = await ann.post(host.url(), { caption: "three" });
  assert.deepEqual(
    (await ann.graphJson("GET", `/${ann.id}/media`)).data,
    [third, second, first].map((id) => ({ id })),
  );
  const page = await ann.graphJson("GET", `/${ann.id}/media?fields=caption&limit=2`);
  assert.deepEqual(page.data, [{ id: third, caption: "three" }, { id: second, caption: "two" }]);
  const rest: Json = await (await fetch(page.paging.next)).json();
  assert.deepEqual(rest.data, [{ id: first, caption: "one" }]);
  assert.equal(rest.paging.next, undefined);
  const back: Json = await (await fetch(rest.paging.previous)).json();
  assert.deepEqual(back.data, page.data);
  assert.deepEqual(await graphRefusal(ann.graph("GET", `/${ann.id}/media?fields=plays`)), [400, 100, null]);
  assert.deepEqual(await graphRefusal(ann.graph("GET", `/${first}?fields=plays`)), [400, 100, null]);
});

Deno.test("Instagram Login publishes on its own host", async () => {
  const direct = await MetaAccount.connect(sandbox, "dora", "instagram");
  const id = await direct.post(host.url(), { caption: "direct" });
  const [post] = await sandbox.control<Json[]>("GET", "/posts");
  assert.deepEqual([post.account, post.id], ["dora", id]);
  const resumable = direct.graph("POST", `/${direct.id}/media`, {
    media_type: "REELS",
    upload_type: "resumable",
  });
  const response = await resumable;
  assert.equal((await response.clone().json()).error.type, "IGApiException");
  assert.deepEqual(await graphRefusal(response), [400, 100, null]);
});

Deno.test("a Page token publishes too, and may lose sight of what it made", async () => {
  const [page] = (await getGraph(sandbox, "/me/accounts", ann.token)).data;
  const byPage = new MetaAccount(sandbox, "facebook", page.access_token, ann.id);
  const container = await byPage.createContainer(host.url());
  await byPage.waitForStatus(container, "FINISHED");
  await sandbox.settings({ service: "meta", page_token_read_outage: true });
  const hidden = byPage.graph("GET", `/${container}?fields=status_code`);
  assert.deepEqual(await graphRefusal(hidden), [400, 100, 33]);
  assert.equal((await ann.statusOf(container)).status_code, "FINISHED");
  assert.equal((await byPage.publish(container)).status, 200);
});
