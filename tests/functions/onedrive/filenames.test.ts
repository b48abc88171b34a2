import assert from "node:assert/strict";
import { candidateNames } from "../../../supabase/functions/onedrive/rules/candidate-names.ts";
import { toSafeFilename } from "../../../supabase/functions/onedrive/rules/safe-filename.ts";

Deno.test("Names become what OneDrive accepts, and good ones stay", () => {
  const cases: [string, string][] = [
    ["launch.mp4", "launch.mp4"],
    ["Küche & Bad 100% #1.mov", "Küche & Bad 100% #1.mov"],
    ['a"b*c:d<e>f?g/h\\i|j.mp4', "a_b_c_d_e_f_g_h_i_j.mp4"],
    ["  spaced .mp4", "spaced.mp4"],
    ["dots....", "dots"],
    ["line\nbreak\u0000.mp4", "line_break_.mp4"],
    ["~$lock.mp4", "$lock.mp4"],
    ["CON.mp4", "_CON.mp4"],
    ["lpt1", "_lpt1"],
    ["desktop.ini", "_desktop.ini"],
    ["a_vti_b.mp4", "avtib.mp4"],
    ["..", "video"],
    [".mp4", "video.mp4"],
    ["///", "___"],
    ["broken \ud83c.mp4", "broken \ufffd.mp4"],
  ];
  for (const [given, expected] of cases) assert.equal(toSafeFilename(given), expected, given);
});

Deno.test("Long names are cut without losing the extension or half a character", () => {
  const name = toSafeFilename(`${"🎬".repeat(200)}.mp4`);
  assert.ok(name.length <= 200);
  assert.ok(name.endsWith(".mp4"));
  assert.ok(name.isWellFormed());
});

Deno.test("Safe names are stable", () => {
  for (const name of ["~$x", " . a . ", "_vti__vti_", "__vti__", "CON", "x".repeat(400)]) {
    assert.equal(toSafeFilename(toSafeFilename(name)), toSafeFilename(name), name);
  }
});

Deno.test("Taken names are numbered before a random one ends the search", () => {
  const names = [...candidateNames("a.b.mp4", () => "x7")];
  assert.deepEqual(names.slice(0, 3), ["a.b.mp4", "a.b (2).mp4", "a.b (3).mp4"]);
  assert.equal(names.at(-1), "a.b (x7).mp4");
  assert.equal(new Set(names).size, names.length);
});
