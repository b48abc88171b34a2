import assert from "node:assert/strict";
import { addPublisher, createPost } from "./publish/support.ts";
import { asRole, asUser } from "./support/as-role.ts";
import { openDatabase, type Transaction } from "./support/database.ts";
import { addUser } from "./support/fixtures.ts";

Deno.test("bucket covers", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const publisher = await addPublisher(sql);
  const { userId } = publisher;
  const strangerId = await addUser(sql);
  const pathOf = (owner: string) => `${owner}/${crypto.randomUUID()}/tall.jpg`;
  const add = (tx: Transaction, name: string) =>
    tx`insert into storage.objects (bucket_id, name) values ('covers', ${name})`;
  const path = pathOf(userId);

  await t.step("is private and takes small JPG and PNG pictures only", async () => {
    const [bucket] = await sql`
      select public, file_size_limit::int, allowed_mime_types from storage.buckets where id = 'covers'`;
    assert.deepEqual({ ...bucket }, {
      public: false,
      file_size_limit: 2097152,
      allowed_mime_types: ["image/jpeg", "image/png"],
    });
  });

  await t.step("lets a user add, read, replace and remove below their own folder", async () => {
    const other = pathOf(userId);
    await asUser(sql, userId, async (tx) => {
      await add(tx, path);
      await add(tx, other);
    });
    await asUser(sql, userId, async (tx) => {
      assert.equal((await tx`select from storage.objects where name = ${path}`).count, 1);
      assert.equal((await tx`update storage.objects set version = '2' where name = ${path}`).count, 1);
      // The Storage API sets this while it deletes.
      await tx`set local storage.allow_delete_query = 'true'`;
      assert.equal((await tx`delete from storage.objects where name = ${other}`).count, 1);
    });
  });

  await t.step("shows a stranger nothing and takes nothing from them", async () => {
    await asUser(sql, strangerId, async (tx) => {
      assert.equal((await tx`select from storage.objects`).count, 0);
      assert.equal((await tx`update storage.objects set version = '3'`).count, 0);
      await tx`set local storage.allow_delete_query = 'true'`;
      assert.equal((await tx`delete from storage.objects where name = ${path}`).count, 0);
    });
    const moved = pathOf(strangerId);
    for (
      const attempt of [
        () => asUser(sql, strangerId, (tx) => add(tx, pathOf(userId))),
        () =>
          asUser(sql, userId, (tx) => tx`update storage.objects set name = ${moved} where name = ${path}`),
        () => asRole(sql, { role: "anon" }, (tx) => add(tx, pathOf(userId))),
      ]
    ) {
      await assert.rejects(attempt(), { code: "42501" });
    }
  });

  await t.step("gives a target its user's covers alone, whoever writes it", async () => {
    const { targets: [target] } = await createPost(sql, publisher, { draft: true });
    const set = (options: Record<string, unknown>) =>
      sql`update public.publishing_queue set options = ${sql.json(options as never)} where id = ${
        target!.id
      }`;
    await set({ cover: path });
    for (const cover of [pathOf(strangerId), "", null, 3]) {
      await assert.rejects(set({ cover }), { code: "PT404", detail: "cover_not_found" }, String(cover));
    }
  });

  await t.step("keeps what a post still needs, and lists the rest a day later", async () => {
    const service = database.connect("authenticator", { connection: { role: "service_role" } });
    const spent = async () =>
      (await service`select * from public.list_spent_covers(10)`).map(({ object_path }) => object_path);
    const [unused, young] = [pathOf(userId), pathOf(userId)];
    for (const name of [unused, young]) await asUser(sql, userId, (tx) => add(tx, name));
    const age = (name: string) =>
      sql`update storage.objects set created_at = now() - interval '2 days' where name = ${name}`;
    await age(path);
    await age(unused);
    assert.deepEqual(await spent(), [unused], "the draft keeps its own");
    await sql`
      update public.publishing_queue set status = 'canceled' where options ->> 'cover' = ${path}`;
    assert.deepEqual(await spent(), [unused], "a week after the end as well");
    await sql`alter table public.publishing_queue disable trigger publishing_queue_set_updated_at`;
    await sql`update public.publishing_queue set updated_at = now() - interval '8 days'`;
    assert.deepEqual((await spent()).toSorted(), [path, unused].toSorted());
  });
});
