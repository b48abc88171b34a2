import assert from "node:assert/strict";
import { assertStored, QUICK, sentMoreThan } from "./support/browser-checks.ts";
import { invitePerson, type Person, startBrowserWorld, type Tab } from "./support/browser-world.ts";
import { addUploadFault, clearFaults } from "./support/sandbox-control.ts";

const MIB = 1024 * 1024;
const world = await startBrowserWorld(28_040);
const { env } = world.stack;
const video = await world.makeVideo(30 * MIB + 12_345, 1);
const other = await world.makeVideo(30 * MIB + 12_345, 2);
const shorter = await world.makeVideo(20 * MIB, 3);

Deno.test.afterAll(() => world.close());
Deno.test.beforeEach(() => clearFaults(env));

/** An upload whose second fragment OneDrive does not answer: 10 MiB are stored, the rest hangs. */
async function hangHalfway(tab: Tab, path = video.path): Promise<string> {
  await addUploadFault(env, { kind: "delay", value: 600_000, skip: 1 });
  const id = await tab.add(path);
  await sentMoreThan(tab, id, 10 * MIB);
  return id;
}

/** The unfinished upload as a fresh page sees it. */
async function restoreOne(tab: Tab) {
  const uploads = await tab.restore();
  assert.equal(uploads.length, 1);
  return uploads[0]!;
}

Deno.test("a reloaded tab goes on at once with the file it had", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  await hangHalfway(tab);
  await tab.reload();
  const found = await restoreOne(tab);
  assert.equal(found.status, "needs_file");

  await tab.attach(found.id, shorter.path);
  assert.equal((await tab.all())[0]!.error?.code, "wrong_file");
  await tab.attach(found.id, other.path);
  assert.deepEqual((await tab.all()).map(({ status, error }) => [status, error?.code]), [[
    "needs_file",
    "wrong_file",
  ]]);

  const starts: string[] = [];
  tab.page.on("request", (request) => starts.push(request.headers()["content-range"] ?? ""));
  await tab.attach(found.id, video.path);
  await tab.until(found.id, "complete");
  const first = starts.find((range) => range !== "")!;
  assert.match(first, new RegExp(`^bytes ${10 * MIB}-`), "nothing is sent twice");
  await assertStored(person, video);
});

Deno.test("another browser takes an upload over from a tab that was killed", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  await hangHalfway(tab);
  await tab.page.close();
  const elsewhere = await (await person.inAnotherBrowser()).openTab();
  const found = await restoreOne(elsewhere);
  await elsewhere.attach(found.id, video.path);
  await elsewhere.until(found.id, "in_use_elsewhere");
  await elsewhere.call("takeOver", found.id);
  await elsewhere.until(found.id, "complete");
  await assertStored(person, video);
});

Deno.test("two tabs never send the same file at once, and the second may take over", async () => {
  const person = await invitePerson(world);
  const first = await person.openTab({ timings: { ...QUICK, reportMs: 200, heartbeatMs: 200 } });
  const id = await hangHalfway(first);
  const second = await person.openTab();
  const found = await restoreOne(second);
  await second.attach(found.id, video.path);
  await second.until(found.id, "in_use_elsewhere");
  await second.call("takeOver", found.id);
  await second.until(found.id, "complete");
  await first.until(id, "in_use_elsewhere", "complete");
  await assertStored(person, video);
});

Deno.test("a tab keeps its uploader id over a reload, and a duplicate of the tab gets another", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  const ids: string[] = [];
  person.context.on("request", (request) => ids.push(request.headers()["x-uploader-id"] ?? ""));
  await tab.restore();
  await tab.reload();
  await tab.restore();
  const [duplicate] = await Promise.all([
    person.context.waitForEvent("page"),
    tab.page.evaluate((url) => void open(url), world.pages.url),
  ]);
  await (await person.startTab(duplicate)).restore();
  const [first, second, third] = ids.filter((id) => id !== "");
  assert.equal(first, second);
  assert.notEqual(third, first);
  assert.match(third!, /^[0-9a-f-]{36}$/);
});

Deno.test("a paused upload goes on where it was", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  const id = await hangHalfway(tab);
  await tab.call("pause", id);
  await tab.until(id, "paused");
  await tab.call("resume", id);
  await tab.until(id, "complete");
  await assertStored(person, video);
});

Deno.test("a canceled upload leaves nothing in OneDrive", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab();
  const id = await hangHalfway(tab);
  await tab.call("cancel", id);
  await tab.until(id, "canceled");
  assert.deepEqual(await storedNames(person), []);
  await tab.reload();
  assert.deepEqual(await tab.restore(), []);
});

async function storedNames(person: Person): Promise<unknown[]> {
  const { data } = await person.account.client.from("product_videos").select("id");
  return data!;
}

Deno.test("a file that changes on disk meanwhile is noticed and asked for again", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab({ timings: { ...QUICK, stallMs: 1_000 } });
  const changing = await world.makeVideo(30 * MIB, 4);
  const id = await hangHalfway(tab, changing.path);
  await Deno.utime(changing.path, new Date(), new Date(Date.now() + 60_000));
  const state = await tab.until(id, "needs_file");
  assert.equal(state.error?.code, "file_unreadable");
  await tab.attach(id, changing.path);
  await tab.until(id, "complete");
  await assertStored(person, changing);
});

Deno.test("an upload waits while the browser is offline and goes on at once when it is back", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab({ timings: { stallMs: 1_000 } });
  const id = await hangHalfway(tab);
  await person.context.setOffline(true);
  const waiting = await tab.until(id, "waiting");
  assert.deepEqual([waiting.error?.code, waiting.retryAt], ["offline", null]);
  await person.context.setOffline(false);
  await tab.until(id, "complete");
  await assertStored(person, video);
});

Deno.test("an upload goes on after the function was killed in the middle", async () => {
  const person = await invitePerson(world);
  const tab = await person.openTab({ timings: { ...QUICK, stallMs: 1_000 } });
  const id = await hangHalfway(tab);
  Deno.kill((await world.stack.pids())["functions/onedrive"]!, "SIGKILL");
  await tab.until(id, "complete");
  await assertStored(person, video);
});
