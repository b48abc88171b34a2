import assert from "node:assert/strict";
import { CAPTION_LIMITS } from "../../../supabase/functions/_shared/contracts/caption-limits.ts";
import {
  type CaptionFacts,
  findUnknownPlaceholders,
  renderCaption,
  renderTitle,
} from "../../../supabase/functions/_shared/contracts/render-caption.ts";
import { PLATFORMS } from "../../../supabase/functions/_shared/contracts/publish.ts";
import { buildBulkPost } from "../../../supabase/functions/publish/rules/build-bulk-post.ts";

const KETTLE: CaptionFacts = {
  filename: "IMG 12.final.mp4",
  product: {
    title: "Kettle {1 l}",
    video_title: "Why I switched",
    brand: "Fern & Co",
    asin: "B0KETTLE01",
    price: 49.9,
    currency: "EUR",
    marketplace: "DE",
  },
};
const NOTHING: CaptionFacts = { filename: "IMG 12.final.mp4", product: null };
const FAMILY = "👨‍👩‍👧‍👦";
const render = (caption: string, facts = KETTLE, hashtags: string[] = []) =>
  renderCaption({ caption, hashtags }, facts, "instagram");

Deno.test("renderCaption: placeholders become what is known of the product", () => {
  assert.equal(
    render("{title}, {video_title} by {brand} ({asin}): {price} {link}").caption,
    "Kettle 1 l, Why I switched by Fern & Co (B0KETTLE01): €49.90 https://www.amazon.de/dp/B0KETTLE01",
  );
  assert.equal(render("#{brand} #{asin}").caption, "#FernCo #B0KETTLE01");
});

Deno.test("renderCaption: nothing known leaves no gap", () => {
  assert.equal(
    render("{title} by {brand}, for {price}.\n{link}\n\nBye", NOTHING).caption,
    "IMG 12.final by, for.\n\nBye",
  );
  assert.equal(render("#{brand}", NOTHING).caption, "");
});

Deno.test("renderCaption: other braces and a typist's own spaces stay", () => {
  assert.equal(render("{titel}  {x}\n\ntwo  spaces").caption, "{titel}  {x}\n\ntwo  spaces");
  assert.deepEqual(findUnknownPlaceholders("{titel} {title} {titel} {}"), ["titel"]);
});

Deno.test("renderCaption: a product's words are no placeholders themselves", () => {
  const facts = { ...KETTLE, product: { ...KETTLE.product!, title: "A {link} b" } };
  assert.equal(render("{title}", facts).caption, "A link b");
});

Deno.test("renderCaption: too long loses hashtags from the end, then the end of its caption", () => {
  const tags = Array.from({ length: 30 }, (_, index) => `tag${index}`);
  const fits = render("a".repeat(2_150), KETTLE, tags);
  assert.deepEqual(fits.hashtags, ["tag0", "tag1", "tag2", "tag3", "tag4", "tag5", "tag6", "tag7"]);
  const { caption, hashtags } = render("b".repeat(3_000), KETTLE, tags);
  assert.deepEqual([caption.length, caption.at(-1), hashtags], [2_200, "…", []]);
});

Deno.test("renderCaption: no platform gets more than it takes, and no half characters", () => {
  for (const platform of PLATFORMS) {
    const { max, measure, maxHashtags } = CAPTION_LIMITS[platform];
    for (const text of ["x", "é", "日", "😀", FAMILY, `${FAMILY} {title} `]) {
      const tags = Array.from({ length: 30 }, (_, index) => `日本${index}`);
      const result = renderCaption({ caption: text.repeat(6_000), hashtags: tags }, KETTLE, platform);
      assert.ok(measure(result.caption) <= max, `${platform} ${text}: ${measure(result.caption)}`);
      assert.ok(measure(result.caption) > max - 60, `${platform} ${text}: cut too much`);
      assert.ok(result.caption.isWellFormed());
      assert.ok(!/\u200d…$/.test(result.caption), "cut inside an emoji");
      assert.ok(result.hashtags.length <= maxHashtags);
    }
  }
});

Deno.test("renderCaption: hashtags of the caption count as well", () => {
  const tags = Array.from({ length: 30 }, (_, index) => `t${index}`);
  assert.equal(render("#one #two and #three", KETTLE, tags).hashtags.length, 27);
  assert.deepEqual(render("", KETTLE, ["#good", "not good", "größe"]).hashtags, ["good", "größe"]);
});

Deno.test("renderTitle: one line, within its length", () => {
  assert.equal(renderTitle("{title}\nby {brand}", KETTLE, 100), "Kettle 1 l by Fern & Co");
  assert.equal([...renderTitle(`{title} ${"😀".repeat(200)}`, KETTLE, 100)].length, 100);
});

Deno.test("buildBulkPost: the post has the first text, others their own where it differs", () => {
  const post = buildBulkPost(
    {
      caption: "{title} > all",
      hashtags: ["kettle"],
      targets: [
        { platform: "instagram", options: { share_to_feed: true, first_comment: "Get it: {link}" } },
        {
          platform: "youtube",
          options: { title: "{brand}", privacy: "public", made_for_kids: false, tags: [] },
        },
        { platform: "facebook", caption: "{price}", options: { title: "{brand}" } },
      ],
    },
    crypto.randomUUID(),
    NOTHING,
  );
  const [instagram, youtube, facebook] = post.targets;
  assert.deepEqual([post.caption, post.hashtags], ["IMG 12.final > all", ["kettle"]]);
  assert.deepEqual([instagram!.caption, youtube!.caption, facebook!.caption], [
    undefined,
    "IMG 12.final › all",
    "",
  ]);
  assert.deepEqual(instagram!.options, { share_to_feed: true, first_comment: "Get it:" });
  assert.ok(
    !("title" in youtube!.options!) && !("title" in facebook!.options!),
    "an empty title is no title",
  );
});
