import assert from "node:assert/strict";
import { type PostPage, postPageSchema } from "../../../web/src/features/publish/rules/listed-post.ts";
import { asUser } from "../support/as-role.ts";
import { openDatabase, type Sql } from "../support/database.ts";
import { addConnection, addPublisher, createPost } from "./support.ts";

interface Query {
  view?: string;
  search?: string;
  postId?: string;
  cursor?: string | null;
  limit?: number;
}

async function list(sql: Sql, userId: string, query: Query = {}): Promise<PostPage> {
  const [row] = await asUser(sql, userId, (tx) =>
    tx`
      select public.list_posts(
        p_view => ${query.view ?? "all"}, p_search => ${query.search ?? null},
        p_post_id => ${query.postId ?? null}, p_cursor => ${query.cursor ?? null}, p_limit => ${
      query.limit ?? 20
    }
      ) as page`);
  return postPageSchema.parse(row!.page);
}

const captionsOf = (page: PostPage) => page.posts.map(({ caption }) => caption);

Deno.test("list_posts", async (t) => {
  await using database = await openDatabase();
  const admin = database.sql;
  const sql = database.connect("authenticator", { connection: { role: "service_role" } });
  const publisher = await addPublisher(admin);
  const { userId } = publisher;
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

  await t.step("is empty with whole counts for a new account", async () => {
    const { posts, counts, next_cursor } = await list(admin, userId);
    assert.deepEqual([posts, next_cursor], [[], null]);
    assert.deepEqual(Object.values(counts), [0, 0, 0, 0, 0, 0]);
  });

  await createPost(sql, publisher, { caption: "A draft of tea", draft: true });
  await createPost(sql, publisher, { caption: "Later", scheduledFor: inHours(9) });
  await createPost(sql, publisher, { caption: "Sooner", scheduledFor: inHours(3) });
  const stopped = await createPost(sql, publisher, { caption: "Stopped" });
  await admin`update public.publishing_queue set status = 'preparing' where id = ${stopped.targets[0]!.id}`;
  await admin`
    update public.publishing_queue set status = 'failed', error_code = 'platform_refused', error_message = 'No.'
    where id = ${stopped.targets[0]!.id}`;
  await createPost(sql, publisher, { caption: "At once, with TEA" });

  await t.step("shows what needs its user, then what moves, what is planned and the rest", async () => {
    const page = await list(admin, userId);
    assert.deepEqual(captionsOf(page), ["Stopped", "At once, with TEA", "Sooner", "Later", "A draft of tea"]);
    assert.deepEqual(page.posts[0]!.targets[0]!.error, { code: "platform_refused", message: "No." });
    assert.deepEqual(page.counts, {
      all: 5,
      attention: 1,
      planned: 3,
      published: 0,
      drafts: 1,
      canceled: 0,
    });
  });

  await t.step("keeps its order over pages", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: PostPage = await list(admin, userId, { cursor, limit: 2 });
      seen.push(...captionsOf(page));
      cursor = page.next_cursor;
    } while (cursor);
    assert.deepEqual(seen, captionsOf(await list(admin, userId)));
  });

  await t.step("finds words in any case and takes signs as they are", async () => {
    assert.deepEqual(captionsOf(await list(admin, userId, { search: "tea" })), [
      "At once, with TEA",
      "A draft of tea",
    ]);
    assert.deepEqual(captionsOf(await list(admin, userId, { search: "%" })), []);
    assert.deepEqual(captionsOf(await list(admin, userId, { search: "tea", view: "drafts" })), [
      "A draft of tea",
    ]);
  });

  await t.step("shows nothing of somebody else", async () => {
    const stranger = await addPublisher(admin);
    assert.equal((await list(admin, stranger.userId)).counts.all, 0);
    const [own] = (await list(admin, userId)).posts;
    assert.deepEqual((await list(admin, stranger.userId, { postId: own!.id })).posts, []);
  });

  await t.step("leaves out what was taken out of a draft, and a draft of which nothing is left", async () => {
    const author = await addPublisher(admin);
    const second = await addConnection(admin, author.userId);
    const connectionIds = [author.connectionId, second];
    const { published_video_id: id, targets } = await createPost(sql, author, { connectionIds, draft: true });
    const cancel = (target: string | null) =>
      sql`select public.cancel_post(${author.userId}, ${id}, ${target})`;
    await cancel(targets[0]!.id);
    const [left] = (await list(admin, author.userId)).posts;
    assert.deepEqual(left!.targets.map((target) => target.id), [targets[1]!.id]);
    await cancel(null);
    const { posts, counts } = await list(admin, author.userId);
    assert.deepEqual([posts, counts.all, counts.canceled], [[], 0, 0]);

    const sent = await createPost(sql, author, { scheduledFor: inHours(9) });
    await sql`select public.cancel_post(${author.userId}, ${sent.published_video_id})`;
    assert.equal((await list(admin, author.userId)).counts.canceled, 1);
  });

  await t.step("refuses a cursor that is not its own", async () => {
    for (const cursor of ["x", "0_1", "9_1_00000000-0000-0000-0000-000000000000", "0_1_'--"]) {
      await assert.rejects(list(admin, userId, { cursor }), { code: "PT400" });
    }
  });
});
