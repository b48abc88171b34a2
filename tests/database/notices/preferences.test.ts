import assert from "node:assert/strict";
import { asUser } from "../support/as-role.ts";
import { openDatabase } from "../support/database.ts";
import { addUser } from "../support/fixtures.ts";
import { listMails, tell } from "./support.ts";

Deno.test("Notification preferences", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const client = database.connect("authenticator");

  await t.step("come with the account, told by mail what matters", async () => {
    const userId = await addUser(database.connect("supabase_auth_admin"));
    const rows = await admin`
      select kind_group, in_app, by_mail from public.notification_preferences where user_id = ${userId} order by 1`;
    assert.deepEqual(rows.map((row) => Object.values(row)), [
      ["accounts", true, true],
      ["other", true, false],
      ["problems", true, true],
      ["published", true, true],
      ["readiness", true, true],
    ]);
  });

  await t.step("are changed by their user alone, the two switches alone", async () => {
    const [mine, theirs] = [await addUser(admin), await addUser(admin)];
    const change = (userId: string) =>
      asUser(
        client,
        userId,
        (tx) =>
          tx`update public.notification_preferences set by_mail = false
          where user_id = ${mine} and kind_group = 'published'`,
      );
    assert.equal((await change(theirs)).count, 0);
    assert.equal((await change(mine)).count, 1);
    const writes = [
      () => asUser(client, mine, (tx) => tx`update public.notification_preferences set kind_group = 'other'`),
      () => asUser(client, mine, (tx) => tx`delete from public.notification_preferences`),
      () =>
        asUser(
          client,
          mine,
          (tx) =>
            tx`insert into public.notification_preferences (user_id, kind_group) values (${mine}, 'other')`,
        ),
    ];
    for (const write of writes) await assert.rejects(write(), { code: "42501" });
  });

  await t.step("keep a notice out of the app, not its mail", async () => {
    const userId = await addUser(admin);
    await admin`
      update public.notification_preferences set in_app = false
      where user_id = ${userId} and kind_group = 'published'`;
    await tell(admin, userId, { kind: "publish.published", title: "Hidden" });
    await tell(admin, userId, { kind: "publish.failed", title: "Shown" });
    const shown = await asUser(client, userId, (tx) => tx`select title from public.notifications`);
    assert.deepEqual(shown.map(({ title }) => title), ["Shown"]);
    assert.equal((await listMails(admin, userId)).length, 2);
  });

  await t.step("put every kind that is written into a group", async () => {
    const groups: Record<string, string> = {
      "publish.published": "published",
      "publish.bulk_finished": "published",
      "publish.failed": "problems",
      "publish.needs_conversion": "problems",
      "publish.quota_wait": "problems",
      "publish.follow_up_failed": "problems",
      "publish.unknown": "problems",
      "publish.readiness": "readiness",
      "publish.needs_reauth": "accounts",
      "publish.account_expired": "accounts",
      "publish.account_expiring": "accounts",
      "publish.reconnected": "accounts",
      "onedrive.reauth_required": "accounts",
      "account.welcome": "other",
    };
    for (const [kind, group] of Object.entries(groups)) {
      const [row] = await admin`select private.notification_kind_group(${kind}) as found`;
      assert.equal(row!.found, group, kind);
    }
  });
});
