import assert from "node:assert/strict";
import { asRole, asUser } from "./support/as-role.ts";
import { openDatabase, type Transaction } from "./support/database.ts";
import { addUser } from "./support/fixtures.ts";

Deno.test("bucket posters", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const ownerId = await addUser(sql);
  const strangerId = await addUser(sql);
  const add = (tx: Transaction, name: string, bucket = "posters") =>
    tx`insert into storage.objects (bucket_id, name) values (${bucket}, ${name})`;
  // The Storage API sets this while it deletes.
  const remove = async (tx: Transaction, name: string) => {
    await tx`set local storage.allow_delete_query = 'true'`;
    return await tx`delete from storage.objects where name = ${name}`;
  };
  const name = `${ownerId}/poster.jpg`;

  await t.step("is private and takes small images only", async () => {
    const [bucket] = await sql`
      select public, file_size_limit::int, allowed_mime_types from storage.buckets where id = 'posters'`;
    assert.deepEqual({ ...bucket }, {
      public: false,
      file_size_limit: 2097152,
      allowed_mime_types: ["image/jpeg", "image/webp"],
    });
  });

  await t.step("lets a user add, read, replace and remove below their own folder", async () => {
    await asUser(sql, ownerId, (tx) => add(tx, name));
    await asUser(sql, ownerId, async (tx) => {
      assert.equal((await tx`select from storage.objects where name = ${name}`).count, 1);
      assert.equal((await tx`update storage.objects set version = '2' where name = ${name}`).count, 1);
      assert.equal((await remove(tx, name)).count, 1);
      await add(tx, name);
    });
  });

  await t.step("shows a stranger nothing and takes nothing from them", async () => {
    await asUser(sql, strangerId, async (tx) => {
      assert.equal((await tx`select from storage.objects`).count, 0);
      assert.equal((await tx`update storage.objects set version = '3'`).count, 0);
      assert.equal((await remove(tx, name)).count, 0);
    });
    await assert.rejects(asUser(sql, strangerId, (tx) => add(tx, `${ownerId}/other.jpg`)), { code: "42501" });
    await assert.rejects(asUser(sql, strangerId, (tx) => add(tx, "poster.jpg")), { code: "42501" });
    await assert.rejects(asUser(sql, strangerId, (tx) => add(tx, `${strangerId}/a.jpg`, "elsewhere")), {
      code: "42501",
    });
  });

  await t.step("does not let an object be moved into somebody else's folder", async () => {
    await assert.rejects(
      asUser(
        sql,
        ownerId,
        (tx) => tx`update storage.objects set name = ${`${strangerId}/x.jpg`} where name = ${name}`,
      ),
      { code: "42501" },
    );
  });

  await t.step("is closed to anonymous callers", async () => {
    await asRole(sql, { role: "anon" }, async (tx) => {
      assert.equal((await tx`select from storage.objects`).count, 0);
    });
    await assert.rejects(asRole(sql, { role: "anon" }, (tx) => add(tx, `${ownerId}/anon.jpg`)), {
      code: "42501",
    });
  });
});
