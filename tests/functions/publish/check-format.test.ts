import assert from "node:assert/strict";
import { checkFormat, toVerdict } from "../../../supabase/functions/_shared/contracts/check-format.ts";
import {
  FORMAT_LIMITS,
  limitOverridesSchema,
  limitsOf,
  platformLimitsSchema,
} from "../../../supabase/functions/_shared/contracts/format-limits.ts";
import {
  FORMAT_RULES,
  type VideoFormat,
} from "../../../supabase/functions/_shared/contracts/publish-format.ts";
import { type Platform, PLATFORMS } from "../../../supabase/functions/_shared/contracts/publish.ts";
import { chooseRecipe } from "../../../supabase/functions/publish/rules/choose-recipe.ts";

/** What every platform takes. */
const GOOD: VideoFormat = {
  kind: "video",
  container: "MP4",
  video_codec: "H.264",
  video_profile: "High",
  audio_codec: "AAC",
  audio_channels: 2,
  audio_sample_rate: 48_000,
  duration_seconds: 30,
  size_bytes: 30_000_000,
  width: 1080,
  height: 1920,
  rotation: 0,
  fps: 30,
  bitrate: 8_000_000,
  has_fast_start: true,
};
const MB = 1024 * 1024;

function check(platform: Platform, facts: Partial<VideoFormat>) {
  const findings = checkFormat({ ...GOOD, ...facts }, platform, limitsOf(platform));
  return { verdict: toVerdict(findings), findings };
}

for (const platform of PLATFORMS) {
  Deno.test(`Format rules: ${platform} takes an upright H.264 MP4 of half a minute`, () => {
    assert.deepEqual(check(platform, {}), { verdict: "fits", findings: [] });
  });
}

const nothing = Object.fromEntries(Object.keys(GOOD).map((name) => [name, null]));

Deno.test("Format rules: what is not known is not judged", () => {
  for (const platform of PLATFORMS) {
    const facts = { ...nothing, kind: "video", size_bytes: 1000 } as VideoFormat;
    assert.deepEqual(check(platform, facts).findings, []);
  }
});

/** Facts that break one rule of Instagram, what comes of it, and words of the sentence. */
const INSTAGRAM: [string, Partial<VideoFormat>, "fits" | "needs_conversion" | "refused", RegExp][] = [
  [
    "container",
    { container: "WebM" },
    "needs_conversion",
    /takes MP4 or QuickTime; this file is WebM\. Have it conv/,
  ],
  [
    "video_codec",
    { video_codec: "VP9" },
    "needs_conversion",
    /takes H\.264 or HEVC; the picture of this file is VP9/,
  ],
  ["video_profile", { video_profile: "High 4:2:2" }, "needs_conversion", /4:2:0 colors; .* is High 4:2:2/],
  ["audio_codec", { audio_codec: "Opus" }, "needs_conversion", /takes AAC; the sound of this file is Opus/],
  ["audio_channels", { audio_channels: 6 }, "needs_conversion", /up to 2 sound channels; this file has 6/],
  [
    "audio_sample_rate",
    { audio_sample_rate: 96_000 },
    "needs_conversion",
    /up to 48 kHz sound; this file has 96 kHz/,
  ],
  [
    "duration",
    { duration_seconds: 2.5 },
    "refused",
    /videos of 3 seconds to 15 minutes; this one lasts 2\.5 seconds/,
  ],
  ["duration", { duration_seconds: 901 }, "refused", /this one lasts 15 minutes 1 second\. Cut it/],
  ["file_size", { size_bytes: 400 * MB }, "needs_conversion", /files of up to 300 MB; this one has 400 MB/],
  [
    "resolution",
    { width: 3840, height: 2160 },
    "needs_conversion",
    /up to 1920 wide .*; this one is 3840 × 2160/,
  ],
  [
    "aspect_ratio",
    { width: 1900, height: 100 },
    "needs_conversion",
    /this one is 1900 × 100\. Have it converted/,
  ],
  ["frame_rate", { fps: 120 }, "needs_conversion", /takes 23 to 60 frames a second; this file has 120/],
  ["frame_rate", { fps: 15 }, "needs_conversion", /this file has 15/],
  ["bitrate", { bitrate: 40_000_000 }, "needs_conversion", /up to 25 Mbit\/s; this file has 40 Mbit\/s/],
  ["fast_start", { has_fast_start: false }, "fits", /advises files with their index in front/],
  ["file", { kind: "audio" }, "refused", /no picture/],
  ["file", { kind: "not_video" }, "refused", /not a video/],
  ["file", { kind: "damaged" }, "refused", /damaged/],
  ["file", { kind: "unknown" }, "fits", /cannot read this file, so Instagram decides/],
];
for (const [rule, facts, expected, words] of INSTAGRAM) {
  Deno.test(`Format rules: Instagram's ${rule} with ${JSON.stringify(facts)}`, () => {
    const { verdict, findings } = check("instagram", facts);
    assert.deepEqual([verdict, findings.map((finding) => finding.rule)], [expected, [rule]]);
    assert.match(findings[0]!.message, words);
    assert.match(findings[0]!.message, /^(Instagram|This|We).*\.$/);
    assert.ok(findings[0]!.found && findings[0]!.allowed);
  });
}

Deno.test("Format rules: every rule is broken by one of these cases", () => {
  assert.deepEqual([...new Set(INSTAGRAM.map(([rule]) => rule))].toSorted(), [...FORMAT_RULES].toSorted());
});

Deno.test("Format rules: the limits themselves are allowed", () => {
  const facts = { duration_seconds: 900, fps: 60.02, size_bytes: 300 * MB, bitrate: 25_000_000, width: 1920 };
  assert.equal(check("instagram", facts).verdict, "fits");
  assert.equal(check("instagram", { duration_seconds: 2.96, fps: 23 }).verdict, "fits");
});

Deno.test("Format rules: a file too long to be made small enough is refused", () => {
  const findings = check("instagram", { size_bytes: 2_000 * MB, duration_seconds: 899 }).findings;
  assert.ok(findings.every((finding) => finding.is_convertible));
  const tiny = { ...limitsOf("instagram"), max_size_bytes: 10 * MB };
  const [finding] = checkFormat({ ...GOOD, duration_seconds: 899 }, "instagram", tiny);
  assert.deepEqual([finding!.rule, finding!.is_convertible], ["file_size", false]);
});

Deno.test("Format rules: YouTube tells what will not be a Short and takes it", () => {
  const { verdict, findings } = check("youtube", { width: 1920, height: 1080, duration_seconds: 600 });
  assert.equal(verdict, "fits");
  assert.deepEqual(findings.map(({ rule, severity }) => [rule, severity]), [
    ["duration", "warns"],
    ["aspect_ratio", "warns"],
  ]);
  assert.equal(check("youtube", { container: "Matroska", video_codec: "VP9", fps: 120 }).verdict, "fits");
});

Deno.test("Format rules: Facebook and TikTok have tables of their own", () => {
  assert.equal(check("facebook", { duration_seconds: 91 }).verdict, "refused");
  assert.equal(check("facebook", { width: 1920, height: 1080 }).verdict, "needs_conversion");
  assert.equal(check("tiktok", { width: 320, height: 568 }).verdict, "refused");
  assert.equal(check("tiktok", { container: "WebM", video_codec: "VP9" }).verdict, "fits");
});

Deno.test("Format rules: what blocks for good comes first", () => {
  const { findings } = check("instagram", { has_fast_start: false, container: "WebM", duration_seconds: 1 });
  assert.deepEqual(findings.map(({ rule }) => rule), ["duration", "container", "fast_start"]);
});

Deno.test("Format rules: an operator's limits replace single ones", () => {
  const overrides = limitOverridesSchema.parse({ instagram: { max_duration_seconds: 90 } });
  const limits = limitsOf("instagram", overrides);
  assert.deepEqual({ ...limits, max_duration_seconds: 900 }, FORMAT_LIMITS.instagram);
  assert.equal(limitOverridesSchema.safeParse({ instagram: { max_lenght: 90 } }).success, false);
  for (const platform of PLATFORMS) platformLimitsSchema.parse(FORMAT_LIMITS[platform]);
});

Deno.test("Format rules: a route takes less than its platform, and has overrides of its own", () => {
  const through = (overrides: unknown = {}) =>
    limitsOf("tiktok", limitOverridesSchema.parse(overrides), "blotato");
  assert.deepEqual(limitsOf("tiktok", {}, "tiktok"), FORMAT_LIMITS.tiktok);
  assert.deepEqual([through().max_size_bytes, through().containers], [1024 * MB, ["MP4", "QuickTime"]]);
  assert.equal(through({ "tiktok/blotato": { max_size_bytes: 400 * MB } }).max_size_bytes, 400 * MB);
  assert.equal(through({ tiktok: { max_duration_seconds: 60 } }).max_duration_seconds, 60);
  assert.equal(
    limitsOf("tiktok", limitOverridesSchema.parse({ "tiktok/blotato": { max_fps: 30 } })).max_fps,
    60,
  );
});

Deno.test("Format rules: only what blocks is changed by a conversion", () => {
  const facts: VideoFormat = { ...GOOD, container: "WebM", width: 1920, height: 1080, fps: 24 };
  const recipeOf = (format: VideoFormat, platform: Platform) => {
    const limits = limitsOf(platform);
    return chooseRecipe(format, limits, checkFormat(format, platform, limits));
  };
  const recipe = recipeOf(facts, "instagram");
  assert.deepEqual([recipe.fps, recipe.aspect, recipe.max_width], [null, null, 1920]);
  assert.ok(recipe.max_bitrate! < 25_000_000);
  assert.equal(recipeOf(facts, "youtube").max_bitrate, null);
  assert.equal(recipeOf({ ...facts, fps: 120 }, "instagram").fps, 30);
  assert.deepEqual(recipeOf(facts, "facebook").aspect?.mode, "pad");
  const long = recipeOf({ ...facts, duration_seconds: 900, size_bytes: 500 * MB }, "instagram");
  assert.ok(long.max_bitrate! * 900 / 8 < 300 * MB);
});
