import assert from "node:assert/strict";
import type { PublishConnection } from "../../../supabase/functions/_shared/contracts/publish.ts";
import { buildPost } from "../../../web/src/features/publish/rules/build-post.ts";
import { checkDraft } from "../../../web/src/features/publish/rules/check-draft.ts";
import { crossPostDraft } from "../../../web/src/features/publish/rules/cross-post-draft.ts";
import { findPage, findPages } from "../../../web/src/features/publish/rules/find-page.ts";
import type { ListedPost } from "../../../web/src/features/publish/rules/listed-post.ts";
import { measureText } from "../../../web/src/features/publish/rules/text-limits.ts";

const account = (changes: Partial<PublishConnection>): PublishConnection => ({
  id: crypto.randomUUID(),
  platform: "facebook",
  route: "facebook_login",
  status: "connected",
  account_name: "Anna Finds",
  account_handle: null,
  account_picture_url: null,
  expires_at: null,
  page_connection_id: null,
  ...changes,
});
const page = account({});
const instagram = account({ platform: "instagram", page_connection_id: page.id });

const post: ListedPost = {
  id: crypto.randomUUID(),
  video_id: crypto.randomUUID(),
  product_id: null,
  filename: "kettle.mp4",
  poster_path: null,
  duration_ms: null,
  product_title: "Kettle",
  caption: "For all",
  hashtags: ["kettle"],
  created_at: "2026-11-01T10:00:00Z",
  targets: [{
    id: crypto.randomUUID(),
    platform: "instagram",
    connection_id: instagram.id,
    status: "published",
    scheduled_for: "2026-11-01T10:00:00Z",
    time_zone: null,
    caption: null,
    hashtags: null,
    options: {},
    platform_url: "https://www.instagram.com/reel/x/",
    published_at: "2026-11-01T10:00:10Z",
    error: null,
    notice: undefined,
    retry_at: null,
    attempts: 0,
  }],
};

Deno.test("an Instagram account's Page is offered while it takes posts", () => {
  assert.equal(findPage(instagram, [page, instagram]), page);
  assert.equal(findPage(page, [page, instagram]), null);
  assert.equal(findPage(instagram, [{ ...page, status: "expired" }]), null);
  assert.equal(findPage(instagram, [{ ...page, status: "disconnected" }]), null);
  const second = account({ platform: "instagram", page_connection_id: page.id });
  assert.deepEqual(findPages([instagram, second], [page, instagram, second]), [page]);
});

Deno.test("a cross-post has the words of what is there, for the Page alone", () => {
  const draft = crossPostDraft(post, post.targets[0]!, page.id, "Kettle", "UTC");
  assert.deepEqual([draft.caption, draft.hashtags], ["For all", "#kettle"]);
  const request = buildPost(post.video_id!, draft, [page]);
  assert.deepEqual(request.targets, [{ platform: "facebook", connection_id: page.id, options: {} }]);
  assert.deepEqual([request.caption, request.hashtags], ["For all", ["kettle"]]);
  const own = { ...post.targets[0]!, caption: "For Instagram", hashtags: ["#reel"] };
  const other = crossPostDraft(post, own, page.id, "Kettle", "UTC");
  assert.deepEqual([other.caption, other.hashtags], ["For Instagram", "#reel"]);
});

Deno.test("a Reel's title and text are measured as Facebook takes them", () => {
  const draft = { ...crossPostDraft(post, post.targets[0]!, page.id, "Kettle", "UTC") };
  const titled = { ...draft, facebookTitle: " The kettle " };
  const [target] = buildPost("v", titled, [page]).targets;
  assert.deepEqual(target!.options, { title: "The kettle" });
  assert.equal(checkDraft({ ...draft, facebookTitle: "x".repeat(255) }, [page]).facebookTitle, undefined);
  const long = checkDraft({ ...draft, facebookTitle: "x".repeat(256) }, [page]);
  assert.equal(long.facebookTitle, "Use at most 255 characters.");
  assert.equal(
    checkDraft({ ...draft, facebookTitle: "x".repeat(256) }, [instagram]).facebookTitle,
    undefined,
  );
  assert.deepEqual(measureText("facebook", "é#a"), [{ unit: "characters", used: 3, max: 2200 }]);
});
