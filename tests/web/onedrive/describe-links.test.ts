import assert from "node:assert/strict";
import type { LinkAnswer } from "../../../supabase/functions/_shared/contracts/videos.ts";
import { describeLinks } from "../../../web/src/features/onedrive/api/describe-links.ts";

type Outcome = LinkAnswer["links"][number]["outcome"];
const answer = (...outcomes: Outcome[]) =>
  ({
    links: outcomes.map((outcome) => ({ outcome, video: {} })),
  }) as unknown as LinkAnswer;

Deno.test("Links: what was added is counted", () => {
  assert.deepEqual(describeLinks(answer("linked")), {
    title: "1 video added from OneDrive",
    note: undefined,
  });
  assert.equal(
    describeLinks(answer("linked", "linked")).title,
    "2 videos added from OneDrive",
  );
});

Deno.test("Links: what was not added is explained", () => {
  assert.deepEqual(
    describeLinks(answer("already_linked", "other_product", "other_product")),
    {
      title: "Nothing new to add",
      note: "1 video was here already. 2 videos belong to another product and stayed there.",
    },
  );
});
