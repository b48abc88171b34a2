import assert from "node:assert/strict";
import { asUser } from "../support/as-role.ts";
import { openDatabase } from "../support/database.ts";
import { createPost } from "../publish/support.ts";
import { addBulkMaker, addSlots } from "./support.ts";

Deno.test("Posting slots", async (t) => {
  await using database = await openDatabase();
  const { sql } = database;
  const maker = await addBulkMaker(sql);
  const { userId, connectionId } = maker;
  const next = async (after: string, count: number, platform = "youtube") =>
    await sql<{ at: Date | null; local: string; note: string | null }[]>`
      select at, to_char(local_at, 'YYYY-MM-DD HH24:MI') as local, note
      from private.next_slots(${userId}, ${platform}, ${connectionId}, ${after}, ${count})`;
  const setZone = (zone: string) =>
    sql`update public.profiles set time_zone = ${zone} where user_id = ${userId}`;
  const year = new Date().getUTCFullYear() + 1;
  /** The last Sunday of a month (1 to 12) of the next year, when clocks change in Berlin. */
  const lastSunday = (month: number) => {
    const day = new Date(Date.UTC(year, month, 0));
    day.setUTCDate(day.getUTCDate() - day.getUTCDay());
    return day.toISOString().slice(0, 10);
  };
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

  await t.step("come in order, those of the platform alone", async () => {
    await addSlots(sql, userId, ["18:00"]);
    await addSlots(sql, userId, ["09:00"], ["instagram"]);
    const locals = async (platform: string) =>
      (await next(`${tomorrow}T00:00:00Z`, 3, platform)).map(({ local }) => local.slice(11));
    assert.deepEqual(await locals("youtube"), ["18:00", "18:00", "18:00"]);
    assert.deepEqual(await locals("instagram"), ["09:00", "18:00", "09:00"]);
  });

  await t.step("that have a post on the account are taken, on another account they are free", async () => {
    const at = `${tomorrow}T18:00:00.000Z`;
    const { published_video_id } = await createPost(sql, maker, { scheduledFor: new Date(at) });
    const [free] = await next(`${tomorrow}T00:00:00Z`, 1);
    assert.notEqual(free!.at!.toISOString(), at);
    const [other] = await sql<{ at: Date }[]>`
      select at from private.next_slots(${userId}, 'youtube', ${maker.instagramId}, ${`${tomorrow}T00:00:00Z`}, 1)`;
    assert.equal(other!.at.toISOString(), at);
    await sql`select public.cancel_post(${userId}, ${published_video_id})`;
    assert.equal((await next(`${tomorrow}T00:00:00Z`, 1))[0]!.at!.toISOString(), at);
  });

  await t.step("that clocks skip are not there that week, and said so", async () => {
    await sql`delete from public.posting_slots where user_id = ${userId}`;
    await setZone("Europe/Berlin");
    await sql`insert into public.posting_slots (user_id, weekday, local_time) values (${userId}, 7, '02:30')`;
    const day = lastSunday(3);
    const [skipped, following] = await next(`${day}T00:00:00Z`, 1);
    assert.deepEqual([skipped!.at, skipped!.note, skipped!.local], [
      null,
      "time_does_not_exist",
      `${day} 02:30`,
    ]);
    assert.equal(following!.at!.getTime(), Date.parse(`${day}T00:30:00Z`) + 7 * 86_400_000);
  });

  await t.step("that clocks show twice are the earlier time, and said so", async () => {
    const day = lastSunday(10);
    const [slot] = await next(`${day}T00:00:00Z`, 1);
    assert.deepEqual([slot!.at!.toISOString(), slot!.note], [`${day}T00:30:00.000Z`, "ambiguous_time"]);
  });

  await t.step("end after a year", async () => {
    const slots = await next(new Date().toISOString(), 200);
    assert.ok(slots.length >= 52 && slots.length <= 54, `${slots.length}`);
    const last = slots.at(-1)!.at!.getTime() - Date.now();
    assert.ok(last < 367 * 86_400_000);
  });

  await t.step("are read by their user for their own accounts only", async () => {
    const stranger = await addBulkMaker(sql);
    const ask = (id: string, connection: string) =>
      asUser(sql, id, async (tx) => {
        const [row] = await tx<{ found: { connection_id: string; slots: unknown[] }[] }[]>`
          select public.next_posting_slots(${tx.json([connection])}, null, 3) as found`;
        return row!.found;
      });
    const [own] = await ask(userId, connectionId);
    assert.equal(own!.slots.length, 3);
    assert.deepEqual(await ask(stranger.userId, connectionId), []);
  });

  await t.step("are a hundred at most, also when two are added at once", async () => {
    const { userId: other } = await addBulkMaker(sql);
    const add = (minute: number) =>
      sql`insert into public.posting_slots (user_id, weekday, local_time)
        select ${other}, 1, time '00:00' + make_interval(mins => ${minute}::integer)`;
    for (let minute = 0; minute < 99; minute++) await add(minute);
    const answers = await Promise.allSettled([add(200), add(201)]);
    const refused = answers.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
    assert.equal(refused.length, 1);
    assert.equal(refused[0]!.reason.detail, "list_is_full");
  });
});
