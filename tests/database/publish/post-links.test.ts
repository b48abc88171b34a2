import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addPublisher, createPost, makeReady } from "./support.ts";

interface Claimed {
  target_id: string;
  user_id: string;
  route: string;
  post_id: string;
}

Deno.test("The address of a published post that comes later", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" }, max: 10 });
  const publisher = await addPublisher(admin);
  const claim = () => sql<Claimed[]>`select * from public.claim_awaited_links(10)`;
  const awaited = () => admin`select target_id, asks from private.awaited_links`;
  const makeDue = () => admin`update private.awaited_links set ask_at = now()`;
  const targetOf = async (id: string) =>
    (await admin`
      select platform_post_id, platform_url, error_code, error_message
      from public.publishing_queue where id = ${id}`)[0]!;

  async function publish(notice: string | null): Promise<string> {
    const [target] = (await createPost(sql, publisher)).targets;
    const job = await makeReady(admin, target!.id);
    await sql`select public.begin_irreversible_call(${job.target_id}, ${job.lease_token}, ${job.revision}, '{}')`;
    await sql`
      select public.finish_publish_job(
        ${job.target_id}, ${job.lease_token}, 'before', null, ${notice}, ${notice && "It follows."}
      )`;
    return target!.id;
  }

  const late = await publish("link_follows");

  await t.step("is waited for where the platform has not told it, and nowhere else", async () => {
    await publish(null);
    await publish("made_private");
    assert.deepEqual([...(await awaited())], [{ target_id: late, asks: 0 }]);
    assert.deepEqual([...(await claim())], [], "not at once");
  });

  await t.step("is asked for by one of 10 workers, and later again", async () => {
    await makeDue();
    const claims = (await Promise.all(Array.from({ length: 10 }, claim))).flat();
    assert.deepEqual(claims.map(({ target_id, route, post_id }) => [target_id, route, post_id]), [
      [late, "google", "before"],
    ]);
    assert.deepEqual([...(await awaited())], [{ target_id: late, asks: 1 }]);
    await makeDue();
    assert.equal((await claim()).length, 1);
  });

  await t.step("is filled in once, and its notice goes", async () => {
    const set = async (url: string) =>
      (await sql`select public.set_post_link(${late}, '7400000000000000001', ${url}) as ok`)[0]!.ok;
    assert.equal(await set("https://example.com/1"), true);
    assert.equal(await set("https://example.com/2"), false);
    assert.deepEqual({ ...(await targetOf(late)) }, {
      platform_post_id: "7400000000000000001",
      platform_url: "https://example.com/1",
      error_code: null,
      error_message: null,
    });
  });

  await t.step("is given up after two days", async () => {
    const never = await publish("link_follows");
    await admin`select private.tend_awaited_links()`;
    assert.equal((await awaited()).length, 1);
    await admin`
      update public.publishing_queue set published_at = now() - interval '49 hours' where id = ${never}`;
    assert.equal((await admin`select private.tend_awaited_links() as count`)[0]!.count, 1);
    assert.equal((await awaited()).length, 0);
    assert.equal((await targetOf(never)).error_code, "link_follows");
  });
});

Deno.test("What was prepared keeps as long as its platform does, whatever an operator left there", async () => {
  await using database = await openDatabase();
  const { sql } = database;
  const keeps = async (platform: string) =>
    (await sql`select private.keep_prepared_seconds(${platform}) as seconds`)[0]!.seconds;
  const set = (value: number | string | Record<string, number>) =>
    sql`update private.settings set value = ${sql.json(value)} where key = 'publish.keep_prepared_seconds'`;
  assert.deepEqual([await keeps("tiktok"), await keeps("youtube")], [2400, 43200]);
  await set(600);
  assert.deepEqual([await keeps("tiktok"), await keeps("youtube")], [600, 600]);
  await set({ youtube: 60 });
  assert.deepEqual([await keeps("tiktok"), await keeps("youtube")], [2400, 60]);
  await set("an hour");
  assert.deepEqual([await keeps("tiktok"), await keeps("youtube")], [2400, 43200]);
});
