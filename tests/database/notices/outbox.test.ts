import assert from "node:assert/strict";
import { addPublisher, createPost } from "../publish/support.ts";
import { openDatabase } from "../support/database.ts";
import { addUser } from "../support/fixtures.ts";
import { begin, claimMails, claimOne, listMails, settle, tell } from "./support.ts";

Deno.test("Mails of notices", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });

  await t.step("are made once for each notice that stands alone, due at once", async () => {
    const userId = await addUser(admin);
    const id = await tell(admin, userId);
    await tell(admin, userId);
    const mails = await listMails(admin, userId);
    assert.deepEqual(mails.map(({ status, notices }) => [status, notices]), [["collecting", 1], [
      "collecting",
      1,
    ]]);
    assert.equal(mails[0]!.idempotency_key, `notice:${id}/${id}`);
    assert.ok(mails[0]!.send_at <= new Date());
  });

  await t.step("take what belongs together as one, and wait a little for more", async () => {
    const userId = await addUser(admin);
    const first = await tell(admin, userId, { groupKey: "bulk:1" });
    for (let i = 0; i < 4; i++) await tell(admin, userId, { groupKey: "bulk:1" });
    await tell(admin, userId, { groupKey: "bulk:2" });
    const [one, two] = await listMails(admin, userId);
    assert.deepEqual([one!.notices, two!.notices], [5, 1]);
    assert.equal(one!.idempotency_key, `bulk:1/${first}`);
    assert.ok(one!.send_at > new Date());
    assert.ok(!(await claimMails(sql)).some(({ mail_id }) => mail_id === one!.id));
  });

  await t.step("of many users in one statement are told apart", async () => {
    const users = [await addUser(admin), await addUser(admin)];
    await admin`
      insert into public.notifications (user_id, kind, title, group_key)
      select user_id, 'publish.failed', 'Not published', 'post:x'
      from unnest(${users}::uuid[]) as user_id, generate_series(1, 3)`;
    for (const userId of users) {
      assert.deepEqual((await listMails(admin, userId)).map(({ notices }) => notices), [3]);
    }
  });

  await t.step("never wait longer than their longest wait, however much comes", async () => {
    const userId = await addUser(admin);
    await tell(admin, userId, { groupKey: "bulk:1" });
    await admin`update private.mail_outbox set created_at = now() - interval '1 hour' where user_id = ${userId}`;
    const before = (await listMails(admin, userId))[0]!.send_at;
    await tell(admin, userId, { groupKey: "bulk:1" });
    assert.deepEqual((await listMails(admin, userId))[0]!.send_at, before);
  });

  await t.step("are not made of what their user does not want by mail", async () => {
    const userId = await addUser(admin);
    await admin`
      update public.notification_preferences set by_mail = false
      where user_id = ${userId} and kind_group = 'problems'`;
    await tell(admin, userId, { kind: "publish.failed" });
    assert.equal((await listMails(admin, userId)).length, 0);
    await tell(admin, userId, { kind: "publish.published" });
    assert.equal((await listMails(admin, userId)).length, 1);
  });

  await t.step("are not made for an account that leaves, and do not go to one", async () => {
    const userId = await addUser(admin);
    await tell(admin, userId);
    const mail = await claimOne(sql, admin, userId);
    await admin`select private.request_account_deletion(${userId})`;
    assert.equal(await begin(sql, mail), undefined);
    await tell(admin, userId);
    assert.deepEqual((await listMails(admin, userId)).map(({ status, error_code }) => [status, error_code]), [
      [
        "expired",
        "no_address",
      ],
    ]);
  });

  await t.step("go with their account", async () => {
    const userId = await addUser(admin);
    await tell(admin, userId);
    await admin`delete from auth.users where id = ${userId}`;
    assert.equal((await listMails(admin, userId)).length, 0);
  });

  await t.step("collect nothing once a worker has them; what comes then is a mail of its own", async () => {
    const userId = await addUser(admin);
    await tell(admin, userId, { groupKey: "post:y", title: "First" });
    const mail = await claimOne(sql, admin, userId);
    await tell(admin, userId, { groupKey: "post:y", title: "Second" });
    assert.deepEqual(mail.notices.map(({ title }) => title), ["First"]);
    assert.deepEqual((await listMails(admin, userId)).map(({ status }) => status), ["sending", "collecting"]);
  });

  await t.step(
    "leave out what was taken back before they are written, and end when nothing is left",
    async () => {
      const userId = await addUser(admin);
      const first = await tell(admin, userId, { groupKey: "account:1", title: "Connect again" });
      await tell(admin, userId, { groupKey: "account:1", title: "Connected" });
      const alone = await tell(admin, userId);
      await admin`delete from public.notifications where id in (${first}, ${alone})`;
      const mail = await claimOne(sql, admin, userId);
      assert.deepEqual(mail.notices.map(({ title }) => title), ["Connected"]);
      assert.deepEqual(
        (await listMails(admin, userId)).map(({ status, error_code }) => [status, error_code]),
        [
          ["sending", null],
          ["expired", "taken_back"],
        ],
      );
    },
  );

  await t.step("are claimed by one worker alone until its lease ends", async () => {
    const userId = await addUser(admin);
    await tell(admin, userId);
    const mail = await claimOne(sql, admin, userId);
    await settle(admin, userId);
    assert.ok(!(await claimMails(sql)).some(({ mail_id }) => mail_id === mail.mail_id));
    await admin`update private.mail_outbox set lease_until = now() where id = ${mail.mail_id}`;
    const again = await claimOne(sql, admin, userId);
    assert.equal(again.mail_id, mail.mail_id);
    assert.equal(await begin(sql, mail), undefined, "the first worker's lease is lost");
    const [{ done } = { done: null }] =
      await sql`select public.finish_mail(${mail.mail_id}, ${mail.lease_token}, 'id') as done`;
    assert.equal(done, false);
  });

  await t.step("show a post as it stands, and wait while more of it is on its way", async () => {
    const publisher = await addPublisher(admin);
    const { published_video_id: id, targets: [target] } = await createPost(sql, publisher, {
      caption: "Hello",
    });
    await tell(admin, publisher.userId, { groupKey: `post:${id}`, linkPath: `/posts/${id}` });
    await settle(admin, publisher.userId);
    await admin`update public.publishing_queue set status = 'preparing' where id = ${target!.id}`;
    const ids = (await listMails(admin, publisher.userId)).map(({ id }) => id);
    assert.ok(!(await claimMails(sql)).some(({ mail_id }) => ids.includes(mail_id)));
    await admin`update public.publishing_queue set status = 'failed', error_message = 'No.' where id = ${
      target!.id
    }`;
    const mail = await claimOne(sql, admin, publisher.userId);
    assert.deepEqual(mail.posts.map(({ id, caption }) => [id, caption]), [[id, "Hello"]]);
    assert.deepEqual(mail.posts[0]!.targets.map(({ platform, status }) => [platform, status]), [[
      "youtube",
      "failed",
    ]]);
  });

  await t.step("wait for an outcome that is still to be told", async () => {
    const publisher = await addPublisher(admin);
    const { published_video_id: id, targets: [target] } = await createPost(sql, publisher);
    await tell(admin, publisher.userId, { groupKey: `post:${id}`, linkPath: `/posts/${id}` });
    for (const status of ["preparing", "publishing", "published"]) {
      await admin`
        update public.publishing_queue set status = ${status}, platform_post_id = 'v' where id = ${
        target!.id
      }`;
    }
    await assert.rejects(claimOne(sql, admin, publisher.userId), /No mail/);
    await admin`select private.tell_published_targets()`;
    const mail = await claimOne(sql, admin, publisher.userId);
    assert.equal(mail.notices.length, 2);
    assert.equal((await listMails(admin, publisher.userId)).length, 1);
  });
});
