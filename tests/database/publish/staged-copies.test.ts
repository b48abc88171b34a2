import assert from "node:assert/strict";
import { openDatabase } from "../support/database.ts";
import { addPublisher, createPost } from "./support.ts";

Deno.test("A staged copy", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" }, max: 10 });
  const { userId, ...rest } = await addPublisher(admin);
  const { published_video_id: postId } = await createPost(sql, { userId, ...rest });
  const claimCopy = async () => {
    const rows = await sql`select * from public.claim_staged_copy(${postId}, ${userId}, 100, 60)`;
    return rows[0];
  };
  const spent = () => sql`select * from public.take_spent_copies(10)`;

  await t.step("is written by one of 10 workers at once", async () => {
    const claims = await Promise.all(Array.from({ length: 10 }, claimCopy));
    assert.equal(claims.filter(Boolean).length, 1);
    const token = claims.find(Boolean)!.lease_token;
    await sql`select public.save_staged_copy(${postId}, ${token}, 60, 'sealed', 'k1', true)`;
    const [late] =
      await sql`select public.save_staged_copy(${postId}, ${token}, 100, null, null, true) as ok`;
    assert.equal(late!.ok, false);
  });

  await t.step("goes on where it was and is there for everybody once it is complete", async () => {
    const copy = await claimCopy();
    assert.equal(copy!.stored_bytes, "60");
    await sql`select public.save_staged_copy(${postId}, ${copy!.lease_token}, 100, null, null, true)`;
    const copies = await Promise.all([claimCopy(), claimCopy()]);
    assert.ok(copies.every((one) => one?.completed_at));
  });

  await t.step("is made anew once the file was replaced, by a copy of the new one alone", async () => {
    const old = (await claimCopy())!.lease_token;
    await admin`update public.product_videos set content_changed_at = clock_timestamp() where user_id = ${userId}`;
    const copy = await claimCopy();
    assert.deepEqual(
      [copy!.stored_bytes, copy!.upload_url, copy!.completed_at],
      ["0", null, null],
    );
    const [late] = await sql`select public.save_staged_copy(${postId}, ${old}, 100, null, null, true) as ok`;
    assert.equal(late!.ok, false);
    await sql`select public.save_staged_copy(${postId}, ${copy!.lease_token}, 40, 'sealed', 'k1', true)`;
    const [larger] = await sql`select * from public.claim_staged_copy(${postId}, ${userId}, 120, 60)`;
    assert.deepEqual([larger!.stored_bytes, larger!.upload_url], ["0", null]);
    await sql`select public.save_staged_copy(${postId}, ${larger!.lease_token}, 120, null, null, true)`;
    const [whole] = await sql`select * from public.claim_staged_copy(${postId}, ${userId}, 120, 60)`;
    assert.ok(whole!.completed_at);
    const again = await claimCopy();
    await sql`select public.save_staged_copy(${postId}, ${again!.lease_token}, 100, null, null, true)`;
  });

  await t.step("stays while its post may need it", async () => {
    await admin`
      update private.staged_copies
      set lease_until = now(), completed_at = now() - interval '2 days', created_at = now() - interval '2 days'`;
    assert.equal((await spent()).length, 0);
  });

  await t.step("is nobody's while it is removed, then made anew", async () => {
    await admin`update private.staged_copies set created_at = now() - interval '8 days'`;
    const taken = (await Promise.all([spent(), spent(), spent()])).flat();
    assert.deepEqual(taken.map(({ post_id }) => post_id), [postId]);
    assert.equal(await claimCopy(), undefined);
    await sql`select public.forget_staged_copy(${postId})`;
    assert.equal((await claimCopy())!.stored_bytes, "0");
  });

  await t.step("whose remover died is removed by the next one", async () => {
    await admin`
      update private.staged_copies
      set lease_until = now(), created_at = now() - interval '8 days', removing_at = now() - interval '11 minutes'`;
    assert.equal((await spent()).length, 1);
  });
});
