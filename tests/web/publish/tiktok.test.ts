import assert from "node:assert/strict";
import type { CreatorInfo } from "../../../supabase/functions/_shared/contracts/creator-info.ts";
import { tiktokOptionsSchema } from "../../../supabase/functions/_shared/contracts/publish.ts";
import { formatLength } from "../../../web/src/features/publish/rules/format-length.ts";
import { mergeCreators } from "../../../web/src/features/publish/rules/merge-creators.ts";
import {
  checkTiktok,
  labelOf,
  reopenTiktok,
  type TiktokChoice,
  toTiktokOptions,
  UNCHOSEN,
} from "../../../web/src/features/publish/rules/tiktok-choice.ts";

const choose = (part: Partial<TiktokChoice>): TiktokChoice => ({ ...UNCHOSEN, ...part });
const creator = (part: Partial<CreatorInfo>): CreatorInfo => ({
  nickname: "Ann",
  username: "ann",
  avatar_url: null,
  privacy_levels: ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"],
  comment_disabled: false,
  duet_disabled: false,
  stitch_disabled: false,
  max_duration_seconds: 600,
  obstacle: null,
  ...part,
});

Deno.test("nothing is chosen for TikTok until somebody does", () => {
  assert.equal(toTiktokOptions(UNCHOSEN), null);
  assert.deepEqual(checkTiktok(UNCHOSEN), { "tiktok.privacy": "Choose who can see it." });
});

Deno.test("a choice for TikTok is what the server takes, and comes back as it was", () => {
  const choice = choose({
    privacy: "MUTUAL_FOLLOW_FRIENDS",
    allowsDuet: true,
    discloses: true,
    isYourBrand: true,
    isAiGenerated: true,
  });
  const options = toTiktokOptions(choice)!;
  assert.deepEqual(tiktokOptionsSchema.parse(options), options);
  assert.deepEqual([options.disable_comment, options.disable_duet], [true, false]);
  assert.deepEqual(reopenTiktok(options), choice);
  assert.deepEqual(reopenTiktok({}), UNCHOSEN);
});

Deno.test("a disclosure for TikTok says for whom, and a paid one is not private", () => {
  const unsaid = choose({ privacy: "PUBLIC_TO_EVERYONE", discloses: true });
  assert.deepEqual(Object.keys(checkTiktok(unsaid)), ["tiktok.disclosure"]);
  const hidden = choose({ privacy: "SELF_ONLY", discloses: true, isBranded: true });
  assert.match(checkTiktok(hidden)["tiktok.privacy"]!, /cannot be private/);
  assert.deepEqual(checkTiktok({ ...hidden, isBranded: false, isYourBrand: true }), {});
  // Switched off again, what was ticked below it counts no more.
  const off = toTiktokOptions(choose({ privacy: "SELF_ONLY", isBranded: true, isYourBrand: true }))!;
  assert.deepEqual([off.brand_content, off.your_brand], [false, false]);
});

Deno.test("TikTok's labels follow the disclosure, the paid one first", () => {
  assert.equal(labelOf(choose({ isYourBrand: true })), null);
  assert.equal(labelOf(choose({ discloses: true, isYourBrand: true })), "Promotional content");
  assert.equal(labelOf(choose({ discloses: true, isYourBrand: true, isBranded: true })), "Paid partnership");
});

Deno.test("several TikTok accounts offer what all of them do", () => {
  const hidden = creator({ privacy_levels: ["FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"] });
  const quiet = creator({ comment_disabled: true });
  const offered = mergeCreators([creator({}), hidden, quiet]);
  assert.deepEqual(offered.privacies, ["MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]);
  assert.deepEqual([offered.isCommentOff, offered.isDuetOff], [true, false]);
  assert.equal(mergeCreators([]).privacies.length, 4, "through Blotato nobody says");
});

Deno.test("the longest video of an account is said as people say it", () => {
  assert.deepEqual([60, 90, 600, 45].map(formatLength), [
    "1 minute",
    "1 minute 30 seconds",
    "10 minutes",
    "45 seconds",
  ]);
});
