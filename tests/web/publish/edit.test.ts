import assert from "node:assert/strict";
import {
  editPostRequestSchema,
  type TargetStatus,
} from "../../../supabase/functions/_shared/contracts/publish.ts";
import { buildEdit } from "../../../web/src/features/publish/rules/build-edit.ts";
import { findCauses } from "../../../web/src/features/publish/rules/find-causes.ts";
import type { ListedPost, ListedTarget } from "../../../web/src/features/publish/rules/listed-post.ts";
import type { PostDraft } from "../../../web/src/features/publish/rules/post-draft.ts";
import { reopenDraft } from "../../../web/src/features/publish/rules/reopen-draft.ts";
import { summarizePost } from "../../../web/src/features/publish/rules/summarize-post.ts";

const NOW = new Date("2026-05-04T12:00Z");
const YOUTUBE = crypto.randomUUID();
const INSTAGRAM = crypto.randomUUID();

const target = (status: TargetStatus, fields: Partial<ListedTarget> = {}): ListedTarget => ({
  id: crypto.randomUUID(),
  platform: "youtube",
  connection_id: YOUTUBE,
  status,
  scheduled_for: "2026-05-05T09:00:00+00:00",
  time_zone: "Europe/Berlin",
  caption: null,
  hashtags: null,
  options: { title: "A kettle", privacy: "public", made_for_kids: false, tags: ["kept"] },
  platform_url: null,
  published_at: null,
  error: null,
  notice: undefined,
  retry_at: null,
  attempts: 0,
  ...fields,
});

const reel = (status: TargetStatus, fields: Partial<ListedTarget> = {}) =>
  target(status, {
    platform: "instagram",
    connection_id: INSTAGRAM,
    options: { share_to_feed: true },
    ...fields,
  });

const post = (...targets: ListedTarget[]): ListedPost => ({
  id: crypto.randomUUID(),
  video_id: crypto.randomUUID(),
  product_id: null,
  filename: "clip.mp4",
  poster_path: null,
  duration_ms: null,
  product_title: null,
  caption: "For all",
  hashtags: ["tea"],
  created_at: "2026-05-04T11:00:00+00:00",
  targets,
});

const edit = (of: ListedPost, fields: Partial<PostDraft>) => {
  const opened = reopenDraft(of, "clip", "UTC", NOW);
  const request = buildEdit(of, opened, { ...opened, ...fields });
  assert.ok(editPostRequestSchema.safeParse(request).success, JSON.stringify(request));
  return request;
};

Deno.test("a form that nobody touched sends nothing", () => {
  assert.deepEqual(edit(post(target("scheduled"), reel("ready", { caption: "Only here" })), {}), {});
});

Deno.test("an edited text goes to the post, its own text to the platform alone", () => {
  const both = post(target("scheduled"), reel("scheduled", { caption: "Only here" }));
  assert.deepEqual(edit(both, { caption: " New " }), { caption: "New" });
  assert.deepEqual(edit(both, { ownTexts: {} }), {
    targets: [{ id: both.targets[1]!.id, caption: null, hashtags: null }],
  });
});

Deno.test("changed options keep what the form does not show", () => {
  const one = post(target("scheduled"));
  const { targets } = edit(one, { privacy: "private" });
  assert.deepEqual(targets![0]!.options, {
    title: "A kettle",
    privacy: "private",
    made_for_kids: false,
    tags: ["kept"],
  });
});

Deno.test("a new time is sent for what still waits, and at once without one", () => {
  const mixed = post(target("published"), reel("scheduled"));
  assert.deepEqual(edit(mixed, { localTime: "2026-05-06T10:30" }).targets, [
    { id: mixed.targets[1]!.id, scheduled_for: "2026-05-06T08:30:00.000Z" },
  ]);
  assert.equal(edit(mixed, { when: "now" }).targets![0]!.scheduled_for, null);
  assert.equal(edit(mixed, { localTime: "" }).targets, undefined);
});

Deno.test("a post reopens with a time for each account where they differ", () => {
  const apart = post(target("scheduled"), reel("scheduled", { scheduled_for: "2026-05-06T09:00:00+00:00" }));
  const draft = reopenDraft(apart, "clip", "UTC", NOW);
  assert.deepEqual(draft.ownTimes, { [YOUTUBE]: "2026-05-05T11:00", [INSTAGRAM]: "2026-05-06T11:00" });
  assert.equal(draft.timeZone, "Europe/Berlin");
  assert.equal(draft.hashtags, "#tea");
  assert.equal(
    reopenDraft(post(target("draft", { scheduled_for: "2026-05-04T11:00:00Z" })), "c", "UTC", NOW).when,
    "now",
  );
});

for (
  const [label, targets] of [
    ["Draft", [target("draft"), reel("canceled")]],
    ["Canceled", [target("canceled")]],
    ["Scheduled", [target("scheduled"), reel("published")]],
    ["Under way", [target("uploading"), reel("scheduled")]],
    ["Published", [target("published"), reel("canceled")]],
    ["Needs you", [target("published"), reel("unknown")]],
    ["Under way", [target("published"), reel("unknown", { retry_at: "2026-05-04T12:01:00Z" })]],
    ["Not published", [target("failed"), reel("failed")]],
  ] as const
) {
  Deno.test(`a post of ${targets.map(({ status }) => status).join(" and ")} is ${label}, ${targets.at(-1)!.retry_at ?? "never"}`, () => {
    assert.equal(summarizePost(targets, "UTC", NOW).label, label);
  });
}

Deno.test("a cause is what stopped more than one target of a platform", () => {
  const error = { code: "platform_refused", message: "No." };
  const one = post(target("failed", { error }), reel("failed", { error }));
  const other = post(target("failed", { error }), reel("retry_wait", { error }));
  const causes = findCauses([one, other]);
  assert.deepEqual(causes.map(({ platform, targetCount }) => [platform, targetCount]), [["youtube", 2]]);
  assert.deepEqual(causes[0]!.postIds, [one.id, other.id]);
});
