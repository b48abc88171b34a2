import assert from "node:assert/strict";
import { toVideoDetails } from "../../../supabase/functions/publish/platforms/youtube/video-details.ts";
import { cutIntoChunks } from "../../../supabase/functions/publish/platforms/youtube/chunks.ts";
import { checkTexts } from "../../../supabase/functions/publish/rules/check-text.ts";
import { composeText } from "../../../supabase/functions/publish/rules/compose-text.ts";

const MIB = 1024 * 1024;
const check = (platform: string, text: string, options: unknown = {}) =>
  checkTexts([{ platform, text, options }]);
const refused = { code: "text_not_accepted" };

Deno.test("Texts: caption and hashtags", () => {
  assert.equal(composeText(" Words ", ["a", "#b"]), "Words\n\n#a #b");
  assert.equal(composeText("", ["a"]), "#a");
  assert.equal(composeText("Words", []), "Words");
});

Deno.test("Texts: YouTube counts bytes", () => {
  check("youtube", "ü".repeat(2_500));
  assert.throws(() => check("youtube", "ü".repeat(2_501)), refused);
  assert.throws(() => check("youtube", "a > b"), refused);
});

Deno.test("Texts: YouTube counts commas and quotes of tags", () => {
  const tags = Array.from({ length: 10 }, () => "x".repeat(49));
  check("youtube", "", { tags });
  assert.throws(() => check("youtube", "", { tags: [...tags.slice(1), "x ".repeat(24) + "xyz"] }), refused);
});

Deno.test("Texts: Instagram counts characters, hashtags and mentions", () => {
  check("instagram", "😀".repeat(2_200));
  assert.throws(() => check("instagram", "😀".repeat(2_201)), refused);
  check("instagram", "#a ".repeat(30));
  assert.throws(() => check("instagram", "#a ".repeat(31)), refused);
  check("instagram", "@a ".repeat(20));
  assert.throws(() => check("instagram", "@a ".repeat(21)), refused);
});

Deno.test("Texts: a title made of the text", () => {
  const options = { privacy: "public", made_for_kids: false, tags: [] } as const;
  const titleOf = (text: string, filename = "clip.final.mp4") =>
    toVideoDetails({ ...options, tags: [] }, text, filename).title;
  assert.equal(titleOf("First line\nSecond"), "First line");
  assert.equal(titleOf(""), "clip.final");
  const long = titleOf("word ".repeat(40));
  assert.ok(long.length <= 100 && long.endsWith("word…"), long);
});

Deno.test("Chunks are units of 256 KiB, the same size, and the last one is small", () => {
  for (
    const total of [1, 256 * 1024, 4 * MIB, 8 * MIB, 8 * MIB + 1, 9_700_000, 50 * MIB, 64 * MIB + 7, 2 ** 31]
  ) {
    const { bytes, lastStart } = cutIntoChunks(total);
    assert.equal(bytes % (256 * 1024), 0);
    assert.equal(lastStart % bytes, 0);
    assert.ok(lastStart < total && total - lastStart <= bytes, String(total));
  }
  for (const total of [300 * MIB + 12_345, 1024 * MIB, 2 ** 31]) {
    const { bytes, lastStart } = cutIntoChunks(total);
    assert.ok(total - lastStart <= MIB, `${total}: the last chunk has ${total - lastStart}`);
    assert.ok(bytes > 8 * MIB && bytes <= 16 * MIB, `${total}: chunks of ${bytes}`);
  }
});
