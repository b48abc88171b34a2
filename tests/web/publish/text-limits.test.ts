import assert from "node:assert/strict";
import {
  composeText,
  findBadHashtags,
  parseHashtags,
} from "../../../web/src/features/publish/rules/compose-text.ts";
import { isOver, measureText } from "../../../web/src/features/publish/rules/text-limits.ts";

const used = (platform: "youtube" | "instagram", text: string) =>
  Object.fromEntries(measureText(platform, text).map((limit) => [limit.unit, limit.used]));

Deno.test("YouTube's description is counted in bytes", () => {
  assert.deepEqual(used("youtube", "Tée ☕ 👍"), { bytes: 13 });
  assert.equal(measureText("youtube", "a".repeat(5000)).some(isOver), false);
  assert.equal(measureText("youtube", "ä".repeat(2501)).some(isOver), true);
});

Deno.test("Instagram's caption is counted in characters, hashtags and mentions", () => {
  assert.deepEqual(used("instagram", "👍 #Kaffee #日本 @shop.de"), {
    characters: 22,
    hashtags: 2,
    mentions: 1,
  });
  assert.equal(measureText("instagram", "👍".repeat(2200)).some(isOver), false);
  assert.equal(measureText("instagram", "👍".repeat(2201)).some(isOver), true);
  assert.equal(measureText("instagram", "#a ".repeat(31)).some(isOver), true);
});

Deno.test("hashtags are read however they are typed, each once", () => {
  assert.deepEqual(parseHashtags("#coffee, Kettle coffee COFFEE;#a#b  "), ["coffee", "Kettle", "a", "b"]);
  assert.deepEqual(parseHashtags(" , # "), []);
});

Deno.test("a hashtag takes letters of every script and nothing else", () => {
  assert.deepEqual(findBadHashtags(["kaffee_2", "日本", "co-op", "100%"]), ["co-op", "100%"]);
});

Deno.test("hashtags stand below the caption", () => {
  assert.equal(composeText(" Hello ", ["a", "b"]), "Hello\n\n#a #b");
  assert.equal(composeText("", ["a"]), "#a");
  assert.equal(composeText("Hello", []), "Hello");
});
