import assert from "node:assert/strict";
import { taskListSchema } from "../../../supabase/functions/_shared/contracts/tasks.ts";
import { startStack } from "../../support/stack.ts";
import { createAccount, createProduct } from "../support/account.ts";
import { callFunction } from "../support/call-function.ts";
import { connect } from "../support/onedrive.ts";
import { PORTS } from "../support/ports.ts";
import { createControl } from "../support/sandbox.ts";
import { uploadVideo } from "../support/upload-video.ts";

const PATH = "tasks/influencer-tasks";
const { env, stop } = await startStack({ basePort: PORTS.tasks });
await createControl(env.SANDBOX_URL!).set({ processing_ms: 100 });
const account = await createAccount(env);
await connect(env, account);

Deno.test.afterAll(stop);

const list = async (query = "", headers: Record<string, string> = {}) =>
  await callFunction(env, account, "GET", `${PATH}${query}`, { headers });
const patch = (id: string, body: unknown, as = account) =>
  callFunction(env, as, "PATCH", `${PATH}/${id}`, { body });

async function listIds(query = ""): Promise<string[]> {
  const { groups } = taskListSchema.parse((await list(query)).body);
  return groups.flatMap((group) => group.tasks.map((task) => task.id));
}

Deno.test("Tasks: the list", async (t) => {
  const product = await createProduct(account, "B0TASKS001");
  await account.client.from("sourced_products").update({ enabled_marketplaces: ["US", "DE"] }).eq(
    "id",
    product,
  );
  const video = await uploadVideo(env, account, { product_id: product });
  const first = await list();

  await t.step("groups tasks by video and counts them", () => {
    const { groups, counts } = taskListSchema.parse(first.body);
    assert.equal(groups.length, 1);
    assert.equal(groups[0]!.video?.id, video.id);
    assert.deepEqual(groups[0]!.tasks.map((task) => task.marketplace).sort(), ["DE", "US"]);
    assert.deepEqual([counts.pending, counts.by_marketplace.US, counts.by_marketplace.CA], [2, 1, 0]);
  });

  await t.step("answers 304 while nothing changed", async () => {
    const etag = first.headers.get("etag")!;
    assert.ok(etag.length > 10);
    const again = await list("", { "if-none-match": etag });
    assert.equal(again.status, 304);
    assert.deepEqual(again.body, {});
  });

  await t.step("and anew after a change", async () => {
    const [id] = await listIds("?marketplace=DE");
    assert.equal((await patch(id!, { status: "completed" })).status, 200);
    const again = await list("", { "if-none-match": first.headers.get("etag")! });
    assert.equal(again.status, 200);
    assert.notEqual(again.headers.get("etag"), first.headers.get("etag"));
  });

  await t.step("takes marketplace, status and product", async () => {
    assert.equal((await listIds("?status=completed")).length, 1);
    assert.equal((await listIds("?marketplace=US&status=pending")).length, 1);
    assert.equal((await listIds("?marketplace=CA")).length, 0);
    assert.equal((await listIds(`?product_id=${product}`)).length, 2);
  });

  await t.step("goes page by page", async () => {
    const page = taskListSchema.parse((await list("?limit=1")).body);
    const rest = await listIds(`?limit=1&cursor=${encodeURIComponent(page.next_cursor!)}`);
    const all = await listIds();
    assert.deepEqual([page.groups[0]!.tasks[0]!.id, ...rest], all);
  });

  await t.step("refuses a made-up cursor", async () => {
    const { status, body } = await list("?cursor=abc");
    assert.deepEqual([status, body.code], [400, "invalid_cursor"]);
  });

  await t.step("shows nothing to others", async () => {
    const stranger = await createAccount(env);
    const { body } = await callFunction(env, stranger, "GET", PATH);
    assert.deepEqual([(body.groups as []).length, (body.counts as { pending: number }).pending], [0, 0]);
  });
});

Deno.test("Tasks: changing one", async (t) => {
  const product = await createProduct(account, "B0TASKS002");
  await uploadVideo(env, account, { product_id: product });
  const [id] = await listIds(`?product_id=${product}`);

  await t.step("completing stamps the time, reopening clears it", async () => {
    const done = await patch(id!, { status: "completed" });
    assert.deepEqual([done.status, done.body.status, typeof done.body.completed_at], [
      200,
      "completed",
      "string",
    ]);
    const open = await patch(id!, { status: "pending" });
    assert.deepEqual([open.body.status, open.body.completed_at], ["pending", null]);
  });

  await t.step("moves that SQL forbids are explained", async () => {
    await patch(id!, { status: "skipped" });
    const { status, body } = await patch(id!, { status: "completed" });
    assert.deepEqual([status, body.code], [422, "task_status_move_not_allowed"]);
    assert.match(String(body.message), /skipped.*completed/);
  });

  await t.step("the title is the user's", async () => {
    assert.equal((await patch(id!, { title: "Blue kettle" })).body.title, "Blue kettle");
    assert.equal((await patch(id!, { title: null })).body.title, null);
  });

  await t.step("other people's tasks are not there", async () => {
    const stranger = await createAccount(env);
    const { status, body } = await patch(id!, { status: "pending" }, stranger);
    assert.deepEqual([status, body.code], [404, "task_not_found"]);
  });
});

Deno.test("Data API: values travel as PostgREST writes them", async () => {
  const product = await createProduct(account, "B0TASKS003");
  const sent = { price: 1.5, shipped_at: "2026-01-02T03:04:05Z", custom_fields: { note: "[not json" } };
  const { data, error } = await account.client.from("sourced_products").update(sent).eq("id", product)
    .select("price, shipped_at, custom_fields, created_at").single();
  assert.equal(error, null);
  assert.deepEqual(
    [data!.price, data!.shipped_at, data!.custom_fields],
    [1.5, "2026-01-02T03:04:05+00:00", sent.custom_fields],
  );
  assert.match(data!.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/);
});
