import assert from "node:assert/strict";
import { PORTS } from "../support/ports.ts";
import { inSeconds, openPublishWorld, type Platform } from "../support/publish-world.ts";

const world = await openPublishWorld(PORTS.publishScheduling);
const { control } = world;
const creator = await world.createCreator();
const BOTH = ["youtube", "instagram"] as const;
const SESSIONS = "/upload/youtube/v3/videos";

Deno.test.afterAll(() => world.close());

/** The last Sunday of a month (0 to 11) of the next year, when clocks change in Berlin. */
function lastSunday(month: number): string {
  const day = new Date(Date.UTC(new Date().getUTCFullYear() + 1, month + 1, 0));
  day.setUTCDate(day.getUTCDate() - day.getUTCDay());
  return day.toISOString().slice(0, 10);
}

async function countOpenedSessions(): Promise<number> {
  const calls = await control.requests();
  return calls.find(({ method, route, status }) => method === "POST" && route === SESSIONS && status === 200)
    ?.count ?? 0;
}

Deno.test("Times: a change to a local time", async (t) => {
  const berlin = { time_zone: "Europe/Berlin" };
  const { id, targetIds } = await creator.post("Clocks change", ["youtube"], {
    scheduled_for: `${lastSunday(0)}T12:00:00`,
    ...berlin,
  });
  const read = async () => {
    const { body } = await creator.call("GET", `posts/${id}`);
    return new Date((body.targets as { scheduled_for: string }[])[0]!.scheduled_for).toISOString();
  };
  const before = await read();

  await t.step("that clocks skip is refused and changes nothing", async () => {
    const scheduled_for = `${lastSunday(2)}T02:30:00`;
    const changes = [
      { scheduled_for, ...berlin },
      { targets: [{ id: targetIds.youtube, scheduled_for }] },
    ];
    for (const change of changes) {
      const { status, body } = await creator.call("PATCH", `posts/${id}`, change);
      assert.deepEqual([status, body.code], [422, "time_does_not_exist"], JSON.stringify(change));
    }
    assert.equal(await read(), before);
  });

  await t.step("that clocks show twice takes the earlier one and says so", async () => {
    const scheduled_for = `${lastSunday(9)}T02:30:00`;
    // The target's own zone is the one its first time was chosen in.
    const changes: [Record<string, unknown>, string][] = [
      [{ scheduled_for, ...berlin }, "scheduled_for"],
      [{ targets: [{ id: targetIds.youtube, scheduled_for }] }, "targets.0.scheduled_for"],
    ];
    for (const [change, path] of changes) {
      const { status, body } = await creator.call("PATCH", `posts/${id}`, change);
      assert.equal(status, 200, JSON.stringify(body));
      const notices = body.notices as { path: string; code: string }[];
      assert.deepEqual(notices.map((notice) => [notice.path, notice.code]), [[path, "ambiguous_time"]]);
      assert.equal(await read(), `${lastSunday(9)}T00:30:00.000Z`);
    }
  });

  await t.step("in another zone is that zone's", async () => {
    const { body } = await creator.call("PATCH", `posts/${id}`, {
      scheduled_for: `${lastSunday(9)}T02:30:00`,
      time_zone: "America/New_York",
    });
    assert.equal(body.notices, undefined);
    assert.equal(await read(), `${lastSunday(9)}T06:30:00.000Z`);
  });
});

Deno.test("Times: each platform has its own", async () => {
  const dueAt = { youtube: inSeconds(500), instagram: inSeconds(4) };
  const { id, targetIds } = await creator.post("One after the other", [], {
    targets: BOTH.map((platform) => ({ platform, scheduled_for: dueAt[platform] })),
  });
  await creator.waitFor(id, "instagram", "published");
  assert.deepEqual(await creator.postsOf("One after the other", "youtube"), []);
  dueAt.youtube = inSeconds(3);
  const targets = [{ id: targetIds.youtube, scheduled_for: dueAt.youtube }];
  assert.equal((await creator.call("PATCH", `posts/${id}`, { targets })).status, 200);
  await creator.waitFor(id, "youtube", "published");
  for (const platform of BOTH) {
    const [post, ...more] = await creator.postsOf("One after the other", platform);
    assert.equal(more.length, 0);
    const latenessMs = new Date(post!.created_at).getTime() - new Date(dueAt[platform]).getTime();
    assert.ok(latenessMs > -50 && latenessMs < 60_000, `${platform}: ${latenessMs} ms late`);
  }
});

Deno.test("Edits: the text of a post that is ready", async (t) => {
  const { id, targetIds } = await creator.post("Old words", BOTH, { scheduled_for: inSeconds(500) });
  for (const platform of BOTH) await creator.waitFor(id, platform, "ready");

  await t.step("is taken until the last moment", async () => {
    const { status, body } = await creator.call("PATCH", `posts/${id}`, {
      caption: "New words",
      targets: [{ id: targetIds.youtube, options: { title: "New title" } }],
    });
    assert.equal(status, 200, JSON.stringify(body));
    for (const platform of BOTH) await creator.waitFor(id, platform, "ready");
    await creator.call("PATCH", `posts/${id}`, { scheduled_for: inSeconds(0) });
  });

  await t.step("goes out once, and the old one never", async () => {
    for (const platform of BOTH) {
      await creator.waitFor(id, platform, "published", 60_000);
      assert.equal((await creator.postsOf("New words", platform)).length, 1, platform);
    }
    assert.equal((await creator.postsOf("New title", "youtube")).length, 1);
    assert.deepEqual(await creator.postsOf("Old words"), []);
  });
});

Deno.test("Edits: a post that is out keeps its text", async () => {
  const { id } = await creator.post("Final words", ["youtube"]);
  await creator.waitFor(id, "youtube", "published");
  const { status, body } = await creator.call("PATCH", `posts/${id}`, { caption: "Second thoughts" });
  assert.deepEqual([status, body.code], [409, "post_is_going_out"]);
  const shown = await creator.call("GET", `posts/${id}`);
  assert.equal(shown.body.overall_status, "published");
});

Deno.test("Publish now: a scheduled post goes out at once", async (t) => {
  const goesOut = async (
    id: string,
    platforms: readonly Platform[],
    text: string,
    change: Record<string, unknown> = { scheduled_for: null },
  ) => {
    const { status, body } = await creator.call("PATCH", `posts/${id}`, change);
    assert.equal(status, 200, JSON.stringify(body));
    for (const platform of platforms) {
      await creator.waitFor(id, platform, "published");
      assert.equal((await creator.postsOf(text, platform)).length, 1);
    }
  };

  await t.step("one that nobody has worked on", async () => {
    const { id } = await creator.post("Not next week", BOTH, { scheduled_for: inSeconds(7 * 86_400) });
    await goesOut(id, BOTH, "Not next week");
  });

  await t.step("one that is ready, with what was prepared", async () => {
    const { id, targetIds } = await creator.post("Not in minutes", ["youtube"], {
      scheduled_for: inSeconds(500),
    });
    await creator.waitFor(id, "youtube", "ready");
    const before = await countOpenedSessions();
    const targets = [{ id: targetIds.youtube, scheduled_for: null }];
    await goesOut(id, ["youtube"], "Not in minutes", { targets });
    assert.equal(await countOpenedSessions(), before);
  });
});
