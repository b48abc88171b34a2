import assert from "node:assert/strict";
import {
  createPostRequestSchema,
  type PublishConnection,
} from "../../../supabase/functions/_shared/contracts/publish.ts";
import { buildPost } from "../../../web/src/features/publish/rules/build-post.ts";
import { checkDraft } from "../../../web/src/features/publish/rules/check-draft.ts";
import type { PostDraft } from "../../../web/src/features/publish/rules/post-draft.ts";
import { startDraft } from "../../../web/src/features/publish/rules/start-draft.ts";

const NOW = new Date("2026-05-04T12:01Z");
const VIDEO = crypto.randomUUID();

const account = (platform: "youtube" | "instagram", status: PublishConnection["status"] = "connected") => ({
  id: crypto.randomUUID(),
  platform,
  route: platform === "youtube" ? "google" : "facebook_login",
  status,
  account_name: platform,
  account_handle: null,
  account_picture_url: null,
  expires_at: null,
  page_connection_id: null,
});

const youtube = account("youtube");
const instagram = account("instagram");
const both = [youtube, instagram];
const draft = (fields: Partial<PostDraft> = {}): PostDraft => ({
  ...startDraft(both, "A kettle", "Europe/Berlin", NOW),
  caption: "Boils fast",
  ...fields,
});
const problems = (fields: Partial<PostDraft>, accounts: readonly PublishConnection[] = both) =>
  Object.keys(checkDraft(draft(fields), accounts, NOW));

Deno.test("a form opens with the only account of each platform and a time ahead", () => {
  assert.deepEqual(draft().connectionIds, [youtube.id, instagram.id]);
  assert.equal(draft().localTime, "2026-05-04T15:00");
  const several = startDraft(
    [youtube, account("youtube"), account("instagram", "expired")],
    "<b>",
    "UTC",
    NOW,
  );
  assert.deepEqual(several.connectionIds, []);
  assert.equal(several.title, "b");
});

Deno.test("a complete draft has no problems and builds a request the contract takes", () => {
  assert.deepEqual(problems({}), []);
  const post = buildPost(VIDEO, draft({ hashtags: "#tea pot", when: "later" }), both);
  assert.ok(createPostRequestSchema.safeParse(post).success);
  assert.equal(post.scheduled_for, "2026-05-04T13:00:00.000Z");
  assert.deepEqual(post.hashtags, ["tea", "pot"]);
  assert.equal(buildPost(VIDEO, draft(), both).scheduled_for, undefined);
});

Deno.test("each platform's limits hold only where it is chosen", () => {
  assert.deepEqual(problems({ caption: "a".repeat(2201) }), ["caption"]);
  assert.deepEqual(problems({ caption: "a".repeat(2201) }, [youtube]), []);
  assert.deepEqual(problems({ caption: "ä".repeat(2501) }, [youtube]), ["caption"]);
  assert.deepEqual(problems({ caption: "a < b" }, [youtube]), ["caption"]);
  assert.deepEqual(problems({ caption: "a < b" }, [instagram]), []);
  assert.deepEqual(problems({ title: " " }), ["title"]);
  assert.deepEqual(problems({ title: "👍".repeat(101) }), ["title"]);
  assert.deepEqual(problems({ title: "" }, [instagram]), []);
});

Deno.test("a time has to be ahead and to come at all", () => {
  assert.deepEqual(problems({ when: "later", localTime: "2026-05-04T14:01" }), ["localTime"]);
  assert.deepEqual(problems({ when: "later", localTime: "2027-03-28T02:30" }), ["localTime"]);
  assert.deepEqual(problems({ when: "later", localTime: "" }), ["localTime"]);
  assert.deepEqual(problems({ when: "now", localTime: "" }), []);
});

Deno.test("a post needs an account and hashtags of letters", () => {
  assert.deepEqual(problems({}, []), ["accounts"]);
  assert.deepEqual(problems({ hashtags: "co-op" }), ["hashtags"]);
  assert.deepEqual(
    problems({ hashtags: Array.from({ length: 31 }, (_, i) => `t${i}`).join(" ") }, [youtube]),
    [
      "hashtags",
    ],
  );
});

Deno.test("a platform with its own text is checked by that text alone", () => {
  const ownTexts = { instagram: { caption: "short", hashtags: "" } };
  assert.deepEqual(problems({ caption: "a".repeat(2201), ownTexts }), []);
  const tooLong = { instagram: { caption: "a".repeat(2201), hashtags: "co-op" } };
  assert.deepEqual(problems({ ownTexts: tooLong }), ["caption.instagram", "hashtags.instagram"]);
  const { targets } = buildPost(VIDEO, draft({ ownTexts }), both);
  assert.deepEqual(targets.map(({ caption }) => caption), [undefined, "short"]);
});

Deno.test("accounts with times of their own get them, and each is checked", () => {
  const ownTimes = { [youtube.id]: "2026-06-01T10:00", [instagram.id]: "2027-03-28T02:30" };
  assert.deepEqual(problems({ when: "later", ownTimes }), [`localTime.${instagram.id}`]);
  assert.deepEqual(problems({ when: "now", ownTimes }), []);
  const post = buildPost(VIDEO, draft({ when: "later", ownTimes }), [youtube]);
  assert.equal(post.scheduled_for, undefined);
  assert.equal(post.targets[0]!.scheduled_for, "2026-06-01T08:00:00.000Z");
});
