import assert from "node:assert/strict";
import { addConnection, addPublisher, claim, createPost } from "../publish/support.ts";
import { openDatabase, type Sql } from "../support/database.ts";
import { addUser } from "../support/fixtures.ts";

interface Told {
  kind: string;
  title: string;
  body: string | null;
  link_path: string;
  group_key: string;
}

async function listNotices(sql: Sql, userId: string): Promise<Told[]> {
  const rows = await sql<Told[]>`
    select kind, title, body, link_path, group_key from public.notifications where user_id = ${userId} order by id`;
  return [...rows];
}

async function addTokens(sql: Sql, userId: string, connectionId: string, expires: string, issued: string) {
  await sql`
    insert into private.oauth_tokens
      (connection_id, user_id, access_token, grant_key, key_id, expires_at, issued_at)
    values (${connectionId}, ${userId}, 'a', ${connectionId}, 'k', now() + ${expires}::interval, now() - ${issued}::interval)`;
}

Deno.test("News of posts and accounts", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const claimOne = async (id: string) => (await claim(sql, 1, 100)).find((job) => job.target_id === id)!;

  await t.step("tell a post on several accounts once, with every platform", async () => {
    const publisher = await addPublisher(admin);
    const { published_video_id: id } = await createPost(sql, publisher);
    await admin`
      insert into public.publishing_queue (user_id, published_video_id, platform, status)
      values (${publisher.userId}, ${id}, 'instagram', 'scheduled')`;
    for (const platform of ["youtube", "instagram"]) {
      for (const status of ["preparing", "publishing", "published"]) {
        await admin`
          update public.publishing_queue set status = ${status}, platform_post_id = 'v'
          where published_video_id = ${id} and platform = ${platform}`;
      }
      await admin`select private.tell_published_targets()`;
    }
    const told = await listNotices(admin, publisher.userId);
    assert.deepEqual(
      told.map(({ kind, title, link_path, group_key }) => [kind, title, link_path, group_key]),
      [[
        "publish.published",
        "Published on Instagram and YouTube",
        `/posts/${id}`,
        `post:${id}`,
      ]],
    );
  });

  await t.step("tell every platform a post failed on, with its sentence", async () => {
    const publisher = await addPublisher(admin);
    const { published_video_id: id } = await createPost(sql, publisher);
    await admin`
      insert into public.publishing_queue (user_id, published_video_id, platform, status)
      values (${publisher.userId}, ${id}, 'instagram', 'preparing')`;
    await admin`
      update public.publishing_queue set status = 'preparing' where published_video_id = ${id} and platform = 'youtube'`;
    for (const platform of ["youtube", "instagram"]) {
      await admin`
        update public.publishing_queue set status = 'failed', error_message = ${`No, ${platform}.`}
        where published_video_id = ${id} and platform = ${platform}`;
    }
    const [told, ...more] = await listNotices(admin, publisher.userId);
    assert.deepEqual(more, []);
    assert.equal(told!.title, "Not published on Instagram and YouTube");
    assert.equal(told!.body, "Instagram: No, instagram.\nYouTube: No, youtube.");
  });

  await t.step("say once a week ahead that an access ends, never of tokens that live an hour", async () => {
    const userId = await addUser(admin);
    const soon = await addConnection(admin, userId, "instagram");
    await addTokens(admin, userId, soon, "6 days", "54 days");
    await addTokens(admin, userId, await addConnection(admin, userId, "instagram"), "20 days", "40 days");
    await addTokens(admin, userId, await addConnection(admin, userId), "1 hour", "0");
    for (let i = 0; i < 3; i++) await admin`select private.tell_expiring_accounts()`;
    const [told, ...more] = await listNotices(admin, userId);
    assert.deepEqual(more, []);
    assert.match(told!.title, /^Connect Instagram again by \d+ [A-Z][a-z]+$/);
    assert.equal(told!.link_path, `/settings/accounts?account=${soon}`);
    const [account] = await admin`select status from public.oauth_connections where id = ${soon}`;
    assert.equal(account!.status, "expiring");

    await admin`update private.oauth_tokens set expires_at = now() + interval '5 days' where connection_id = ${soon}`;
    await admin`select private.tell_expiring_accounts()`;
    assert.equal((await listNotices(admin, userId)).length, 2, "another end is told");
    await admin`update public.oauth_connections set status = 'connected' where id = ${soon}`;
    assert.deepEqual(await listNotices(admin, userId), [], "and taken back once it is connected");
  });

  await t.step("say how many posts go on once an account is connected again", async () => {
    const publisher = await addPublisher(admin);
    for (let i = 0; i < 3; i++) {
      const { targets: [target] } = await createPost(sql, publisher);
      const job = await claimOne(target!.id);
      await sql`
        select public.park_publish_job(${target!.id}, ${job.lease_token}, 'needs_reauth', 'x', 'Connect.')`;
    }
    await addTokens(admin, publisher.userId, publisher.connectionId, "1 hour", "0");
    await sql`select private.end_oauth_access(${publisher.connectionId}, 'invalid_grant')`;
    const [account] =
      await admin`select account_id from public.oauth_connections where id = ${publisher.connectionId}`;
    await sql`
      select public.save_oauth_connections(${publisher.userId}, 'youtube', 'google', 'key', '{}', ${
      sql.json([{
        account_id: account!.account_id,
        account_name: "Mara",
        access_token: "a",
        key_id: "k",
        expires_at: new Date(Date.now() + 3_600_000).toISOString(),
      }])
    })`;
    const told = await listNotices(admin, publisher.userId);
    assert.deepEqual(told.map(({ kind, title, body, link_path }) => [kind, title, body, link_path]), [[
      "publish.reconnected",
      "Mara is connected again",
      "3 posts that waited for it go on.",
      "/posts",
    ]]);
  });

  await t.step("say the same of a OneDrive, and take the request to connect it back", async () => {
    const publisher = await addPublisher(admin);
    await admin`
      insert into public.user_onedrive_connections (user_id, status, account_key, account_type, drive_id)
      values (${publisher.userId}, 'expired', 'a', 'personal', 'd')`;
    const { targets: [target] } = await createPost(sql, publisher);
    const job = await claimOne(target!.id);
    await sql`
      select public.park_publish_job(
        ${target!.id}, ${job.lease_token}, 'needs_reauth', 'onedrive_reauth_required', 'Connect.')`;
    assert.deepEqual((await listNotices(admin, publisher.userId)).map(({ title }) => title), [
      "Connect OneDrive again",
    ]);
    await admin`update public.user_onedrive_connections set status = 'connected' where user_id = ${publisher.userId}`;
    const told = await listNotices(admin, publisher.userId);
    assert.deepEqual(told.map(({ title, body }) => [title, body]), [[
      "OneDrive is connected again",
      "The post that waited for it goes on.",
    ]]);
  });

  await t.step("say nothing when an account is connected that nothing waited for", async () => {
    const userId = await addUser(admin);
    const connectionId = await addConnection(admin, userId);
    await admin`update public.oauth_connections set status = 'expired' where id = ${connectionId}`;
    await admin`update public.oauth_connections set status = 'connected' where id = ${connectionId}`;
    assert.deepEqual(await listNotices(admin, userId), []);
  });
});

Deno.test("What YouTube told of an account", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const add = async (platform = "youtube") => {
    const userId = await addUser(admin);
    const id = await addConnection(admin, userId, platform);
    await admin`
      update public.oauth_connections set account_name = 'Mara''s garden', account_handle = '@mara',
        account_picture_url = 'https://yt3.example/p' where id = ${id}`;
    return { userId, id };
  };
  const forget = async (id: string) => {
    await admin`select private.forget_youtube_data()`;
    const [row] = await admin`
      select account_name, account_handle, account_picture_url from public.oauth_connections where id = ${id}`;
    return Object.values(row!).some((value) => value !== null) ? "known" : "forgotten";
  };

  await t.step("is deleted when the account was disconnected, and the post's record stays", async () => {
    const { userId, id } = await add();
    const [post] = await admin`
      insert into public.published_videos (user_id, caption) values (${userId}, 'Mine') returning id`;
    await admin`
      insert into public.publishing_queue
        (user_id, published_video_id, platform, connection_id, status, platform_post_id, platform_url)
      values (${userId}, ${post!.id}, 'youtube', ${id}, 'published', 'v', 'https://youtu.be/v')`;
    await admin`
      insert into public.notifications (user_id, kind, title, body)
      values (${userId}, 'publish.account_expired', 'Reconnect YouTube', 'YouTube ended our access to Mara''s garden.')`;
    assert.equal(await forget(id), "known");
    await admin`update public.oauth_connections set status = 'disconnected' where id = ${id}`;
    assert.equal(await forget(id), "forgotten");
    const [target] =
      await admin`select platform_url from public.publishing_queue where connection_id = ${id}`;
    assert.equal(target!.platform_url, "https://youtu.be/v");
    const [told] = await admin`select body from public.notifications where user_id = ${userId}`;
    assert.equal(told!.body, "YouTube ended our access to your YouTube account.");
  });

  await t.step("is deleted within a week of the permission's end, unless it is given again", async () => {
    const [gone, back] = [await add(), await add()];
    await admin`update public.oauth_connections set status = 'expired' where id in (${gone.id}, ${back.id})`;
    assert.equal(await forget(gone.id), "known");
    await admin`update public.oauth_connections set status = 'connected' where id = ${back.id}`;
    await admin`update public.oauth_connections set ended_at = ended_at - interval '5 days 1 hour'`;
    assert.equal(await forget(gone.id), "forgotten");
    assert.equal(await forget(back.id), "known");
  });

  await t.step("is deleted when it was not read anew for a month", async () => {
    const { id } = await add();
    await admin`
      update public.oauth_connections set described_at = now() - interval '21 days' where id = ${id}`;
    const stale = await admin`select connection_id from public.list_stale_youtube_accounts(100)`;
    assert.ok(stale.some(({ connection_id }) => connection_id === id));
    assert.equal(await forget(id), "known");
    await admin`
      update public.oauth_connections set described_at = now() - interval '30 days' where id = ${id}`;
    assert.equal(await forget(id), "forgotten");
  });

  await t.step("is the only one that is deleted", async () => {
    const { id } = await add("instagram");
    await admin`update public.oauth_connections set status = 'disconnected' where id = ${id}`;
    assert.equal(await forget(id), "known");
  });
});
