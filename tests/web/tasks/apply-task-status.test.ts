import assert from "node:assert/strict";
import type { Task, TaskList } from "../../../supabase/functions/_shared/contracts/tasks.ts";
import { applyTaskStatus } from "../../../web/src/features/tasks/api/apply-task-status.ts";
import { mergeGroups } from "../../../web/src/features/tasks/api/merge-groups.ts";

const NOW = "2026-11-21T12:00:00Z";

function makeTask(id: string, change: Partial<Task> = {}): Task {
  return {
    id,
    product_id: "product",
    marketplace: "US",
    asin: "B0CRL7K2M1",
    search_asin: "B0CRL7K2M1",
    title: null,
    image_url: null,
    video_id: null,
    video_is_inherited: false,
    inherited_from_task_id: null,
    thumbnail_path: null,
    status: "pending",
    video_changed_at: null,
    completed_at: null,
    created_at: NOW,
    updated_at: NOW,
    ...change,
  };
}

function makeList(...groups: TaskList["groups"]): TaskList {
  return {
    groups,
    counts: { pending: 2, completed: 1, skipped: 0, by_marketplace: { US: 2, CA: 0, UK: 0, DE: 0 } },
    next_cursor: null,
  };
}

const video = {
  id: "video",
  filename: "clip.mp4",
  duration_ms: null,
  size_bytes: 1,
  poster_path: null,
  unreachable_reason: null,
};

Deno.test("applyTaskStatus takes a task out of a list of another status", () => {
  const list = makeList({ video, tasks: [makeTask("a"), makeTask("b")] });
  const next = applyTaskStatus(list, "pending", { id: "a", status: "completed", now: NOW });
  assert.deepEqual(next.groups.map(({ tasks }) => tasks.map(({ id }) => id)), [["b"]]);
  assert.deepEqual({ ...next.counts, by_marketplace: undefined }, {
    pending: 1,
    completed: 2,
    skipped: 0,
    by_marketplace: undefined,
  });
});

Deno.test("applyTaskStatus drops a group with its last task", () => {
  const next = applyTaskStatus(makeList({ video, tasks: [makeTask("a")] }), "pending", {
    id: "a",
    status: "skipped",
    now: NOW,
  });
  assert.deepEqual(next.groups, []);
});

Deno.test("applyTaskStatus changes the task in a list of every status", () => {
  const list = makeList({ video, tasks: [makeTask("a")] });
  const done = applyTaskStatus(list, undefined, { id: "a", status: "completed", now: NOW });
  assert.equal(done.groups[0]?.tasks[0]?.completed_at, NOW);
  const reopened = applyTaskStatus(done, undefined, { id: "a", status: "pending", now: NOW });
  assert.equal(reopened.groups[0]?.tasks[0]?.completed_at, null);
});

Deno.test("applyTaskStatus leaves lists without the task as they are", () => {
  const list = makeList({ video, tasks: [makeTask("a")] });
  assert.equal(applyTaskStatus(list, "pending", { id: "x", status: "completed", now: NOW }), list);
});

Deno.test("mergeGroups joins a video that lies on two pages and keeps each task once", () => {
  const first = makeList({ video, tasks: [makeTask("a"), makeTask("b", { asin: "B0CRL7K2W8" })] });
  const second = makeList({
    video,
    tasks: [makeTask("b", { asin: "B0CRL7K2W8" }), makeTask("c", { asin: "B0CRL7K3G5" })],
  });
  assert.deepEqual(mergeGroups([first, second]).map(({ tasks }) => tasks.map(({ id }) => id)), [[
    "a",
    "b",
    "c",
  ]]);
});

Deno.test("mergeGroups lists own tasks first and marketplaces in their order", () => {
  const tasks = [
    makeTask("child-de", { asin: "B0AAAAAAAA", marketplace: "DE" }),
    makeTask("child-us", { asin: "B0AAAAAAAA" }),
    makeTask("own-uk", { marketplace: "UK" }),
    makeTask("own-us"),
  ];
  const [group] = mergeGroups([makeList({ video, tasks })]);
  assert.deepEqual(group?.tasks.map(({ id }) => id), ["own-us", "own-uk", "child-us", "child-de"]);
});

Deno.test("mergeGroups keeps products apart that wait for a video", () => {
  const list = makeList({ video: null, tasks: [makeTask("a"), makeTask("b", { product_id: "other" })] });
  assert.deepEqual(mergeGroups([list]).map(({ tasks }) => tasks.map(({ id }) => id)), [["a"], ["b"]]);
});
