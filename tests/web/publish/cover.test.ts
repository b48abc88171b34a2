import assert from "node:assert/strict";
import {
  createPostRequestSchema,
  instagramOptionsSchema,
  youtubeOptionsSchema,
} from "../../../supabase/functions/_shared/contracts/publish.ts";
import { instagramOptions, youtubeOptions } from "../../../web/src/features/publish/rules/build-options.ts";
import { checkDraft } from "../../../web/src/features/publish/rules/check-draft.ts";
import { WHOLE } from "../../../web/src/features/publish/rules/crop.ts";
import { type DraftCover, shapesOf } from "../../../web/src/features/publish/rules/draft-cover.ts";
import { formatMoment } from "../../../web/src/features/publish/rules/format-moment.ts";
import type { ListedTarget } from "../../../web/src/features/publish/rules/listed-post.ts";
import { reopenCover } from "../../../web/src/features/publish/rules/reopen-cover.ts";
import { startDraft } from "../../../web/src/features/publish/rules/start-draft.ts";

const folder = `${crypto.randomUUID()}/${crypto.randomUUID()}`;
const chosen: DraftCover = {
  kind: "chosen",
  folder,
  picture: { blob: new Blob(), width: 1080, height: 1920, atMs: 2500 },
  crops: { wide: WHOLE, tall: WHOLE },
};
const draft = { ...startDraft([], "A kettle", "UTC"), cover: chosen, firstComment: " Look here " };
const target = (platform: ListedTarget["platform"], options: Record<string, unknown>) =>
  ({ platform, options }) as ListedTarget;

Deno.test("a cover is asked of every platform in its own shape", () => {
  assert.deepEqual(youtubeOptions(draft).cover, `${folder}/wide.jpg`);
  assert.deepEqual(instagramOptions(draft), {
    share_to_feed: true,
    cover: `${folder}/tall.jpg`,
    first_comment: "Look here",
  });
  assert.ok(youtubeOptionsSchema.safeParse(youtubeOptions(draft)).success);
  assert.ok(instagramOptionsSchema.safeParse(instagramOptions(draft)).success);
  assert.deepEqual(shapesOf(["youtube", "instagram", "facebook", "tiktok"]), ["wide", "tall"]);
  assert.deepEqual(shapesOf(["tiktok"]), []);
});

Deno.test("without a cover and comment nothing is said of either", () => {
  const plain = { ...draft, cover: null, firstComment: "  " };
  assert.deepEqual(instagramOptions(plain), { share_to_feed: true });
  assert.equal(Object.hasOwn(youtubeOptions(plain), "cover"), false);
});

Deno.test("a stored cover is shown again as it is and asked for unchanged", () => {
  const stored = reopenCover([
    target("youtube", youtubeOptions(draft)),
    target("instagram", instagramOptions(draft)),
  ]);
  assert.deepEqual(stored, {
    kind: "stored",
    paths: { wide: `${folder}/wide.jpg`, tall: `${folder}/tall.jpg` },
    atMs: null,
  });
  assert.deepEqual(youtubeOptions({ ...draft, cover: stored }), youtubeOptions(draft));
  assert.equal(reopenCover([target("instagram", { share_to_feed: true })]), null);
  const frame = reopenCover([target("instagram", { cover_offset_ms: 900 })]);
  assert.deepEqual(instagramOptions({ ...draft, cover: frame, firstComment: "" }), {
    share_to_feed: true,
    cover_offset_ms: 900,
  });
});

Deno.test("a path that is no cover's, and a comment that is too long, are refused", () => {
  const post = (options: Record<string, unknown>) =>
    createPostRequestSchema.safeParse({
      video_id: crypto.randomUUID(),
      caption: "",
      targets: [{ platform: "instagram", options }],
    }).success;
  assert.equal(post({ cover: `${folder}/tall.jpg` }), true);
  for (const cover of ["tall.jpg", `${folder}/../x.jpg`, `${folder}/tall.svg`, `/${folder}/tall.jpg`]) {
    assert.equal(post({ cover }), false, cover);
  }
  assert.equal(post({ first_comment: "😀".repeat(2200) }), true, "an emoji is one character");
  assert.equal(post({ first_comment: "x".repeat(2201) }), false);
  const instagram = {
    id: crypto.randomUUID(),
    platform: "instagram" as const,
    route: "facebook_login",
    status: "connected" as const,
    account_name: null,
    account_handle: null,
    account_picture_url: null,
    expires_at: null,
    page_connection_id: null,
  };
  const problems = checkDraft({ ...draft, firstComment: "x".repeat(2201) }, [instagram]);
  assert.match(problems.firstComment!, /at most 2,200 characters/);
});

Deno.test("a moment of a video is written to the tenth of a second", () => {
  assert.deepEqual([0, 3.24, 59.99, 62.4].map(formatMoment), ["0:00.0", "0:03.2", "0:59.9", "1:02.4"]);
});
